"""Rules of the OCOP programme ("each commune one product"): pure, and with the day passed in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import DomainError

LEAST_STARS, MOST_STARS = 3, 5
VALID_MONTHS = 36


class BadCertificate(DomainError):
    code = "bad_certificate"


@dataclass(frozen=True, slots=True, kw_only=True)
class OcopPaper:
    """What stands on the paper. ``expiry_date`` None: three years, as Decision 148/QĐ-TTg (2023) says."""

    holder: str
    number: str
    issuing_authority: str
    stars: int
    issued_date: date
    expiry_date: date | None = None


class Certificate(Protocol):
    stars: int
    issued_date: date
    expiry_date: date


def usual_expiry(issued: date) -> date:
    """36 months later; from 29 February to the 28th."""
    years = VALID_MONTHS // 12
    day = 28 if (issued.month, issued.day) == (2, 29) else issued.day
    return issued.replace(year=issued.year + years, day=day)


def stars_on(certificates: Iterable[Certificate], today: date) -> int:
    """The stars that may be shown today; 0 without a certificate that is valid today."""
    return max((paper.stars for paper in certificates if is_valid_on(paper, today)), default=0)


def is_valid_on(certificate: Certificate, today: date) -> bool:
    """Both written days belong to its validity."""
    return certificate.issued_date <= today <= certificate.expiry_date


def check_paper(paper: OcopPaper, today: date) -> OcopPaper:
    """The paper with its expiry filled in. Raises BadCertificate with the field to mend."""
    expiry = paper.expiry_date or usual_expiry(paper.issued_date)
    rules = [
        ("number", bool(paper.number.strip()), _("Write the number of the decision as it stands on the paper.")),
        ("issuing_authority", bool(paper.issuing_authority.strip()), _("Write who issued the certificate.")),
        ("holder", bool(paper.holder.strip()), _("Write whose certificate it is.")),
        ("stars", LEAST_STARS <= paper.stars <= MOST_STARS, _("OCOP certificates carry 3, 4 or 5 stars.")),
        ("issued_date", paper.issued_date <= today, _("The day of issue cannot be in the future.")),
        ("expiry_date", expiry > paper.issued_date, _("The certificate must end after the day it was issued.")),
        ("expiry_date", expiry >= today, _("This certificate has expired: stars can be shown only for a valid one.")),
    ]
    for field, holds, message in rules:
        if not holds:
            raise BadCertificate(message, field=field)
    return OcopPaper(
        holder=paper.holder.strip(),
        number=paper.number.strip(),
        issuing_authority=paper.issuing_authority.strip(),
        stars=paper.stars,
        issued_date=paper.issued_date,
        expiry_date=expiry,
    )
