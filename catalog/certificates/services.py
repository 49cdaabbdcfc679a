"""Certificates are recorded as the paper says, and confirmed or refused by an operator."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import is_operator
from accounts.models import User
from catalog.certificates import ocop, quality
from catalog.certificates.papers import BadCertificate
from catalog.models import Certificate, OcopCertificate, Product, QualityCertificate
from catalog.photos.paper import readable_paper
from catalog.photos.reading import PhotoRefused
from catalog.signals import listing_changed
from core.locks import lock_row
from core.periods import vietnam_date
from core.transactions import in_transaction
from households.access import Acting, NotAllowed
from households.audit import record_for_household
from messaging.services import send_message

if TYPE_CHECKING:
    from django.core.files import File

A_WEEK = timedelta(days=7)
MAX_REASON_LENGTH = 300
MAX_MESSAGE_LENGTH = 500
"""As ``messaging`` keeps them."""
C = TypeVar("C", bound=Certificate)


def record_ocop_certificate(
    *, acting: Acting, listing: Product, paper: ocop.OcopPaper, now: datetime, picture: File[bytes] | None = None
) -> OcopCertificate:
    """Write a certificate down as the paper says. It gives no stars yet. Raises BadCertificate, NotAllowed,
    FileNotKept."""
    checked = ocop.check_paper(paper, vietnam_date(now))
    return _record(OcopCertificate(product=listing, **asdict(checked)), acting, now, picture)


def record_quality_certificate(
    *, acting: Acting, listing: Product, paper: quality.QualityPaper, now: datetime, picture: File[bytes] | None = None
) -> QualityCertificate:
    """Write a certificate down as the paper says. Buyers see nothing of it yet. Raises BadCertificate, NotAllowed,
    FileNotKept."""
    checked = quality.check_paper(paper, vietnam_date(now))
    return _record(QualityCertificate(product=listing, **asdict(checked)), acting, now, picture)


def _record(certificate: C, acting: Acting, now: datetime, picture: File[bytes] | None) -> C:
    if certificate.product.household_id != acting.household.pk:
        raise NotAllowed(_("This listing belongs to another household."))
    try:
        readable = readable_paper(picture) if picture else None
    except PhotoRefused as refusal:
        raise BadCertificate(refusal.message, field="picture") from refusal
    with transaction.atomic():
        try:
            with transaction.atomic():
                certificate.save(force_insert=True)
        except IntegrityError as error:
            raise BadCertificate(_("This certificate is already written down."), field="number") from error
        if readable:  # once the row stands, so that a paper written down twice leaves no file
            certificate.picture.save(readable.name or "", readable)
        _record_act(f"record_{certificate.act_name}", certificate, acting, now)
    return certificate


@in_transaction
def confirm_certificate(*, operator: User, certificate: C, now: datetime) -> C:
    """An operator compared it with the paper: from now on it is shown while it is valid.

    Raises NotAllowed, BadCertificate.
    """
    if not is_operator(operator):
        raise NotAllowed(_("Only an operator may confirm a certificate."))
    row = _lock_certificate(certificate)
    if row.refused_at is not None:
        raise BadCertificate(_("This certificate was refused meanwhile. The household writes it down again first."))
    if row.confirmed_at is None:
        row.confirmed_at, row.confirmed_by = now, operator
        row.save(update_fields=["confirmed_at", "confirmed_by"])
        _record_act(f"confirm_{row.act_name}", row, Acting(operator, row.product.household, is_operator=True), now)
    return row


@in_transaction
def refuse_certificate(*, operator: User, certificate: C, reason: str, now: datetime) -> C:
    """An operator found no such paper, or another one than was written down; the household is told why.

    It is never shown, and the household may write it down again. Raises NotAllowed, BadCertificate.
    """
    if not is_operator(operator):
        raise NotAllowed(_("Only an operator may refuse a certificate."))
    if not reason.strip():
        raise BadCertificate(_("Write the reason; the household will read it."), field="reason")
    row = _lock_certificate(certificate)
    if row.confirmed_at is not None:
        raise BadCertificate(_("This certificate was confirmed meanwhile."))
    if row.refused_at is not None:
        return row
    row.refused_at, row.refused_by, row.refusal_reason = now, operator, reason.strip()[:MAX_REASON_LENGTH]
    row.save(update_fields=["refused_at", "refused_by", "refusal_reason"])
    household = row.product.household
    acting = Acting(operator, household, is_operator=True)
    _record_act(f"refuse_{row.act_name}", row, acting, now, {"reason": ["", row.refusal_reason]})
    with translation.override("vi"):
        text = gettext('%(name)s of "%(title)s" was not confirmed. Why: %(reason)s') % {
            "name": row.name,
            "title": row.product.title,
            "reason": row.refusal_reason,
        }
    send_message(phone=household.phone, text=text[:MAX_MESSAGE_LENGTH], key=f"refuse:{row.act_name}:{row.pk}", now=now)
    return row


def _lock_certificate(certificate: C) -> C:
    return lock_row(type(certificate)._default_manager.select_related("product__household"), pk=certificate.pk)


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


def _record_act(
    action: str, certificate: Certificate, acting: Acting, now: datetime, more: dict[str, list[str]] | None = None
) -> None:
    """Write the audit row of this act, and tell whoever shows the listing."""
    claim = {field: [None, value] for field, value in certificate.claim.items()}
    record_for_household(
        acting=acting,
        action=action,
        subject=certificate,
        now=now,
        changes={"number": ["", certificate.number], **claim, **(more or {})},
    )
    listing_changed.send(sender=Product, product_id=certificate.product_id)
