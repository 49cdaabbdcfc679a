"""People, for operators: found by phone or name."""

from django.contrib import admin

from marketplace.accounts.models import User


@admin.register(User)
class UserAdmin(admin.ModelAdmin[User]):
    list_display = ("phone", "full_name", "is_active", "is_staff")
    search_fields = ("phone", "full_name")
    readonly_fields = ("password", "last_login", "date_joined")
