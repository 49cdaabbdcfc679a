"""Verbs of the catalogue beside the listing's own: kinds of product and certificates."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from oscar.apps.catalogue.models import ProductClass

from catalog.models import OcopCertificate, Product
from catalog.ocop import BadCertificate, OcopPaper, check_paper
from catalog.signals import listing_changed
from households.access import Acting, NotAllowed
from marketplace.accounts.models import User
from marketplace.accounts.roles import is_operator
from marketplace.core import audit
from marketplace.core.periods import VIETNAM

FARM_PRODUCE = "Nông sản"


def farm_produce() -> ProductClass:
    """The one kind of product that is sold here: shipped, with its stock tracked."""
    return ProductClass.objects.get_or_create(
        slug="nong-san", defaults={"name": FARM_PRODUCE, "track_stock": True, "requires_shipping": True}
    )[0]


@transaction.atomic
def record_ocop_certificate(*, acting: Acting, listing: Product, paper: OcopPaper, now: datetime) -> OcopCertificate:
    """Write a certificate down as the paper says. It gives no stars yet. Raises BadCertificate, NotAllowed."""
    if listing.household_id != acting.household.pk:
        raise NotAllowed(_("This listing belongs to another household."))
    checked = check_paper(paper, timezone.localdate(now, VIETNAM))
    try:
        with transaction.atomic():
            certificate = OcopCertificate.objects.create(product=listing, **asdict(checked))
    except IntegrityError as error:
        raise BadCertificate(_("This certificate is already written down."), field="number") from error
    _told("record_ocop_certificate", certificate, acting, now)
    return certificate


@transaction.atomic
def confirm_ocop_certificate(*, operator: User, certificate: OcopCertificate, now: datetime) -> OcopCertificate:
    """An operator compared it with the paper: from now on its stars are shown while it is valid. Raises NotAllowed."""
    if not is_operator(operator):
        raise NotAllowed(_("Only an operator may confirm a certificate."))
    row = OcopCertificate.objects.select_for_update(of=("self",)).select_related("product__household")
    certificate = row.get(pk=certificate.pk)
    if certificate.confirmed_at is None:
        certificate.confirmed_at, certificate.confirmed_by = now, operator
        certificate.save(update_fields=["confirmed_at", "confirmed_by"])
        _told("confirm_ocop_certificate", certificate, Acting(operator, certificate.product.household), now)
    return certificate


def tell_of_expired_certificates(*, today: date) -> int:
    """Word to whoever shows stars that these have ended in the past week; telling twice does no harm."""
    ended = OcopCertificate.objects.filter(expiry_date__lt=today, expiry_date__gte=today - timedelta(days=7))
    listings = set(ended.values_list("product_id", flat=True))
    with transaction.atomic():
        for product_id in listings:
            listing_changed.send(sender=Product, product_id=product_id)
    return len(listings)


def _told(action: str, certificate: OcopCertificate, acting: Acting, now: datetime) -> None:
    audit.record(
        action=action,
        subject=certificate,
        now=now,
        actor=acting.user,
        household_code=acting.household.code,
        team_id=acting.team.pk if acting.team else None,
        changes={"number": ["", certificate.number], "stars": [None, certificate.stars]},
    )
    listing_changed.send(sender=Product, product_id=certificate.product_id)
