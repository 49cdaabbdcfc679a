"""Whom the pages of certificates are for: papers are written down by those who list, and confirmed by operators."""

from __future__ import annotations

from datetime import date

from django.core.files.base import ContentFile
from django.utils import timezone

from tests.catalog.listing.audiences import listing_of
from tests.doors import HOUSEHOLD_OR_TEAM, OPERATOR, Door
from tests.sent import Sent


def _ocop(cast):
    from catalog.certificates.ocop import OcopPaper
    from catalog.certificates.services import record_ocop_certificate
    from catalog.models import Product
    from households.access import Acting

    now = timezone.now()
    listing = Product.objects.get(pk=listing_of(cast)["pk"])
    paper = OcopPaper(
        holder="Hoa",
        number="1",
        issuing_authority="UBND",
        stars=3,
        issued_date=date(2026, 1, 1),
        expiry_date=date(2099, 1, 1),
    )
    made = record_ocop_certificate(acting=Acting(cast.head, cast.household), listing=listing, paper=paper, now=now)
    return {"pk": made.pk}


def _quality(cast):
    from catalog.certificates.services import record_quality_certificate
    from catalog.models import Product
    from households.access import Acting
    from tests.factories.catalog import quality_paper

    now = timezone.now()
    listing = Product.objects.get(pk=listing_of(cast)["pk"])
    acting = Acting(cast.head, cast.household)
    made = record_quality_certificate(acting=acting, listing=listing, paper=quality_paper(now), now=now)
    return {"pk": made.pk}


def _with_picture(make):
    """The same paper with a photo of it."""

    def kwargs(cast):
        from catalog.models import OcopCertificate, QualityCertificate

        found = make(cast)
        model = OcopCertificate if make is _ocop else QualityCertificate
        model.objects.get(pk=found["pk"]).picture.save("paper.jpg", ContentFile(b"jpeg"))
        return found

    return kwargs


DOORS = {
    "certificates:record_ocop": Door(HOUSEHOLD_OR_TEAM, kwargs=listing_of),
    "certificates:record_quality": Door(HOUSEHOLD_OR_TEAM, kwargs=listing_of),
    "certificates:ocop_to_confirm": Door(OPERATOR),
    "certificates:confirm_ocop": Door(OPERATOR, kwargs=_ocop, method="post"),
    "certificates:refuse_ocop": Door(OPERATOR, kwargs=_ocop, method="post"),
    "certificates:refuse_quality": Door(OPERATOR, kwargs=_quality, method="post"),
    "certificates:picture_of_ocop": Door(OPERATOR, kwargs=_with_picture(_ocop)),
    "certificates:picture_of_quality": Door(OPERATOR, kwargs=_with_picture(_quality)),
    "certificates:quality_to_confirm": Door(OPERATOR),
    "certificates:confirm_quality": Door(OPERATOR, kwargs=_quality, method="post"),
}


def refused_quality(cast) -> int:
    """A refused paper of the cast's household, which its own pages offer to write down again."""
    from catalog.certificates.services import refuse_certificate
    from catalog.models import QualityCertificate

    paper = QualityCertificate.objects.get(pk=_quality(cast)["pk"])
    now = timezone.now()
    QualityCertificate.objects.filter(pk=paper.pk).update(holder=cast.household.name)
    refuse_certificate(operator=cast.operator, certificate=paper, reason="Không đọc được", now=now)
    return paper.pk


SENT = {
    "again": Sent("a refused paper of the listing", of=refused_quality, routes=("certificates:record_quality",)),
}
