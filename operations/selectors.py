"""What operators look up. A phone number finds only when it is whole: its last digits would lay open whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.models import User
from accounts.phones import whole_phone
from accounts.staff import STAFF_GROUPS
from catalog.certificates.selectors import certificates_to_confirm
from catalog.flags.selectors import flagged_listings
from catalog.models import (
    Certificate,
    ListingQuestion,
    ListingRevision,
    ListingStatus,
    OcopCertificate,
    Product,
    QualityCertificate,
    Review,
    RevisionStatus,
)
from core.models import AuditEntry
from core.name_order import by_name
from core.periods import vietnam_date
from core.text import fold
from households.access import commune_offices, province_offices, serving_members, valid_mandates, waiting
from households.models import (
    CommuneOfficer,
    DigitalTeam,
    Household,
    HouseholdMember,
    Mandate,
    ProvinceOfficer,
    TeamMember,
)
from onboarding.models import Consent, DataRequest
from onboarding.phone_doubts import households_in_doubt
from shop.order.models import HouseholdOrder, HouseholdOrderState, Order
from shop.order.numbers import order_number_of
from shop.order.problems import open_problems

MAX_ROWS_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits for an operator."""

    listings: int
    certificates: int
    papers: int
    phones: int
    data_requests: int
    unanswered_orders: int
    problems: int
    flagged_listings: int


def waiting_work(now: datetime) -> Waiting:
    today = vietnam_date(now)
    models: tuple[type[Certificate], ...] = (OcopCertificate, QualityCertificate)
    return Waiting(
        listings=Product.objects.filter(status=ListingStatus.IN_CHECK).count()
        + ListingRevision.objects.filter(status=RevisionStatus.WAITING).count(),
        certificates=sum(certificates_to_confirm(model, today).count() for model in models),
        papers=Consent.objects.filter(waiting(now)).count() + Mandate.objects.filter(waiting(now)).count(),
        phones=households_in_doubt(now).count(),
        data_requests=data_requests_waiting().count(),
        unanswered_orders=HouseholdOrder.objects.filter(state=HouseholdOrderState.NEW).count(),
        problems=open_problems().count(),
        flagged_listings=flagged_listings().count(),
    )


def reviews_to_moderate() -> QuerySet[Review]:
    """All, newest first, hidden ones too."""
    return Review.objects.select_related("listing__household", "hidden_by").order_by("-written_at", "-pk")


def questions_to_moderate() -> QuerySet[ListingQuestion]:
    """All, newest first, hidden ones and those without an answer too."""
    return ListingQuestion.objects.select_related("listing__household", "hidden_by").order_by("-asked_at", "-pk")


def people_found(words: str, *, staff_only: bool) -> QuerySet[User]:
    """By whole phone number, or by words of the name, with or without tones; all people for no words."""
    people = User.objects.order_by("-is_staff", by_name("full_name"), "pk").prefetch_related("groups")
    if staff_only:
        people = people.filter(is_staff=True)
    if phone := whole_phone(words):
        return people.filter(phone=phone)
    for word in fold(words).split():
        people = people.filter(folded_name__contains=word)
    return people


@dataclass(frozen=True, slots=True)
class PersonSeen:
    """What a person is: groups, teams, households, offices, and what was done to the account."""

    user: User
    groups: list[str]
    teams: list[TeamMember]
    households: list[HouseholdMember]
    communes: list[CommuneOfficer]
    provinces: list[ProvinceOfficer]
    history: list[AuditEntry]


def person_seen(user: User) -> PersonSeen:
    history = AuditEntry.objects.filter(subject_type="accounts.user", subject_id=str(user.pk))
    return PersonSeen(
        user=user,
        groups=[group.name for group in user.groups.filter(name__in=STAFF_GROUPS)],
        teams=list(TeamMember.objects.filter(user=user).select_related("team__commune")[:MAX_ROWS_SHOWN]),
        households=list(HouseholdMember.objects.filter(user=user).select_related("household")[:MAX_ROWS_SHOWN]),
        communes=list(CommuneOfficer.objects.filter(user=user).select_related("commune__province")),
        provinces=list(ProvinceOfficer.objects.filter(user=user).select_related("province")),
        history=list(history.select_related("actor").order_by("-at", "-pk")[:MAX_ROWS_SHOWN]),
    )


def teams_found(words: str, now: datetime) -> QuerySet[DigitalTeam]:
    """By name, village or commune, with or without tones; with the number of those who serve now."""
    serving = Count("members", filter=Q(members__in=serving_members(now)))
    teams = DigitalTeam.objects.select_related("commune__province").annotate(serving=serving)
    for word in fold(words).split():
        teams = teams.filter(Q(search_text__contains=word) | Q(commune__folded__contains=word))
    return teams.order_by(
        "dissolved_date", by_name("commune__province__name"), by_name("commune__name"), by_name("name"), "pk"
    )


def members_of_team(team: DigitalTeam) -> QuerySet[TeamMember]:
    """Those who serve now first, leaders before the others."""
    return team.members.select_related("user").order_by("-left_at", "role", by_name("user__full_name"), "pk")


def offices_found(words: str, now: datetime) -> tuple[list[CommuneOfficer], list[ProvinceOfficer]]:
    """Offices that are held now, by the person's name or the place's."""
    communes = commune_offices(now).select_related("user", "commune__province")
    provinces = province_offices(now).select_related("user", "province")
    for word in fold(words).split():
        communes = communes.filter(Q(user__folded_name__contains=word) | Q(commune__folded__contains=word))
        provinces = provinces.filter(Q(user__folded_name__contains=word) | Q(province__folded__contains=word))
    ordered = communes.order_by(by_name("commune__province__name"), by_name("commune__name"), "pk")
    return list(ordered[:MAX_ROWS_SHOWN]), list(provinces.order_by(by_name("province__name"), "pk")[:MAX_ROWS_SHOWN])


def households_found(words: str, now: datetime) -> QuerySet[Household]:
    """By code, whole phone number, or words of its name and its head's, with or without tones."""
    households = Household.objects.select_related("commune__province", "head").order_by(by_name("name"), "pk")
    households = households.annotate(is_mandated=Exists(valid_mandates(now).filter(household=OuterRef("pk"))))
    if phone := whole_phone(words):
        return households.filter(phone=phone)
    if words.strip():
        says_all = Q()
        for word in fold(words).split():
            says_all &= Q(search_text__contains=word)
        households = households.filter(says_all | Q(code__iexact=words.strip()))
    return households


def mandates_of(household: Household) -> list[Mandate]:
    return list(
        household.mandates.select_related("team", "recorded_by", "checked_by").order_by("-given_at", "-pk")[
            :MAX_ROWS_SHOWN
        ]
    )


def consents_of(household: Household) -> list[Consent]:
    return list(
        household.consents.select_related("team", "recorded_by", "checked_by").order_by("-given_at", "-pk")[
            :MAX_ROWS_SHOWN
        ]
    )


def history_of_household(household: Household) -> list[AuditEntry]:
    rows = AuditEntry.objects.filter(household_code=household.code).select_related("actor")
    return list(rows.order_by("-at", "-pk")[:MAX_ROWS_SHOWN])


def data_requests_waiting() -> QuerySet[DataRequest]:
    """Open ones, the first due first."""
    waits = DataRequest.objects.filter(outcome=DataRequest.Outcome.OPEN)
    return waits.select_related("household__commune__province").order_by("due_at", "pk")


def orders_found(words: str) -> QuerySet[Order]:
    """By the number of an order or of one household's part, by the buyer's whole phone number, or by household code."""
    orders = Order.objects.order_by("-date_placed", "-pk").prefetch_related("household_orders__household")
    text = words.strip()
    if phone := whole_phone(text):
        return orders.filter(buyer_phone=phone)
    if number := order_number_of(text):
        return orders.filter(number=number)
    if text:
        orders = orders.filter(pk__in=HouseholdOrder.objects.filter(household__code__iexact=text).values("order"))
    return orders
