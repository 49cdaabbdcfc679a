"""Whom the pages of a listing are for before buyers see it."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from tests.doors import HOUSEHOLD_OR_TEAM, OPERATOR, OTHERS, SIGNED_IN, Audience, Door

CHECKER = Audience("second person", ("head", "leader", "operator"), ("volunteer",), OTHERS)


def _listing(cast, status: str = "published"):
    from catalog.listing.services import publish_listing, submit_for_check
    from households.access import Acting
    from tests.factories.catalog import draft

    helped, now = Acting(cast.volunteer, cast.household, cast.team), timezone.now()
    made = draft(helped, now)
    if status != "draft":
        submit_for_check(acting=helped, listing=made, now=now)
    if status == "published":
        publish_listing(checker=cast.leader, listing=made, now=now)
    return {"pk": made.pk}


def _certificate(cast):
    from catalog.certificates.ocop import OcopPaper
    from catalog.certificates.services import record_ocop_certificate
    from catalog.models import Product
    from households.access import Acting

    now = timezone.now()
    listing = Product.objects.get(pk=_listing(cast)["pk"])
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


def _quality_certificate(cast):
    from catalog.certificates.services import record_quality_certificate
    from catalog.models import Product
    from households.access import Acting
    from tests.factories.catalog import quality_paper

    now = timezone.now()
    listing = Product.objects.get(pk=_listing(cast)["pk"])
    acting = Acting(cast.head, cast.household)
    made = record_quality_certificate(acting=acting, listing=listing, paper=quality_paper(now), now=now)
    return {"pk": made.pk}


DOORS = {
    "listing:mine": Door(SIGNED_IN),
    "listing:to_check": Door(SIGNED_IN),
    "listing:create": Door(HOUSEHOLD_OR_TEAM, kwargs=lambda cast: {"code": cast.household.code}),
    "listing:of_household": Door(HOUSEHOLD_OR_TEAM, kwargs=lambda cast: {"code": cast.household.code}),
    "listing:overview": Door(HOUSEHOLD_OR_TEAM, kwargs=_listing),
    "listing:edit": Door(HOUSEHOLD_OR_TEAM, kwargs=_listing),
    "listing:certificate": Door(HOUSEHOLD_OR_TEAM, kwargs=_listing),
    "listing:quality_certificate": Door(HOUSEHOLD_OR_TEAM, kwargs=_listing),
    "listing:offer": Door(HOUSEHOLD_OR_TEAM, kwargs=_listing, method="post", data={"price": "90.000", "stock": "5"}),
    "listing:submit": Door(HOUSEHOLD_OR_TEAM, kwargs=lambda cast: _listing(cast, "draft"), method="post"),
    "listing:publish": Door(HOUSEHOLD_OR_TEAM, kwargs=lambda cast: _listing(cast, "in_check"), method="post"),
    "listing:withdraw": Door(HOUSEHOLD_OR_TEAM, kwargs=_listing, method="post"),
    "listing:check": Door(CHECKER, kwargs=lambda cast: _listing(cast, "in_check")),
    "listing:moderate": Door(OPERATOR),
    "listing:take_down": Door(OPERATOR, kwargs=_listing),
    "listing:certificates": Door(OPERATOR),
    "listing:confirm_certificate": Door(OPERATOR, kwargs=_certificate, method="post"),
    "listing:quality_certificates": Door(OPERATOR),
    "listing:confirm_quality_certificate": Door(OPERATOR, kwargs=_quality_certificate, method="post"),
}
