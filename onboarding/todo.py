"""What a volunteer's households need next: one row for each thing that somebody of their teams can do now.

Each kind is one query within the ground of ``households.access``: cases belong to the team, listings and orders need a
valid mandate for that scope, the rest needs that the household lives in the team's territory. The kinds are put
together in the database, so that a page of the list costs the same however many households there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, IntegerField, Max, OuterRef, Q, QuerySet, Subquery, TextChoices, Value
from django.db.models.expressions import Func
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.access import workable_listings
from catalog.models import ListingRevision, ListingStatus, Photo, Product, RevisionStatus
from core.name_order import by_name
from households.access import in_territory_of, mandates_to_act_under, public_storefront
from households.models import DigitalTeam, Household, Mandate, Scope
from onboarding.models import OnboardingCase
from onboarding.selectors import StepState, next_step, step_states
from shop.order.access import household_orders_for
from shop.order.models import HouseholdOrder, HouseholdOrderState

MANDATE_ENDS_SOON = timedelta(days=30)
"""So long before a mandate ends it is to be renewed, and so long afterwards it is still asked for."""
SILENT_AFTER = timedelta(days=60)
"""A storefront with goods on sale is silent when for so long nothing was ordered from it and nothing in it changed."""


class TodoKind(TextChoices):
    """In the order of the list: what a buyer waits for first, what can wait longest last."""

    ORDER = "don-hang", _("orders to answer")
    SENT_BACK = "can-sua", _("listings sent back")
    CHANGE_SENT_BACK = "ban-sua", _("changes sent back")
    CASE = "ho-so", _("cases to continue")
    MANDATE = "uy-quyen", _("mandates that end")
    UNFINISHED = "chua-xong", _("listings not finished")
    NO_LISTING = "chua-co-hang", _("accounts without a listing")
    SILENT = "im-lang", _("silent storefronts")


@dataclass(frozen=True, slots=True)
class Ground:
    """Whose work is listed: ``user``'s, in ``teams`` (all of them his); of one village or one household where set."""

    user: User
    teams: tuple[DigitalTeam, ...]
    now: datetime
    village_name: str = ""
    household_id: int | None = None

    def mandated(self, scope: Scope) -> QuerySet[Mandate, int]:
        """Ids of the households for which these teams may do ``scope``."""
        mandates = mandates_to_act_under(self.user, scope, self.now)
        return mandates.filter(team__in=self.teams).values_list("household", flat=True)

    def households(self) -> QuerySet[Household]:
        """Those in the territory of these teams that are registered and not closed."""
        territory = Q(pk__in=[])
        for team in self.teams:
            territory |= in_territory_of(team)
        return Household.objects.filter(territory, closed_at=None)

    def accounts(self) -> QuerySet[Household]:
        """Those of them whose account is open."""
        return self.households().filter(opened_at__isnull=False)


@dataclass(frozen=True, slots=True)
class Todo:
    """One row of the list. ``subject`` is what it is about: a case, listing, revision, order, mandate or household.

    ``url`` leads to the act itself; where ``is_posted``, a button opens a case for it and leads on. ``since`` is when
    it began to wait, or when a mandate ends; ``has_ended`` says of a mandate that this is over.
    """

    kind: TodoKind
    household: Household
    subject: Any
    since: datetime
    may_list: bool
    has_ended: bool

    @property
    def is_posted(self) -> bool:
        return self.kind == TodoKind.MANDATE or (self.kind == TodoKind.NO_LISTING and not self.may_list)

    @property
    def url(self) -> str:
        code, subject = self.household.code, self.subject
        match self.kind:
            case TodoKind.ORDER:
                return reverse("household_orders:detail", args=[subject.number])
            case TodoKind.CHANGE_SENT_BACK:
                return reverse("listing:edit", args=[subject.listing_id])
            case TodoKind.UNFINISHED if subject.has_photo:
                return reverse("listing:overview", args=[subject.pk])
            case TodoKind.SENT_BACK | TodoKind.UNFINISHED:
                return reverse("listing:edit", args=[subject.pk])
            case TodoKind.CASE:
                step = next_step(subject)
                return reverse(step.url_name if step else "onboarding:case", args=[subject.pk])
        if self.is_posted:
            return reverse("onboarding:case_again", args=[code])
        if not self.may_list:
            return reverse("onboarding:team_household", args=[code])
        return reverse("listing:create" if self.kind == TodoKind.NO_LISTING else "listing:of_household", args=[code])

    @property
    def step(self) -> StepState | None:
        """Of a case: the step that comes next, and why it was put off if it was."""
        states = step_states(self.subject) if self.kind == TodoKind.CASE else []
        return next((state for state in states if not state.is_settled), None)


def _orders(ground: Ground) -> QuerySet[Any]:
    parts = household_orders_for(ground.user, ground.now).filter(state=HouseholdOrderState.NEW)
    return _rows(parts.filter(household__in=ground.mandated(Scope.ORDERS)), F("household_id"), F("placed_at"))


def _listings_sent_back(ground: Ground) -> QuerySet[Any]:
    """Drafts with a note of the checker, and what an operator took down."""
    noted = Q(status=ListingStatus.DRAFT) & ~Q(check_note="")
    return _listings(ground, noted | Q(status=ListingStatus.TAKEN_DOWN))


def _unfinished_listings(ground: Ground) -> QuerySet[Any]:
    """Drafts that nobody has sent to be checked: a photo is missing, or only the last tap."""
    return _listings(ground, Q(status=ListingStatus.DRAFT, check_note=""))


def _listings(ground: Ground, which: Q) -> QuerySet[Any]:
    listings = workable_listings(ground.user, ground.now).filter(which, household__in=ground.mandated(Scope.LISTING))
    return _rows(listings, F("household_id"), F("date_updated"))


def _changes_sent_back(ground: Ground) -> QuerySet[Any]:
    revisions = ListingRevision.objects.filter(status=RevisionStatus.SENT_BACK, team__in=ground.teams)
    revisions = revisions.filter(listing__household__in=ground.mandated(Scope.LISTING))
    return _rows(revisions, F("listing__household_id"), F("proposed_at"))


def _cases(ground: Ground) -> QuerySet[Any]:
    cases = OnboardingCase.objects.filter(team__in=ground.teams, outcome=OnboardingCase.Outcome.OPEN)
    return _rows(cases, F("household_id"), F("opened_at"))


def _ending_mandates(ground: Ground) -> QuerySet[Any]:
    """The last standing mandate of a household to a team, a month before and after its end; open cases renew it."""
    standing = Mandate.objects.filter(withdrawn_at__isnull=True, holds_from__lte=ground.now, team__in=ground.teams)
    later = Mandate.objects.filter(
        withdrawn_at__isnull=True,
        household=OuterRef("household"),
        team=OuterRef("team"),
        expires_at__gt=OuterRef("expires_at"),
    )
    case = OnboardingCase.objects.filter(household=OuterRef("household"), outcome=OnboardingCase.Outcome.OPEN)
    ending = standing.filter(
        ~Exists(later),
        ~Exists(case),
        household__in=ground.accounts().values("pk"),
        expires_at__gt=ground.now - MANDATE_ENDS_SOON,
        expires_at__lte=ground.now + MANDATE_ENDS_SOON,
    )
    return _rows(ending, F("household_id"), F("expires_at"))


def _without_listing(ground: Ground) -> QuerySet[Any]:
    listings = Product.objects.filter(household=OuterRef("pk")).exclude(status=ListingStatus.DELETED)
    case = OnboardingCase.objects.filter(household=OuterRef("pk"), outcome=OnboardingCase.Outcome.OPEN)
    return _rows(ground.accounts().filter(~Exists(listings), ~Exists(case)), F("pk"), F("opened_at"))


def _silent(ground: Ground) -> QuerySet[Any]:
    long_ago = ground.now - SILENT_AFTER
    on_sale = Product.objects.filter(household=OuterRef("pk"), status=ListingStatus.PUBLISHED)
    changed = on_sale.filter(Q(date_updated__gt=long_ago) | Q(stockrecords__date_updated__gt=long_ago))
    ordered = HouseholdOrder.objects.filter(household=OuterRef("pk"), placed_at__gt=long_ago)
    silent = ground.accounts().filter(public_storefront(), Exists(on_sale), ~Exists(changed), ~Exists(ordered))
    last = on_sale.order_by().values("household").annotate(last=Max("date_updated")).values("last")
    return _rows(silent, F("pk"), Subquery(last))


def _rows(found: QuerySet[Any], household: F, since: Any) -> QuerySet[Any]:
    rows: QuerySet[Any] = found.order_by().annotate(of=household, since=since)
    return rows


_FOUND_BY: dict[TodoKind, Callable[[Ground], QuerySet[Any]]] = {
    TodoKind.ORDER: _orders,
    TodoKind.SENT_BACK: _listings_sent_back,
    TodoKind.CHANGE_SENT_BACK: _changes_sent_back,
    TodoKind.CASE: _cases,
    TodoKind.MANDATE: _ending_mandates,
    TodoKind.UNFINISHED: _unfinished_listings,
    TodoKind.NO_LISTING: _without_listing,
    TodoKind.SILENT: _silent,
}
_ORDER = list(_FOUND_BY)


def _found(kind: TodoKind, ground: Ground) -> QuerySet[Any]:
    found = _FOUND_BY[kind](ground)
    if ground.household_id:
        found = found.filter(of=ground.household_id)
    if ground.village_name:
        found = found.filter(of__in=Household.objects.filter(village_name=ground.village_name).values("pk"))
    return found


def todo_counts(ground: Ground) -> dict[TodoKind, int]:
    """How much there is of each kind: one query, a count for each column."""
    counted = [
        Subquery(_found(kind, ground).annotate(n=Func("pk", function="COUNT", output_field=IntegerField())).values("n"))
        for kind in _ORDER
    ]
    one_row = DigitalTeam.objects.filter(pk=ground.teams[0].pk)
    return dict(zip(_ORDER, one_row.values_list(*counted)[0], strict=True))


def todo_rows(ground: Ground, kind: TodoKind | None = None) -> QuerySet[Any]:
    """The list to be paged, as bare rows: rank of the kind, household, subject, since; ``shown_todos`` fills in."""
    wanted = [kind] if kind else _ORDER
    first, *others = (
        _found(one, ground)
        .annotate(rank=Value(_ORDER.index(one), output_field=IntegerField()), subject_id=F("pk"))
        .values("rank", "of", "subject_id", "since")
        for one in wanted
    )
    together: QuerySet[Any] = first.union(*others, all=True) if others else first
    return together.order_by("rank", "since", "subject_id")


def shown_todos(rows: Iterable[dict[str, Any]], ground: Ground) -> list[Todo]:
    """The rows of one page with their households and subjects: a query for each kind that stands on it."""
    rows = list(rows)
    households = Household.objects.select_related("head", "commune").in_bulk({row["of"] for row in rows})
    listed_for = set(
        ground.mandated(Scope.LISTING).filter(household__in=households).values_list("household", flat=True)
    )
    subjects: dict[tuple[int, int], Any] = {}
    for rank in {row["rank"] for row in rows}:
        wanted = [row["subject_id"] for row in rows if row["rank"] == rank]
        readers = _SUBJECTS.get(_ORDER[rank])
        found = readers().in_bulk(wanted) if readers else {pk: households[pk] for pk in wanted if pk in households}
        subjects |= {(rank, pk): subject for pk, subject in found.items()}
    return [
        Todo(
            kind=_ORDER[row["rank"]],
            household=households[row["of"]],
            subject=subjects[row["rank"], row["subject_id"]],
            since=row["since"],
            may_list=row["of"] in listed_for,
            has_ended=row["since"] <= ground.now,
        )
        for row in rows
        if (row["rank"], row["subject_id"]) in subjects and row["of"] in households
    ]


def _listings_with_photos() -> QuerySet[Product]:
    photos = Photo.objects.filter(listing=OuterRef("pk"), failure="")
    return Product.objects.annotate(has_photo=Exists(photos))


_SUBJECTS: dict[TodoKind, Callable[[], QuerySet[Any]]] = {
    TodoKind.ORDER: lambda: HouseholdOrder.objects.prefetch_related("events", "lines"),
    TodoKind.SENT_BACK: Product.objects.all,
    TodoKind.CHANGE_SENT_BACK: lambda: ListingRevision.objects.select_related("listing"),
    TodoKind.CASE: lambda: OnboardingCase.objects.prefetch_related("steps"),
    TodoKind.MANDATE: lambda: Mandate.objects.select_related("team"),
    TodoKind.UNFINISHED: _listings_with_photos,
}


def villages_of(ground: Ground) -> list[str]:
    """The villages of the territory in which a household is registered."""
    names = ground.households().order_by(by_name("village_name")).values_list("village_name", flat=True)
    return list(names.distinct())
