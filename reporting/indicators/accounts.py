"""Indicators of households: accounts, and those in which something was done."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from households.models import AccountEvent, Act, Household
from reporting.frames import Frame
from reporting.indicators.declaration import Adding, Doubts, Evidence, Indicator, Proof
from reporting.indicators.doubts import EVERY_SALE_IN_DOUBT, out_of_doubt
from reporting.indicators.orders import standing_acceptances

PROGRAMME_ACTS = (Act.Kind.DISPLAY, Act.Kind.SEARCH, Act.Kind.EXCHANGE, Act.Kind.PURCHASE, Act.Kind.SALE)


def is_open(frame: Frame, household: str = "") -> Q:
    """Opened before the frame's end and not closed then; ``household`` is the path to the household."""
    closed = last_events(frame, (AccountEvent.Kind.CLOSED, AccountEvent.Kind.REOPENED)).filter(
        kind=AccountEvent.Kind.CLOSED
    )
    return Q(**{f"{household}opened_at__lt": frame.end}) & ~Q(**{f"{household}pk__in": closed.values("household")})


def last_events(frame: Frame, kinds: Iterable[str]) -> QuerySet[AccountEvent]:
    """Of each household its last event of these kinds before the frame's end."""
    events = AccountEvent.objects.filter(kind__in=kinds, at__lt=frame.end)
    later = events.filter(household=OuterRef("household")).filter(
        Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk"))
    )
    return events.filter(~Exists(later))


def open_accounts(frame: Frame) -> QuerySet[Household]:
    return Household.objects.filter(is_open(frame))


def acts_in_window(frame: Frame, kinds: Iterable[str]) -> QuerySet[Act]:
    """Acts of these kinds of the household outside, in the window, as far as they were known by ``as_of``."""
    return Act.objects.filter(
        household=OuterRef("pk"),
        happened_at__gte=frame.window_start,
        happened_at__lt=frame.end,
        learned_at__lte=frame.as_of,
        kind__in=kinds,
    )


def active_accounts(frame: Frame) -> QuerySet[Household]:
    return open_accounts(frame).filter(Exists(acts_in_window(frame, PROGRAMME_ACTS)))


def with_last_act(rows: QuerySet[Any], frame: Frame) -> QuerySet[Any]:
    last = acts_in_window(frame, PROGRAMME_ACTS).order_by("-happened_at", "-pk")
    proven: QuerySet[Any] = rows.annotate(
        act_kind=Subquery(last.values("kind")[:1]), act_at=Subquery(last.values("happened_at")[:1])
    )
    return proven


def show_last_act(row: Any) -> Evidence:
    return Evidence(what=str(Act.Kind(row.act_kind).label), at=row.act_at)


def sales_in_window(frame: Frame) -> QuerySet[Any]:
    """Acceptances in the window, by the household outside, that still stand."""
    return standing_acceptances(frame).filter(at__gte=frame.window_start, household_order__household=OuterRef("pk"))


def selling_accounts(frame: Frame) -> QuerySet[Household]:
    return open_accounts(frame).filter(Exists(sales_in_window(frame)))


def selling_in_doubt_alone(rows: QuerySet[Any], frame: Frame) -> QuerySet[Any]:
    return rows.filter(~Exists(out_of_doubt(sales_in_window(frame), frame)))


def with_last_sale(rows: QuerySet[Any], frame: Frame) -> QuerySet[Any]:
    last = sales_in_window(frame).order_by("-at", "-pk")
    proven: QuerySet[Any] = rows.annotate(
        sale_number=Subquery(last.values("household_order__number")[:1]),
        sale_at=Subquery(last.values("at")[:1]),
        has_sound_sale=Exists(out_of_doubt(sales_in_window(frame), frame)),
    )
    return proven


def show_last_sale(row: Any) -> Evidence:
    return Evidence(
        what=str(_("sold: order %(number)s")) % {"number": row.sale_number},
        at=row.sale_at,
        doubt="" if row.has_sound_sale else str(EVERY_SALE_IN_DOUBT),
    )


ACCOUNTS = Indicator(
    code="accounts",
    version=1,
    valid_from=date(2021, 7, 21),
    name=_("Accounts"),
    unit=_("households"),
    text=_(
        "Households whose account was opened before the end of the period and is not closed then. An account is "
        "opened when the household has consented and its phone is confirmed, not when it is written down; a withdrawn "
        "consent closes it. Each household counts once, where it stands."
    ),
    source=_("Decision 1034/QĐ-BTTTT of 21 July 2021: households given an account on the marketplace."),
    facts=open_accounts,
    household="",
    adding=Adding.COUNT,
    proof=Proof(lambda row: Evidence(what=str(_("account opened")), at=row.opened_at)),
)

ACTIVE = Indicator(
    code="active",
    version=1,
    valid_from=date(2021, 7, 21),
    name=_("Active accounts"),
    unit=_("households"),
    text=_(
        "Accounts in which at least one of these happened in the period, or, if the period is shorter, in the set "
        "number of days before its end: a product was displayed, products were looked for, information was exchanged, "
        "goods were bought or sold. What a team does for the household counts."
    ),
    source=_(
        "Plan 2022 of the Ministry of Information and Communications, Decision 350/QĐ-BTTTT; the plan names no window "
        "of time, so the marketplace sets the number of days."
    ),
    facts=active_accounts,
    household="",
    adding=Adding.COUNT,
    proof=Proof(show_last_act, with_last_act),
    looks_back=True,
)

ACTIVE_STRICT = Indicator(
    code="active_strict",
    version=1,
    valid_from=date(2021, 7, 21),
    name=_("Active accounts, strict: sold"),
    unit=_("households"),
    text=_(
        "Accounts that sold in the same window: the household accepted at least one order that was not declined, "
        "cancelled or returned afterwards."
    ),
    source=_("Rule of this marketplace, shown beside the programme's because accounts that only look count there."),
    facts=selling_accounts,
    household="",
    adding=Adding.COUNT,
    proof=Proof(show_last_sale, with_last_sale),
    looks_back=True,
    doubts=Doubts(
        selling_in_doubt_alone,
        _(
            "In doubt is an account of which every sale that counts could have been made up by one person alone: what "
            "the household bought from itself, what a member of its team bought, and what one volunteer answered and "
            "delivered without the household or a paid card."
        ),
    ),
)

DECLARED = (ACCOUNTS, ACTIVE, ACTIVE_STRICT)
