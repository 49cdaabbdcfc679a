"""The facts of the database: its rows of what happened, in the one shape, and its units.

Every household's place is a commune of today, whatever the day: the database keeps no former codes. What a row of
today says, where a household stands or whether its storefront is open, is never read alone: moves and storefronts have
their events, and each fact gets what held at its moment.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from functools import cached_property
from itertools import chain, groupby

from django.db.models import Exists, OuterRef

from catalog.models import ListingEvent, ListingStatus
from households.models import AccountEvent, Act, Commune, DigitalTeam, Household
from households.places.boundaries import REFORM_DATE, Boundaries, Level, Place, boundaries
from reporting.facts.shape import HouseholdFact, Kind, moment
from shop.order.models import HouseholdOrderEvent, HouseholdOrderState
from shop.order.states import LOST

# A sale's fact is the order that was accepted, so the act of the same moment is not a second one.
KINDS_OF_ACTS = {
    Act.Kind.DISPLAY: Kind.DISPLAYED,
    Act.Kind.SEARCH: Kind.SEARCHED,
    Act.Kind.EXCHANGE: Kind.EXCHANGED,
    Act.Kind.PURCHASE: Kind.BOUGHT,
}
KINDS_OF_EVENTS = {
    AccountEvent.Kind.CLOSED: Kind.ACCOUNT_CLOSED,
    AccountEvent.Kind.REOPENED: Kind.ACCOUNT_OPENED,
    AccountEvent.Kind.MOVED: Kind.MOVED,
}
KINDS_OF_STEPS = {
    HouseholdOrderState.NEW: Kind.ORDERED,
    HouseholdOrderState.ACCEPTED: Kind.SOLD,
    **dict.fromkeys(LOST, Kind.SALE_UNDONE),
}


class LiveUnits:
    """The units of any day, those of today as the database has them."""

    def __init__(self) -> None:
        self._files: Boundaries = boundaries()
        self._communes = dict(Commune.objects.values_list("code", "province_id"))

    def units_on(self, day: date, level: Level) -> Collection[str]:
        if day < REFORM_DATE or level == Level.DISTRICT:
            return self._files.units_on(day, level)
        return self._communes.keys() if level == Level.COMMUNE else set(self._communes.values())

    def places_on(self, day: date) -> Mapping[bool, Mapping[str, Place]]:
        found = self._files.places_on(day)
        unknown = Place()
        own = {
            code: found[False].get(code, unknown) if day < REFORM_DATE else Place(code, None, province)
            for code, province in self._communes.items()
        }
        return {True: found[True], False: own}


class LiveFacts:
    """Iterating gives every fact of the database, those of one household or listing in the order of their writing."""

    def __iter__(self) -> Iterator[HouseholdFact]:
        rows = chain(self._life(), self._acts(), self._listings(), self._orders())
        return (fact._replace(place_in_source=number) for number, fact in enumerate(rows, 1))

    @cached_property
    def _stand(self) -> dict[int, tuple[str, str]]:
        """Of each household its code and its commune of today."""
        return {pk: (code, commune) for pk, code, commune in Household.objects.values_list("pk", "code", "commune_id")}

    @cached_property
    def _moves(self) -> dict[int, list[tuple[datetime, str]]]:
        """Of each household that moved, when it did, oldest first, and the commune that it left."""
        moves: dict[int, list[tuple[datetime, str]]] = defaultdict(list)
        rows = AccountEvent.objects.filter(kind=AccountEvent.Kind.MOVED).order_by("at", "pk")
        for household, at, left in rows.values_list("household_id", "at", "left_commune_id"):
            moves[household].append((at, str(left)))
        return moves

    @cached_property
    def _teams(self) -> dict[int | None, str]:
        """The names of the teams; where several have one name, their communes stand behind it."""
        rows = list(DigitalTeam.objects.values_list("pk", "name", "commune_id"))
        named = Counter(name for _pk, name, _commune in rows)
        in_commune = Counter((name, commune) for _pk, name, commune in rows)
        names: dict[int | None, str] = {None: ""}
        for pk, name, commune in rows:
            shown = name if named[name] == 1 else f"{name} ({commune})"
            names[pk] = shown if in_commune[name, commune] == 1 else f"{name} ({commune}, {pk})"
        return names

    def _fact(
        self,
        household: int,
        kind: Kind,
        at: datetime,
        *,
        learned_at: datetime | None = None,
        team: str = "",
        value: int = 0,
        ref: str = "",
    ) -> HouseholdFact:
        code, commune = self._stand[household]
        return HouseholdFact(
            household=code,
            kind=kind,
            happened_at=moment(at),
            learned_at=moment(learned_at or at),
            is_former=0,
            commune_code=next((left for moved, left in self._moves.get(household, ()) if moved > at), commune),
            team=team,
            quantity="",
            value=value,
            ref=ref,
            place_in_source=0,
        )

    def _life(self) -> Iterator[HouseholdFact]:
        opened = Household.objects.filter(opened_at__isnull=False).values_list("pk", "opened_at", "opened_by_team_id")
        for household, at, team in opened.iterator():
            if at is not None:
                yield self._fact(household, Kind.ACCOUNT_OPENED, at, team=self._teams[team])
        events = AccountEvent.objects.filter(kind__in=KINDS_OF_EVENTS).order_by("at", "pk")
        fields = ("household_id", "kind", "at", "household__opened_by_team_id")
        for household, event, at, team in events.values_list(*fields).iterator():
            kind = KINDS_OF_EVENTS[AccountEvent.Kind(event)]
            yield self._fact(household, kind, at, team=self._teams[team] if kind == Kind.ACCOUNT_OPENED else "")

    def _acts(self) -> Iterator[HouseholdFact]:
        acts = Act.objects.filter(kind__in=KINDS_OF_ACTS).order_by("pk")
        for household, act, at, learned in acts.values_list(
            "household_id", "kind", "happened_at", "learned_at"
        ).iterator():
            yield self._fact(household, KINDS_OF_ACTS[Act.Kind(act)], at, learned_at=learned)

    def _listings(self) -> Iterator[HouseholdFact]:
        """A listing is listed while it is published and its household's storefront is open."""
        shown: dict[int, list[tuple[datetime, str, bool]]] = defaultdict(list)
        kinds = (AccountEvent.Kind.STOREFRONT_OPENED, AccountEvent.Kind.STOREFRONT_CLOSED)
        storefronts = AccountEvent.objects.filter(kind__in=kinds).order_by("at", "pk")
        for household, kind, at in storefronts.values_list("household_id", "kind", "at").iterator():
            shown[household].append((at, "storefront", kind == AccountEvent.Kind.STOREFRONT_OPENED))
        events = ListingEvent.objects.order_by("product_id", "at", "pk")
        rows = events.values_list("product_id", "product__household_id", "at", "status").iterator()
        for (product, household), steps in groupby(rows, key=lambda row: row[:2]):
            own = [(at, "listing", status == ListingStatus.PUBLISHED) for _product, _household, at, status in steps]
            is_so = {"storefront": False, "listing": False}
            was_listed = False
            for at, changes in groupby(sorted(shown[household] + own, key=lambda row: row[0]), key=lambda row: row[0]):
                is_so |= {what: is_on for _at, what, is_on in changes}
                if all(is_so.values()) != was_listed:
                    was_listed = not was_listed
                    kind = Kind.LISTED if was_listed else Kind.UNLISTED
                    yield self._fact(household, kind, at, ref=f"listing-{product}")

    def _orders(self) -> Iterator[HouseholdFact]:
        """A step that was taken back is no fact, at no moment: nobody was told of it (docs/adr/0014)."""
        accepted = HouseholdOrderEvent.objects.filter(
            household_order=OuterRef("household_order"), state=HouseholdOrderState.ACCEPTED
        )
        steps = (
            HouseholdOrderEvent.objects.standing().filter(state__in=KINDS_OF_STEPS).annotate(was_sold=Exists(accepted))
        )
        part = "household_order__"
        fields = (f"{part}household_id", "state", "at", f"{part}order__number", f"{part}goods_total", "was_sold")
        for household, state, at, ref, goods, was_sold in steps.order_by("at", "pk").values_list(*fields).iterator():
            kind = KINDS_OF_STEPS[HouseholdOrderState(state)]
            if was_sold or kind == Kind.ORDERED:
                yield self._fact(household, kind, at, ref=ref, value=goods)
