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

from django.db.models import Exists, Min, OuterRef, Q

from catalog.models import ListingEvent, ListingStatus
from households.models import AccountEvent, Act, Commune, DigitalTeam, Household
from households.places.boundaries import REFORM_DATE, Boundaries, Level, Place, boundaries
from reporting.facts.shape import NEVER, HouseholdFact, Kind, moment
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
STOREFRONT = (AccountEvent.Kind.STOREFRONT_OPENED, AccountEvent.Kind.STOREFRONT_CLOSED)
HOUSEHOLD = ("pk", "code", "commune_id")
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


def first_learned_at() -> datetime | None:
    """When the first fact of the database was learned; None while there is none."""
    firsts = (
        Household.objects.aggregate(first=Min("opened_at")),
        Act.objects.aggregate(first=Min("learned_at")),
        AccountEvent.objects.aggregate(first=Min("at")),
        ListingEvent.objects.aggregate(first=Min("at")),
        HouseholdOrderEvent.objects.aggregate(first=Min("at")),
    )
    return min((row["first"] for row in firsts if row["first"]), default=None)


class LiveFacts:
    """Facts of the database: all of them, or those learned from ``since`` on and before ``before``.

    Those of one household or listing come in the order of their writing.
    """

    def __init__(self, since: datetime | None = None, before: datetime | None = None) -> None:
        self._since, self._before = since, before

    def __iter__(self) -> Iterator[HouseholdFact]:
        return (fact for _key, fact in self.keyed())

    def keyed(self) -> Iterator[tuple[str, HouseholdFact]]:
        """Each fact with a key that names the row or rows it was made of, the same whenever it is read."""
        rows = chain(self._life(), self._acts(), self._listings(), self._orders())
        return ((key, fact._replace(place_in_source=number)) for number, (key, fact) in enumerate(rows, 1))

    def _learned(self, field: str) -> Q:
        found = Q()
        if self._since:
            found &= Q(**{f"{field}__gte": self._since})
        if self._before:
            found &= Q(**{f"{field}__lt": self._before})
        return found

    @cached_property
    def _moves(self) -> dict[int, list[tuple[datetime, str]]]:
        """Of each household that moved, when it did, oldest first, and the commune that it left."""
        moves: dict[int, list[tuple[datetime, str]]] = defaultdict(list)
        rows = AccountEvent.objects.filter(kind=AccountEvent.Kind.MOVED).order_by("at", "pk")
        for household, at, left in rows.values_list("household_id", "at", "left_commune_id"):
            moves[household].append((at, str(left)))
        return moves

    @cached_property
    def team_names(self) -> dict[int | None, str]:
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
        household: tuple[int, str, str],
        kind: Kind,
        at: datetime,
        *,
        learned_at: datetime | None = None,
        team: str = "",
        value: int = 0,
        ref: str = "",
        taken_back_at: datetime | None = None,
    ) -> HouseholdFact:
        """``household`` is its number, its code and its commune of today."""
        number, code, commune = household
        return HouseholdFact(
            household=code,
            kind=kind,
            happened_at=moment(at),
            learned_at=moment(learned_at or at),
            is_former=0,
            commune_code=next((left for moved, left in self._moves.get(number, ()) if moved > at), commune),
            team=team,
            quantity="",
            value=value,
            ref=ref,
            taken_back_at=moment(taken_back_at) if taken_back_at else NEVER,
            place_in_source=0,
        )

    def _life(self) -> Iterator[tuple[str, HouseholdFact]]:
        opened = Household.objects.filter(self._learned("opened_at"), opened_at__isnull=False).order_by("pk")
        for *stand, at, team in opened.values_list(*HOUSEHOLD, "opened_at", "opened_by_team_id").iterator():
            fact = self._fact(tuple(stand), Kind.ACCOUNT_OPENED, at, team=self.team_names[team])
            yield f"opened-{stand[0]}", fact
        events = AccountEvent.objects.filter(self._learned("at"), kind__in=KINDS_OF_EVENTS).order_by("at", "pk")
        fields = (*(f"household__{name}" for name in HOUSEHOLD), "pk", "kind", "at", "household__opened_by_team_id")
        for *stand, pk, event, at, team in events.values_list(*fields).iterator():
            kind = KINDS_OF_EVENTS[AccountEvent.Kind(event)]
            named = self.team_names[team] if kind == Kind.ACCOUNT_OPENED else ""
            yield f"event-{pk}", self._fact(tuple(stand), kind, at, team=named)

    def _acts(self) -> Iterator[tuple[str, HouseholdFact]]:
        acts = Act.objects.filter(self._learned("learned_at"), kind__in=KINDS_OF_ACTS).order_by("pk")
        fields = (*(f"household__{name}" for name in HOUSEHOLD), "pk", "kind", "happened_at", "learned_at")
        for *stand, pk, act, at, learned in acts.values_list(*fields).iterator():
            yield f"act-{pk}", self._fact(tuple(stand), KINDS_OF_ACTS[Act.Kind(act)], at, learned_at=learned)

    def _listings(self) -> Iterator[tuple[str, HouseholdFact]]:
        """A listing is listed while it is published and its household's storefront is open."""
        storefronts = AccountEvent.objects.filter(kind__in=STOREFRONT)
        events = ListingEvent.objects.all()
        if self._since or self._before:
            # Whatever changed in the time asked for: its whole way is read, and the facts of that time are kept.
            changed = Q(product__in=events.filter(self._learned("at")).values("product"))
            changed |= Q(product__household__in=storefronts.filter(self._learned("at")).values("household"))
            events = events.filter(changed)
            storefronts = storefronts.filter(household__in=events.values("product__household"))
        shown: dict[int, list[tuple[datetime, str, bool]]] = defaultdict(list)
        for household, kind, at in (
            storefronts.order_by("at", "pk").values_list("household_id", "kind", "at").iterator()
        ):
            shown[household].append((at, "storefront", kind == AccountEvent.Kind.STOREFRONT_OPENED))
        fields = (*(f"product__household__{name}" for name in HOUSEHOLD), "product_id", "at", "status")
        rows = events.order_by("product_id", "at", "pk").values_list(*fields).iterator()
        for (*stand, product), steps in groupby(rows, key=lambda row: row[:4]):
            own = [(at, "listing", status == ListingStatus.PUBLISHED) for *_stand, at, status in steps]
            for at, is_listed in _changes_of(sorted(shown[stand[0]] + own, key=lambda row: row[0])):
                if (not self._since or at >= self._since) and (not self._before or at < self._before):
                    kind, ref = Kind.LISTED if is_listed else Kind.UNLISTED, f"listing-{product}"
                    yield f"{ref}-{moment(at)}", self._fact(tuple(stand), kind, at, ref=ref)

    def _orders(self) -> Iterator[tuple[str, HouseholdFact]]:
        """What undid a sale is a fact; what ended an order that was never accepted undid none.

        A step that was taken back is a fact that was known until then (docs/adr/0014).
        """
        accepted = HouseholdOrderEvent.objects.filter(
            household_order=OuterRef("household_order"), state=HouseholdOrderState.ACCEPTED
        )
        steps = HouseholdOrderEvent.objects.filter(self._learned("at"), state__in=KINDS_OF_STEPS, takes_back=None)
        part = "household_order__"
        fields = (
            *(f"{part}household__{name}" for name in HOUSEHOLD),
            *("pk", "state", "at", f"{part}order__number", f"{part}goods_total", "was_sold", "taken_back_by__at"),
        )
        rows = steps.annotate(was_sold=Exists(accepted)).order_by("at", "pk").values_list(*fields)
        for *stand, pk, state, at, ref, goods, was_sold, taken_back in rows.iterator():
            kind = KINDS_OF_STEPS[HouseholdOrderState(state)]
            if was_sold or kind == Kind.ORDERED:
                fact = self._fact(tuple(stand), kind, at, ref=ref, value=goods, taken_back_at=taken_back)
                yield f"step-{pk}", fact


def _changes_of(steps: list[tuple[datetime, str, bool]]) -> Iterator[tuple[datetime, bool]]:
    """When a listing began and ceased to be listed, from the steps of itself and of its storefront, oldest first."""
    is_so = {"storefront": False, "listing": False}
    was_listed = False
    for at, changes in groupby(steps, key=lambda row: row[0]):
        is_so |= {what: is_on for _at, what, is_on in changes}
        if all(is_so.values()) != was_listed:
            was_listed = not was_listed
            yield at, was_listed
