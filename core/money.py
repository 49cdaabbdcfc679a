"""Dong: whole numbers, read as people write them and shown as Vietnam shows them."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from core.numbers import whole_number

MAX_DONG = 1_000_000_000
_SUFFIX = re.compile(r"\s*(đồng|dong|vnđ|vnd|đ|d|₫)\s*$", re.IGNORECASE)
_THOUSANDS = re.compile(r"(\d{1,6})\s*(k|nghìn|ngàn|nghin|ngan)$", re.IGNORECASE)
_GROUPED = re.compile(r"\d{1,3}([.,\s]\d{3})+")


class BadAmount(DomainError):
    code = "bad_amount"


def parse_dong(text: str, *, most: int = MAX_DONG) -> int:
    """Whole dong from "120000", "120.000", "120,000 đ", "120k", "120 nghìn"; from 1 to ``most``. Raises BadAmount."""
    bare = _SUFFIX.sub("", text.strip())
    bare = _THOUSANDS.sub(r"\g<1>000", bare)
    if _GROUPED.fullmatch(bare):
        bare = re.sub(r"[.,\s]", "", bare)
    if not (bare.isascii() and bare.isdigit()):
        raise BadAmount(_("Write the amount in whole dong, for example 120.000."))
    amount = whole_number(bare)
    if amount is None or not 1 <= amount <= most:
        raise BadAmount(_("The amount must be from 1 đ to %(most)s.") % {"most": show_dong(most)})
    return amount


def show_dong(amount: int) -> str:
    """``120000`` as "120.000 đ" with a no-break space, in every language."""
    return f"{amount:,}".replace(",", ".") + "\u00a0đ"
