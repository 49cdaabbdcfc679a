"""Phone numbers: many ways of writing one, one way of keeping it (E.164), one answer whether words are one."""

from __future__ import annotations

import re
import unicodedata

import phonenumbers
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError

VIETNAM = 84
REACHABLE = {
    phonenumbers.PhoneNumberType.MOBILE,
    phonenumbers.PhoneNumberType.FIXED_LINE,
    phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
}
# An o among digits, not one of a word: "O912 345 678", "09o2", but not "Zalo 0912".
_O_FOR_ZERO = re.compile(r"(?<![^\W\d_])[oO]+(?=\d)|(?<=\d)[oO]+(?![^\W\d_])")
# One number, with words before or after it: "Zalo 0912 345 678", "0912.345.678 (cô Hoa)".
_ONE_NUMBER = re.compile(r"[^\d+]*(\+?\d(?:[^\w+]*\d)*)\D*")
MIN_DIGITS_WITH_COUNTRY = 11  # "84 123 45 67" is 0841 234 567 without its 0, "84 912 345 678" has the country's 84

# Each old prefix of eleven digits has one of ten since 2018 (plan 798/QĐ-BTTTT of the Ministry of Information).
PREFIX_SINCE_2018 = {
    **{"0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078"},
    **{"0123": "083", "0124": "084", "0125": "085", "0127": "081", "0129": "082"},
    **{"0162": "032", "0163": "033", "0164": "034", "0165": "035", "0166": "036", "0167": "037", "0168": "038"},
    **{"0169": "039", "0186": "056", "0188": "058", "0199": "059"},
}


class BadPhone(DomainError):
    code = "bad_phone"
    field = "phone"


def parse_phone(text: str) -> str:
    """ "0912 345 678", "84912345678", "+84 912.345.678", "Zalo 0912345678" … as "+84912345678".

    A number with a prefix of eleven digits, which none has since 2018, is the one it became. Raises BadPhone.
    """
    plain = _O_FOR_ZERO.sub(lambda found: "0" * len(found[0]), unicodedata.normalize("NFKC", text))
    found = _ONE_NUMBER.fullmatch(plain)
    digits = re.sub(r"[^\d+]", "", found[1]) if found else ""
    if digits.startswith("84") and len(digits) >= MIN_DIGITS_WITH_COUNTRY:
        digits = "+" + digits
    try:
        number = phonenumbers.parse(_with_prefix_since_2018(digits), "VN")
    except phonenumbers.NumberParseException as error:
        raise BadPhone(_("Write the phone number with its digits, for example 0912 345 678.")) from error
    if number.country_code != VIETNAM:
        raise BadPhone(_("Only phone numbers of Vietnam can be used here, for example 0912 345 678."))
    if phonenumbers.number_type(number) not in REACHABLE:
        raise BadPhone(_("This phone number does not exist. Check the digits, for example 0912 345 678."))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _with_prefix_since_2018(digits: str) -> str:
    national = f"0{digits.removeprefix('+84').lstrip('0')}"
    new = PREFIX_SINCE_2018.get(national[:4]) if len(national) == 11 else None
    return new + national[4:] if new else digits


def whole_phone(words: str) -> str | None:
    """The number in E.164 if ``words`` hold one whole phone number.

    Searches ask this: the last digits of a number would lay open, one digit after another, whose it is.
    """
    try:
        return parse_phone(words)
    except BadPhone:
        return None


def show_phone(phone: str) -> str:
    """ "+84912345678" as "0912 345 678"."""
    return phonenumbers.format_number(phonenumbers.parse(phone, "VN"), phonenumbers.PhoneNumberFormat.NATIONAL)
