"""Reading certificates: what of a listing's papers buyers may see, and which papers wait for an operator.

Whoever lists goods asks ``with_badges`` for the rows and ``badges_of`` for what a card shows; a page that prints the
papers asks ``with_papers`` and ``valid_papers_of``. No other module names the kinds of papers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from catalog.certificates.quality import QualityKind, in_order
from catalog.models import Certificate, OcopCertificate, Product, QualityCertificate
from core.numbers import whole_number

C = TypeVar("C", bound=Certificate)
MAX_PAPERS_READ = 100


@dataclass(frozen=True, slots=True)
class Badges:
    """What a card shows of papers valid on the day that ``with_badges`` was asked for; ``stars`` 0 without OCOP."""

    stars: int
    kinds: tuple[QualityKind, ...]


def valid_on(certificates: QuerySet[C], today: date) -> QuerySet[C]:
    """Confirmed by an operator and valid on this day: the only ones that are shown, searched, counted or ranked."""
    return certificates.filter(issued_date__lte=today, expiry_date__gte=today, confirmed_at__isnull=False)


def with_badges(listings: QuerySet[Product], today: date) -> QuerySet[Product]:
    """What ``badges_of`` reads: one query more, whatever the number of listings."""
    best = valid_on(OcopCertificate.objects.filter(product=OuterRef("pk")), today).order_by("-stars").values("stars")
    return _with_quality(listings.annotate(valid_stars=Coalesce(Subquery(best[:1]), 0)), today)


def badges_of(listing: Product) -> Badges:
    """The badges of a listing read through ``with_badges`` or ``with_papers``."""
    read: Any = listing  # with the stars, or the papers that say them
    stars = max((paper.stars for paper in read.valid_ocop), default=0) if hasattr(read, "valid_ocop") else None
    return Badges(read.valid_stars if stars is None else stars, in_order(paper.kind for paper in read.valid_quality))


def with_papers(listings: QuerySet[Product], today: date) -> QuerySet[Product]:
    """What ``valid_papers_of`` and ``badges_of`` read, where the papers themselves are shown: two queries more."""
    ocop = valid_on(OcopCertificate.objects.order_by("-stars"), today)
    return _with_quality(listings.prefetch_related(Prefetch("ocop_certificates", ocop, to_attr="valid_ocop")), today)


def _with_quality(listings: QuerySet[Product], today: date) -> QuerySet[Product]:
    quality = valid_on(QualityCertificate.objects.order_by("-expiry_date", "pk"), today)
    return listings.prefetch_related(Prefetch("quality_certificates", quality, to_attr="valid_quality"))


def valid_papers_of(listing: Product) -> tuple[Certificate, ...]:
    """The papers that buyers may read, OCOP first; of a listing read through ``with_papers``."""
    read: Any = listing
    order = QualityKind.values
    return (*read.valid_ocop, *sorted(read.valid_quality, key=lambda paper: order.index(paper.kind)))


def papers_of(listing: Product) -> list[Certificate]:
    """Every paper of the listing, whether confirmed, valid or neither: two queries."""
    return [*listing.ocop_certificates.all(), *listing.quality_certificates.all()]


def certificates_to_confirm(model: type[C], today: date) -> QuerySet[C]:
    """Written down, neither confirmed nor refused, and not expired meanwhile."""
    unsettled = model._default_manager.filter(confirmed_at__isnull=True, refused_at__isnull=True)
    waiting = unsettled.filter(expiry_date__gte=today)
    return waiting.select_related("product__household").order_by("pk")


def papers_of_other_listings(listing: Product, today: date) -> list[QualityCertificate]:
    """The household's latest paper of each kind that has not ended and that this listing does not carry yet."""
    not_refused = QualityCertificate.objects.filter(refused_at__isnull=True)
    papers = not_refused.filter(product__household=listing.household_id, expiry_date__gte=today)
    same = not_refused.filter(product=listing, kind=OuterRef("kind"), number=OuterRef("number"))
    latest: dict[str, QualityCertificate] = {}
    for paper in papers.exclude(Exists(same)).select_related("product").order_by("-pk")[:MAX_PAPERS_READ]:
        latest.setdefault(paper.kind, paper)
    return list(latest.values())


def refused_paper(model: type[C], listing: Product, pk: str) -> C | None:
    """The listing's refused paper with this key, to be written down again; None for any other key."""
    refused = model._default_manager.filter(product=listing, refused_at__isnull=False)
    return refused.filter(pk=whole_number(pk)).first()


def holder_of_latest_paper(listing: Product) -> str:
    """Whom the household's latest certificate names: a cooperative's name is not typed twice. Empty without one."""
    for model in (QualityCertificate, OcopCertificate):
        papers = model._default_manager.filter(product__household=listing.household_id, refused_at=None).order_by("-pk")
        if holder := papers.values_list("holder", flat=True).first():
            return holder
    return ""
