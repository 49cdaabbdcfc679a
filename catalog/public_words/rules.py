"""What people may write where everybody reads it: plain words, without a phone number, an address, a link or HTML.

Whoever reads a question or a review is a stranger, and what stands on a page is copied by machines: a phone number or a
home address that somebody wrote in good faith stays public for ever (law 91/2025/QH15 on personal data).
"""

from __future__ import annotations

import re

import phonenumbers
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from core.text import fold, nfc

_HTML = re.compile(r"<\s*[/!?]?\s*[a-z]", re.IGNORECASE)
_LINK = re.compile(r"https?:|www\.|\b[a-z0-9-]+\.(?:com|vn|net|org|info|shop|top|xyz|io|me)\b", re.IGNORECASE)
_EMAIL = re.compile(r"[\w.+-]+\s?@\s?[\w-]+\.\w+")
# A blank, a dot or a dash between digits, also several: "09 12.345-678". An o among digits is a zero.
_SPACED_DIGITS = re.compile(r"[\doO](?:[\s.\-_/()]{0,3}[\doO]){8,12}")
_DIGIT_WORDS = {
    **dict(zip(["khong", "mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin"], "0123456789", strict=True)),
    **{"linh": "0", "tu": "4", "lam": "5", "bay": "7"},
}
_RUN_OF_DIGIT_WORDS = re.compile(rf"\b(?:(?:{'|'.join(_DIGIT_WORDS)})\b[\s,.-]*){{9,}}")
# Read without tones. A house: "số 12 ngõ 5", "12/5 đường Lê Lợi", "ngách 3"; or a village with its commune.
_ADDRESSES = (
    re.compile(r"\bso (?:nha )?\d+\w?(?:/\d+)*,? *(?:ngo|ngach|hem|kiet|duong|pho|khu|to|ap|thon|xom|lo|phuong|xa)\b"),
    re.compile(r"\b\d+\w?(?:/\d+)*,? +(?:duong|pho|ngo|ngach|hem) +[a-z0-9]"),
    re.compile(r"\bso nha \d+|\b(?:ngach|hem|kiet|ngo) +\d+"),
    re.compile(r"\b(?:thon|xom|ap|buon|ban|to dan pho|khu pho) +\w+(?: \w+)?,? +(?:xa|phuong|thi tran) +\w"),
)


class WordsRefused(DomainError):
    """These words cannot stand where everybody reads them; the message says what to do."""

    code = "words_refused"
    field = "text"


def require_public_words(text: str, *, most: int) -> str:
    """The text in composed form without blanks around it, at most ``most`` characters. Raises WordsRefused."""
    plain = nfc(text).strip()
    if len(plain) > most:
        raise WordsRefused(
            _("This is %(length)s characters long; at most %(most)s can stand here. Shorten it: nothing is lost.")
            % {"length": _grouped(len(plain)), "most": _grouped(most)}
        )
    if _HTML.search(plain):
        raise WordsRefused(_("Write plain words, without HTML such as <b> or <script>."))
    if _EMAIL.search(plain) or _LINK.search(plain):
        raise WordsRefused(_("Leave out links and e-mail addresses: everybody reads this."))
    if says_phone(plain):
        raise WordsRefused(
            _(
                "Leave the phone number out: everybody reads this, and numbers are collected for fraud. Whoever sells "
                "gets the buyer's number with the order."
            )
        )
    if says_address(plain):
        raise WordsRefused(
            _(
                "Leave the address out: everybody reads this. The address for delivery is written when you order; to "
                "ask about a place, write its commune or province."
            )
        )
    return plain


def says_phone(text: str) -> bool:
    """Whether a phone number of Vietnam stands in it, also in pieces, with o for zero, or in words."""
    spoken = _RUN_OF_DIGIT_WORDS.sub(
        lambda found: "".join(_DIGIT_WORDS[word] for word in re.findall(r"[a-z]+", found[0])), fold(text)
    )
    for found in _SPACED_DIGITS.findall(spoken):
        digits = re.sub(r"\D", "", found.replace("o", "0"))
        for length in (11, 10):
            if _is_phone(digits[:length]):
                return True
    return any(True for _match in phonenumbers.PhoneNumberMatcher(text, "VN"))


def says_address(text: str) -> bool:
    """Whether it names a house: a number with a street or an alley, or a village with its commune."""
    folded = re.sub(r"\s+", " ", fold(text))
    return any(pattern.search(folded) for pattern in _ADDRESSES)


def _is_phone(digits: str) -> bool:
    if not digits.startswith(("0", "84")):
        return False
    try:
        number = phonenumbers.parse("+" + digits if digits.startswith("84") else digits, "VN")
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_number(number)


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")
