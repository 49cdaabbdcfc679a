"""The person who signs in: a phone number, perhaps a name; roles come from membership elsewhere."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.phones import BadPhone, parse_phone
from core.folded import FoldedField

OPERATORS_GROUP = "operators"
EDITORS_GROUP = "editors"


class UserManager(BaseUserManager["User"]):
    def create_user(self, phone: str, password: str | None = None, **fields: Any) -> User:
        """A user; without a password only a one-time code opens the account. ``phone`` is in E.164."""
        user = self.model(phone=phone, **fields)
        user.set_password(password) if password else user.set_unusable_password()
        user.save(using=self._db)
        return user

    def create_superuser(self, phone: str, password: str, **fields: Any) -> User:
        return self.create_user(phone, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """Signs in by phone (E.164). ``is_staff`` people have a password and must pass a second factor."""

    phone = models.CharField(_("phone number"), max_length=16, unique=True)
    full_name = models.CharField(_("full name"), max_length=120, blank=True)
    folded_name = FoldedField(of=("full_name",))
    # Oscar's communication needs an address to exist; most of our people have none.
    email = models.EmailField(_("e-mail"), blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("staff"), default=False)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "phone"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.full_name or self.phone

    def clean(self) -> None:
        """Forms that are made from the model keep the number in E.164 too; else one person gets two accounts."""
        super().clean()
        try:
            self.phone = parse_phone(self.phone)
        except BadPhone as error:
            raise ValidationError({"phone": str(error)}) from error

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name.split()[-1] if self.full_name else ""


class OneTimeCode(models.Model):
    """A code sent by message, of which only a digest is kept. ``tries`` are the guesses that were compared with it."""

    phone = models.CharField(max_length=16)
    digest = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class PhoneCode(OneTimeCode):
    """Proves who holds its phone, for one purpose. A long one counts in every browser (accounts/phone_codes.py)."""

    class Purpose(models.TextChoices):
        SIGN_IN = "sign-in"
        ORDER = "order"  # in cash

    purpose = models.CharField(max_length=8, choices=Purpose.choices, default=Purpose.SIGN_IN)
    is_long = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["phone", "purpose", "-sent_at"], name="phone_code_newest")]

    def __str__(self) -> str:
        return f"{self.pk} {self.sent_at:%Y-%m-%d %H:%M}"
