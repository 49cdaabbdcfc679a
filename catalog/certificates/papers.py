"""Rules that certificates share, whoever gives them and for what: pure, and with the day passed in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class BadCertificate(DomainError):
    code = "bad_certificate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What stands on the paper. ``expiry_date`` None: the paper names none; the rules may say how long it lasts."""

    holder: str
    number: str
    issuing_authority: str
    issued_date: date
    expiry_date: date | None = None


P = TypeVar("P", bound=Paper)
PaperRule = tuple[str, bool, Any]
"""The field to mend, whether it is right, and what to say where it is not."""


def years_later(issued: date, years: int) -> date:
    """The same day so many years later; from 29 February to the 28th."""
    day = 28 if (issued.month, issued.day) == (2, 29) else issued.day
    return issued.replace(year=issued.year + years, day=day)


def checked(paper: P, *, expiry: date, today: date, own: Iterable[PaperRule] = ()) -> P:
    """The paper without stray spaces and with its expiry. Raises BadCertificate with the field to mend.

    ``own`` are the rules of its programme; they are asked before those about the end of its validity.
    """
    rules = [
        ("number", bool(paper.number.strip()), _("Write the number as it stands on the paper.")),
        ("issuing_authority", bool(paper.issuing_authority.strip()), _("Write who issued the certificate.")),
        ("holder", bool(paper.holder.strip()), _("Write whose certificate it is.")),
        *own,
        ("expiry_date", expiry > paper.issued_date, _("The certificate must end after the day it was issued.")),
        ("expiry_date", expiry >= today, _("This certificate has expired: only a valid one can be shown.")),
    ]
    for field, holds, message in rules:
        if not holds:
            raise BadCertificate(message, field=field)
    return replace(
        paper,
        holder=paper.holder.strip(),
        number=paper.number.strip(),
        issuing_authority=paper.issuing_authority.strip(),
        expiry_date=expiry,
    )
