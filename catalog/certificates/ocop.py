"""Rules of the OCOP programme ("each commune one product"): pure, and with the day passed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from catalog.certificates.papers import Paper, checked, years_later

MIN_STARS, MAX_STARS = 3, 5
VALID_YEARS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class OcopPaper(Paper):
    """``expiry_date`` None: three years, as Decision 148/QĐ-TTg (2023) says."""

    stars: int


def usual_expiry(issued: date) -> date:
    return years_later(issued, VALID_YEARS)


def check_paper(paper: OcopPaper, today: date) -> OcopPaper:
    """The paper with its expiry filled in. Raises BadCertificate with the field to mend."""
    own = (
        ("stars", MIN_STARS <= paper.stars <= MAX_STARS, _("OCOP certificates carry 3, 4 or 5 stars.")),
        ("issued_date", paper.issued_date <= today, _("The day of issue cannot be in the future.")),
    )
    return checked(paper, expiry=paper.expiry_date or usual_expiry(paper.issued_date), today=today, own=own)
