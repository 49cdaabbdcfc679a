"""Household codes: "HN-7K3Q2M-X", six characters by chance and one that catches slips of the pen.

The alphabet leaves out what is misread on a printed card (0 O, 1 I L, U V). Thirty characters make thirty-one, a prime,
so the ISO 7064 hybrid system finds every single wrong character and every swap of two neighbours.
"""

from __future__ import annotations

import re
import secrets

from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_37_36

from core.errors import DomainError

PREFIX = "HN"
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 6


class BadHouseholdCode(DomainError):
    code = "bad_household_code"


def code_from(body: str) -> str:
    """The whole code for six characters of the alphabet."""
    return f"{PREFIX}-{body}-{mod_37_36.calc_check_digit(body, ALPHABET)}"


def code_number(number: int) -> str:
    """The code of a running number, for made-up data that must come out the same twice."""
    body = ""
    for _place in range(LENGTH):
        number, digit = divmod(number, len(ALPHABET))
        body = ALPHABET[digit] + body
    return code_from(body)


def random_code() -> str:
    """A fresh code; 729 million are possible."""
    return code_from("".join(secrets.choice(ALPHABET) for _place in range(LENGTH)))


def parse_code(text: str) -> str:
    """A code as typed ("hn 7k3q2m x") in its usual form. Raises BadHouseholdCode."""
    bare = re.sub(r"[\s.\-–]", "", text).upper()
    if len(bare) != LENGTH + 1:  # without the prefix it may begin with these letters too
        bare = bare.removeprefix(PREFIX)
    try:
        mod_37_36.validate(bare, ALPHABET)
    except ValidationError as error:
        raise BadHouseholdCode(_("This household code does not exist. Read it again from the card.")) from error
    if len(bare) != LENGTH + 1:
        raise BadHouseholdCode(_("A household code has seven characters after HN, for example HN-7K3Q2M-X."))
    return f"{PREFIX}-{bare[:-1]}-{bare[-1]}"
