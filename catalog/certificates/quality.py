"""Rules of quality certificates: which kinds there are and how long each lasts. Pure, with the day passed in.

A kind is what an outside body examines and gives a numbered, dated paper for, and what buyers of farm produce ask for
by name. A household's own promise (bản cam kết) and a group's guarantee among its members (PGS) are neither, so they
have no kind here: they may stand in the description.

How long a paper lasts is filled in only where a rule fixes it; everywhere else the day on the paper is asked for,
because the rules only name a longest term or leave it to the body that certifies:

* the food-safety certificate is valid three years (Law 55/2010/QH12 on food safety, article 37);
* VietGAP lasted at most two years by Circular 48/2012/TT-BNNPTNT, article 17; we found no rule that says the same of
  papers against TCVN 11892-1:2017;
* GLOBALG.A.P. is valid a year less a day, and may be extended by some months (its own rules on cycles);
* organic (Decree 109/2018/NĐ-CP, TCVN 11041), HACCP and ISO 22000: the term that the body writes;
* a geographical indication: what is given is a producer's right to use it, for the term on that paper.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from catalog.certificates.papers import BadCertificate, Paper, checked, years_later


class QualityKind(TextChoices):
    """In the order in which they are shown: how it was grown, where, and then how it was made ready."""

    VIETGAP = "vietgap", "VietGAP"
    GLOBALGAP = "globalgap", "GLOBALG.A.P."
    ORGANIC = "organic", _("Organic")
    GEOGRAPHICAL_INDICATION = "geographical_indication", _("Geographical indication")
    HACCP = "haccp", "HACCP"
    ISO_22000 = "iso_22000", "ISO 22000"
    FOOD_SAFETY = "food_safety", _("Food-safe premises")


FIXED_YEARS = {QualityKind.FOOD_SAFETY: 3}
FURTHEST_BEGINNING_YEARS = 1
"""A renewed paper is handed over before the old one ends; what begins later than this was mistyped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityPaper(Paper):
    """``issued_date`` is the first day of its validity, which may lie ahead. ``kind`` is a QualityKind's value."""

    kind: str


def check_paper(paper: QualityPaper, today: date) -> QualityPaper:
    """The paper with its expiry filled in where a rule fixes it. Raises BadCertificate with the field to mend."""
    if paper.kind not in QualityKind.values:
        raise BadCertificate(_("Choose which certificate it is."), field="kind")
    years = FIXED_YEARS.get(QualityKind(paper.kind))
    expiry = paper.expiry_date or (years_later(paper.issued_date, years) if years else None)
    if expiry is None:
        raise BadCertificate(_("Write until when it is valid, as it stands on the paper."), field="expiry_date")
    soon = paper.issued_date <= years_later(today, FURTHEST_BEGINNING_YEARS)
    own = (("issued_date", soon, _("It cannot begin more than a year from now.")),)
    return checked(paper, expiry=expiry, today=today, own=own)


def in_order(kinds: Iterable[str]) -> tuple[QualityKind, ...]:
    """These kinds, each once, in the order in which they are shown; values that are none are left out."""
    given = set(kinds)
    return tuple(kind for kind in QualityKind if kind.value in given)
