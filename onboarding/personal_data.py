"""The copy of everything that is held about a household, for itself, as a file that people and programs read."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, Q

from catalog.models import OcopCertificate, Photo, Product, QualityCertificate
from core.models import AuditEntry
from households.models import Act, Household
from messaging.models import OutgoingMessage
from onboarding.models import DataRequest, DoorstepCode
from shop.order.models import HouseholdOrder

AGREED = (
    *("given_at", "given_how", "holds_from", "withdrawn_at", "refusal", "evidence"),
    *("team__name", "recorded_by__full_name", "checked_by__full_name"),
)
LISTED = ("title", "description", "status", "published_at", "date_created", "date_updated", "check_note")
ORDERED = ("number", "state", "goods_total", "shipping_charge", "placed_at", "tracking_number")


def copy_of(household: Household) -> str:
    """JSON, indented, in UTF-8: each part by its name. Pictures are named; their files are on the household's pages.

    What belongs to buyers is left out: their names, numbers and addresses.
    """
    phones = {household.phone, *household.members.exclude(phone="").values_list("phone", flat=True)}
    listings = Product.objects.filter(household=household)
    parts: dict[str, Iterable[Any]] = {
        "household": _rows(Household.objects.filter(pk=household.pk), ("search_text", "key", "version")),
        "members": _rows(household.members.all()),
        "consents": household.consents.values(*AGREED, "text__version", "text__body"),
        "mandates": household.mandates.values(*AGREED, "scopes", "expires_at"),
        "cases": household.onboarding_cases.values("opened_at", "closed_at", "outcome", "reason", "team__name"),
        "codes_sent": DoorstepCode.objects.filter(household=household).values("purpose", "phone", "sent_at", "used_at"),
        "account_events": household.account_events.values("kind", "at", "reason"),
        "acts": Act.objects.filter(household=household).values("kind", "happened_at"),
        "listings": listings.values(*LISTED),
        "photos": Photo.objects.filter(Q(listing__household=household) | Q(portrays=household)).values(
            "key", "listing__title", "portrait", "uploaded_at"
        ),
        "ocop_certificates": _rows(OcopCertificate.objects.filter(product__household=household)),
        "quality_certificates": _rows(QualityCertificate.objects.filter(product__household=household)),
        "orders": HouseholdOrder.objects.filter(household=household).values(*ORDERED),
        "messages": OutgoingMessage.objects.filter(phone__in=phones, is_secret=False).values(
            "phone", "text", "created_at", "state"
        ),
        "requests": DataRequest.objects.filter(household=household).values(
            "kind", "words", "asked_at", "due_at", "outcome", "answer"
        ),
        "log": AuditEntry.objects.filter(household_code=household.code)
        .order_by("at", "pk")
        .values("at", "action", "actor__full_name", "capacity", "changes"),
    }
    shown = {name: list(rows) for name, rows in parts.items()}
    return json.dumps(shown, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)


def _rows(rows: Any, left_out: tuple[str, ...] = ()) -> Iterable[dict[str, Any]]:
    """Every column but keys to other tables and what is ours alone."""
    model: type[Model] = rows.model
    names = [
        field.name for field in model._meta.concrete_fields if not field.is_relation and field.name not in left_out
    ]
    found: Iterable[dict[str, Any]] = rows.values(*names)
    return found
