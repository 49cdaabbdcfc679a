"""Which passwords staff may not choose: those made of words that everybody connects with this site."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from core.text import fold

OUR_WORDS = (
    "chonhanong",
    "nhanong",
    "nongdan",
    "nongsan",
    "vanhanh",
    "canbo",
    "quantri",
    "bientap",
    "operator",
    "admin",
)
"""The site's name, what it sells, and what its staff are called, without tones and spaces."""

MIN_OTHER_CHARACTERS = 8
"""So many characters a password must have beside our words and its owner's name and number."""


class NotOurWordsValidator:
    """For AUTH_PASSWORD_VALIDATORS: a password of ten characters that is ``chonhanong1`` is guessed first."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raises ValidationError."""
        rest = "".join(filter(str.isalnum, fold(password)))
        for word in sorted({*OUR_WORDS, *_words_of(user)}, key=len, reverse=True):
            rest = rest.replace(word, "")
        others = sum(not character.isalnum() for character in password)
        if len(rest) + others < MIN_OTHER_CHARACTERS:
            raise ValidationError(self.get_help_text(), code="password_of_our_words")

    def get_help_text(self) -> str:
        return _("Choose a password that is not made of the market's name, your role, your name or your phone number.")


def _words_of(user: User | None) -> set[str]:
    if user is None:
        return set()
    name = fold(user.full_name)
    national = "0" + user.phone.removeprefix("+84")
    return {word for word in (name.replace(" ", ""), national, user.phone.lstrip("+")) if len(word) > 3}
