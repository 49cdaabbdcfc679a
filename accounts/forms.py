"""Forms of signing in and of one's own account."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, LoginForm, ReauthenticateForm, RequestLoginCodeForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as SecondFactorAgainForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.utils.translation import gettext_lazy as _


def _ask_for_digits(form: forms.Form, label: Any) -> None:
    field = form.fields["code"]
    field.label = label
    field.widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}


class PhoneForm(RequestLoginCodeForm):
    """Step one: which phone gets the code. Known and unknown phones are not told apart (accounts/sign_in.py)."""

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"]
        return phone


class CodeForm(ConfirmLoginCodeForm):
    """Step two: the code that came by message."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_for_digits(self, _("Code from the message"))

    def clean_code(self) -> str:
        """As typed: accounts/phone_codes.py judges it."""
        code: str = self.cleaned_data["code"]
        return code


class ProveForm(forms.Form):
    """The code that proves who holds the phone of an order; accounts/phone_codes.py judges it."""

    code = forms.CharField(max_length=60, error_messages={"required": _("Write the code from the message.")})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_for_digits(self, _("Code from the message"))


class PasswordSignInForm(LoginForm):
    """Staff: phone and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Phone number")
        self.fields["password"].label = _("Password")
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs.pop("placeholder", None)


class PasswordAgainForm(ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Password")
        self.fields["password"].widget.attrs.pop("placeholder", None)


class SecondFactorForm(AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_for_digits(self, _("Code from the authenticator app, or a recovery code"))


class SecondFactorAgain(SecondFactorAgainForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_for_digits(self, _("Code from the authenticator app, or a recovery code"))


class AuthenticatorForm(ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_for_digits(self, _("Code that the app shows now"))


class NameForm(forms.Form):
    full_name = forms.CharField(
        label=_("Full name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
