"""Certificates are recorded as the paper says, and confirmed by an operator."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.access import is_operator
from accounts.models import User
from catalog.certificates import ocop, quality
from catalog.certificates.papers import BadCertificate
from catalog.models import Certificate, OcopCertificate, Product, QualityCertificate
from catalog.signals import listing_changed
from core.periods import vietnam_date
from households.access import Acting, NotAllowed
from households.audit import record_for_household

A_WEEK = timedelta(days=7)
C = TypeVar("C", bound=Certificate)


@transaction.atomic
def record_ocop_certificate(
    *, acting: Acting, listing: Product, paper: ocop.OcopPaper, now: datetime
) -> OcopCertificate:
    """Write a certificate down as the paper says. It gives no stars yet. Raises BadCertificate, NotAllowed."""
    checked = ocop.check_paper(paper, vietnam_date(now))
    return _record(OcopCertificate(product=listing, **asdict(checked)), acting, now)


@transaction.atomic
def record_quality_certificate(
    *, acting: Acting, listing: Product, paper: quality.QualityPaper, now: datetime
) -> QualityCertificate:
    """Write a certificate down as the paper says. Buyers see nothing of it yet. Raises BadCertificate, NotAllowed."""
    checked = quality.check_paper(paper, vietnam_date(now))
    return _record(QualityCertificate(product=listing, **asdict(checked)), acting, now)


def _record(certificate: C, acting: Acting, now: datetime) -> C:
    if certificate.product.household_id != acting.household.pk:
        raise NotAllowed(_("This listing belongs to another household."))
    try:
        with transaction.atomic():
            certificate.save(force_insert=True)
    except IntegrityError as error:
        raise BadCertificate(_("This certificate is already written down."), field="number") from error
    _record_act(f"record_{certificate.act_name}", certificate, acting, now)
    return certificate


@transaction.atomic
def confirm_certificate(*, operator: User, certificate: C, now: datetime) -> C:
    """An operator compared it with the paper: from now on it is shown while it is valid. Raises NotAllowed."""
    if not is_operator(operator):
        raise NotAllowed(_("Only an operator may confirm a certificate."))
    rows = type(certificate)._default_manager.select_for_update(of=("self",)).select_related("product__household")
    row = rows.get(pk=certificate.pk)
    if row.confirmed_at is None:
        row.confirmed_at, row.confirmed_by = now, operator
        row.save(update_fields=["confirmed_at", "confirmed_by"])
        _record_act(f"confirm_{row.act_name}", row, Acting(operator, row.product.household), now)
    return row


def announce_validity_changes(*, today: date) -> int:
    """Send ``listing_changed`` for each listing with a confirmed paper that began or ended in the past week.

    Returns how many. A week, because a missed day is made up for; sending twice does no harm.
    """
    ended = Q(expiry_date__lt=today, expiry_date__gte=today - A_WEEK)
    begun = Q(issued_date__lte=today, issued_date__gt=today - A_WEEK)
    listings: set[int] = set()
    for model in (OcopCertificate, QualityCertificate):
        turned = model._default_manager.filter(ended | begun, confirmed_at__isnull=False)
        listings.update(turned.values_list("product_id", flat=True))
    with transaction.atomic():
        for product_id in sorted(listings):
            listing_changed.send(sender=Product, product_id=product_id)
    return len(listings)


def _record_act(action: str, certificate: Certificate, acting: Acting, now: datetime) -> None:
    """Write the audit row of this act, and tell whoever shows the listing."""
    claim = {field: [None, value] for field, value in certificate.claim.items()}
    record_for_household(
        acting=acting,
        action=action,
        subject=certificate,
        now=now,
        changes={"number": ["", certificate.number], **claim},
    )
    listing_changed.send(sender=Product, product_id=certificate.product_id)
