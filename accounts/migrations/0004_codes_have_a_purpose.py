"""A code that proves who holds a phone counts for one purpose: those that stand are for signing in."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_sign_in_codes")]

    operations = [
        migrations.RenameModel("SignInCode", "PhoneCode"),
        migrations.RemoveIndex("phonecode", "sign_in_code_newest"),
        migrations.AddField(
            "phonecode",
            "purpose",
            models.CharField(choices=[("sign-in", "Sign In"), ("order", "Order")], default="sign-in", max_length=8),
        ),
        migrations.AddIndex(
            "phonecode", models.Index(fields=["phone", "purpose", "-sent_at"], name="phone_code_newest")
        ),
    ]
