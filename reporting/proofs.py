"""The records behind a figure, with personal data masked: what is counted can be looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from catalog.cards import product_url
from core.personal_data import mask_name, mask_phone
from households.models import Act, Household
from reporting.definitions import IndicatorDefinition
from reporting.facts import acts_in_window
from reporting.frames import Frame
from reporting.rules import RULES, facts_of


@dataclass(frozen=True, slots=True)
class Proof:
    """One record that counts. ``evidence`` says what of, ``at`` since or when."""

    household_code: str
    household_name: str
    head: str
    phone: str
    commune: str
    evidence: str
    at: datetime
    goods: int | None = None
    url: str = ""


def records_of(definition: IndicatorDefinition, frame: Frame) -> QuerySet[Any]:
    """The counted rows in a stable order, with all that a proof shows: one query for a page of them."""
    rule = RULES[definition.rule]
    way = rule.path.removesuffix("__")
    related = [rule.path + name for name in ("head", "commune")]
    rows = facts_of(definition, frame).select_related(*related, *_also_read(way))
    if definition.rule == "acted_in_window":
        last = acts_in_window(frame, **definition.params).filter(household=OuterRef("pk")).order_by("-happened_at")
        rows = rows.annotate(
            act_kind=Subquery(last.values("kind")[:1]), act_at=Subquery(last.values("happened_at")[:1])
        )
    return rows.order_by(f"{rule.path}code", "pk")


def _also_read(way: str) -> list[str]:
    return {"": [], "product__household": ["product"], "household_order__household": ["household_order"]}[way]


def proof_of(row: Any, definition: IndicatorDefinition) -> Proof:
    """What is shown of one row of ``records_of``."""
    rule = definition.rule
    if rule == "on_sale":
        return _proof(
            row.product.household, row.product.title, row.at, url=product_url(row.product.slug, row.product_id)
        )
    if rule in ("orders_accepted", "goods_accepted"):
        part = row.household_order
        return _proof(part.household, part.number, row.at, goods=part.goods_total)
    if rule == "acted_in_window":
        return _proof(row, Act.Kind(row.act_kind).label, row.act_at)
    return _proof(row, _("account opened"), row.opened_at)


def _proof(household: Household, evidence: Any, at: datetime, goods: int | None = None, url: str = "") -> Proof:
    return Proof(
        household_code=household.code,
        household_name=household.name,
        head=mask_name(household.head.full_name) if household.head else "",
        phone=mask_phone(household.phone),
        commune=household.commune.name,
        evidence=str(evidence),
        at=at,
        goods=goods,
        url=url,
    )
