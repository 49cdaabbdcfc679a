"""The facts behind the figures: which rows count in a frame. Figures count them, proofs list them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from catalog.models import ListingEvent, ListingStatus
from households.models import Act, Household
from reporting.frames import Frame
from shop.order.models import HouseholdOrderEvent, HouseholdOrderState

UNDONE = (HouseholdOrderState.DECLINED, HouseholdOrderState.CANCELLED, HouseholdOrderState.RETURNED)


def _open_at_end(frame: Frame, path: str = "") -> Q:
    still_open = Q(**{f"{path}closed_at__isnull": True}) | Q(**{f"{path}closed_at__gte": frame.end})
    return Q(**{f"{path}opened_at__lt": frame.end}) & still_open


def open_accounts(frame: Frame) -> QuerySet[Household]:
    """Accounts opened before the end of the period and not closed by then."""
    return Household.objects.filter(_open_at_end(frame), frame.area.households())


def acts_in_window(frame: Frame, kinds: Iterable[str]) -> QuerySet[Act]:
    """Acts of these kinds in the window, as far as they were known by ``as_of``."""
    return Act.objects.filter(
        happened_at__gte=frame.window_start, happened_at__lt=frame.end, learned_at__lte=frame.as_of, kind__in=kinds
    )


def acted_in_window(frame: Frame, kinds: Iterable[str]) -> QuerySet[Household]:
    """Open accounts with an act in the window."""
    acts = acts_in_window(frame, kinds).filter(household=OuterRef("pk"))
    return open_accounts(frame).filter(Exists(acts))


def sold_in_window(frame: Frame) -> QuerySet[Household]:
    """Open accounts that accepted an order in the window which still stands."""
    sales = _standing(frame).filter(at__gte=frame.window_start, household_order__household=OuterRef("pk"))
    return open_accounts(frame).filter(Exists(sales))


def accepted_parts(frame: Frame) -> QuerySet[HouseholdOrderEvent]:
    """Acceptances in the period of household orders that still stand; a part is accepted once."""
    area = frame.area.households("household_order__household__")
    return _standing(frame).filter(area, at__gte=frame.period.start)


def _standing(frame: Frame) -> QuerySet[HouseholdOrderEvent]:
    undone = HouseholdOrderEvent.objects.filter(
        household_order=OuterRef("household_order"), state__in=UNDONE, at__lte=frame.as_of
    )
    return HouseholdOrderEvent.objects.filter(~Exists(undone), state=HouseholdOrderState.ACCEPTED, at__lt=frame.end)


def on_sale(frame: Frame) -> QuerySet[ListingEvent]:
    """For each listing on sale at the end, the event that put it there; its household's account is open."""
    later = ListingEvent.objects.filter(product=OuterRef("product"), at__lt=frame.end).filter(
        Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk"))
    )
    path = "product__household__"
    return ListingEvent.objects.filter(
        ~Exists(later),
        _open_at_end(frame, path),
        frame.area.households(path),
        status=ListingStatus.PUBLISHED,
        at__lt=frame.end,
    )


def households_on_sale(frame: Frame) -> QuerySet[Household]:
    """Households with a listing on sale at the end."""
    return Household.objects.filter(pk__in=on_sale(frame).values("product__household"))
