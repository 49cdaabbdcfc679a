"""Phone numbers: five ways of writing one, one way of keeping it."""

from __future__ import annotations

import phonenumbers
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError

VIETNAM = 84
REACHABLE = {
    phonenumbers.PhoneNumberType.MOBILE,
    phonenumbers.PhoneNumberType.FIXED_LINE,
    phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
}


class BadPhone(DomainError):
    code = "bad_phone"
    field = "phone"


def parse_phone(text: str) -> str:
    """ "0912 345 678", "84912345678", "+84 912.345.678" … as "+84912345678". Raises BadPhone."""
    digits = text.strip().replace("O", "0").replace("o", "0")
    if digits.startswith("84") and len(digits) >= 11:
        digits = "+" + digits
    try:
        number = phonenumbers.parse(digits, "VN")
    except phonenumbers.NumberParseException as error:
        raise BadPhone(_("Write the phone number with its digits, for example 0912 345 678.")) from error
    if number.country_code != VIETNAM:
        raise BadPhone(_("Only phone numbers of Vietnam can be used here, for example 0912 345 678."))
    if phonenumbers.number_type(number) not in REACHABLE:
        raise BadPhone(_("This phone number does not exist. Check the digits, for example 0912 345 678."))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def show_phone(phone: str) -> str:
    """ "+84912345678" as "0912 345 678"."""
    return phonenumbers.format_number(phonenumbers.parse(phone, "VN"), phonenumbers.PhoneNumberFormat.NATIONAL)
