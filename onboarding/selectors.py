"""What the two workspaces show, in a number of queries that does not grow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from difflib import SequenceMatcher
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from accounts.models import User
from accounts.phones import whole_phone
from catalog.models import ListingStatus
from catalog.selectors import published_listings
from core.models import AuditEntry
from core.name_order import by_name
from core.text import fold
from households.access import checkable, holding, in_territory_of, serving_members, valid_mandates, waiting
from households.codes import BadHouseholdCode, parse_code
from households.models import DigitalTeam, Household, Mandate, TeamMember
from households.models.agreement import GivenBy
from onboarding.models import Consent, ConsentText, OnboardingCase, StepRecord
from onboarding.paper import PAPER_KINDS, AgreementOnPaper
from onboarding.steps import FIRST_LISTING, STEPS, OnboardingStep

MIN_SIMILARITY = 0.85
MAX_SIMILAR = 5
#: A listing in one of these was sent by the household: the step "first listing" is done.
SHOWN_STATUSES = (ListingStatus.IN_CHECK, ListingStatus.PUBLISHED)


@dataclass(frozen=True, slots=True)
class StepState:
    """One declared step of a case and where it stands; ``record`` is None while nothing was done."""

    step: OnboardingStep
    record: StepRecord | None

    @property
    def is_settled(self) -> bool:
        return self.record is not None and self.record.state != StepRecord.State.BLOCKED


def has_consent(household: Household, now: datetime) -> bool:
    """Whether a consent holds; a paper does once its wait is over."""
    return Consent.objects.filter(holding(now), household=household).exists()


def consent_waits(household: Household, now: datetime) -> bool:
    """Whether the household's consent is a paper that does not hold yet."""
    return Consent.objects.filter(waiting(now), household=household).exists()


def households_with_unnoted_consent(now: datetime) -> QuerySet[Consent, int]:
    """Ids of households whose consent on paper began to hold while their row says that there is none."""
    return Consent.objects.filter(holding(now), given_how=GivenBy.PAPER, household__consented_at=None).values_list(
        "household_id", flat=True
    )


def papers_waiting(model: type[Mandate | Consent], user: User, now: datetime) -> QuerySet[Any]:
    """The papers of this kind that wait, the first to hold first; each says whether ``user`` may check it."""
    papers = model._default_manager.filter(waiting(now)).annotate(
        is_checkable=Exists(model._default_manager.filter(checkable(user, now), pk=OuterRef("pk")))
    )
    return papers.select_related("household__commune__province", "team", "recorded_by").order_by("holds_from", "pk")


def waiting_papers_of(household: Household, user: User, now: datetime) -> list[tuple[str, AgreementOnPaper]]:
    """The papers of one household that wait, each with the word for its kind."""
    return [
        (kind, paper)
        for kind, model in PAPER_KINDS.items()
        for paper in papers_waiting(model, user, now).filter(household=household)
    ]


def papers_to_check_in(team: DigitalTeam, user: User, now: datetime) -> list[Mandate | Consent]:
    """The papers of the team that wait, consents first: a mandate is checked after the consent."""
    return [paper for model in (Consent, Mandate) for paper in papers_waiting(model, user, now).filter(team=team)]


def is_on_the_market(household: Household) -> bool:
    """Whether buyers can buy something of it: an open account, an open storefront, a product on sale."""
    return published_listings().filter(household=household).exists()


def current_consent_text(language: str, today: date) -> ConsentText:
    """The newest valid words in ``language``, or in Vietnamese where there are none."""
    texts: QuerySet[ConsentText] = ConsentText.objects.filter(valid_from__lte=today)
    return texts.filter(language=language).first() or texts.filter(language="vi")[0]


def step_states(case: OnboardingCase) -> list[StepState]:
    records = {record.step: record for record in case.steps.all()}
    return [StepState(step, records.get(step.code)) for step in STEPS]


def next_step(case: OnboardingCase) -> OnboardingStep | None:
    """The first step that is neither done nor skipped."""
    return next((state.step for state in step_states(case) if not state.is_settled), None)


def households_for_team(team: DigitalTeam, words: str, now: datetime) -> QuerySet[Household]:
    """Those in the team's territory that match ``words``: part of a name, a code, a whole phone number."""
    found = Household.objects.filter(in_territory_of(team), closed_at=None).select_related("head", "commune")
    mandate = valid_mandates(now).filter(household=OuterRef("pk"), team=team)
    case = OnboardingCase.objects.filter(household=OuterRef("pk"), outcome=OnboardingCase.Outcome.OPEN)
    found = found.annotate(is_mandated=Exists(mandate), has_open_case=Exists(case))
    return found.filter(_matching(words)) if words.strip() else found


def _matching(words: str) -> Q:
    if phone := whole_phone(words):
        return Q(phone=phone)
    try:
        return Q(code=parse_code(words))
    except BadHouseholdCode:
        folded = " ".join(fold(words).split())
        return Q(search_text__contains=folded) | Q(slug__contains=folded.replace(" ", "-"))


def similar_households(team: DigitalTeam, village_name: str, head_name: str) -> list[Household]:
    """Households of the same village whose head has nearly the same name; a person decides whether it is the same."""
    wanted = fold(" ".join(head_name.split()))
    village = Household.objects.filter(commune=team.commune, village_name__iexact=village_name, closed_at=None)
    alike = [
        household
        for household in village.select_related("head")
        if household.head and SequenceMatcher(None, fold(household.head.full_name), wanted).ratio() >= MIN_SIMILARITY
    ]
    return alike[:MAX_SIMILAR]


def members_of(team: DigitalTeam, now: datetime) -> QuerySet[TeamMember]:
    """Who serves in the team, its leaders first."""
    return serving_members(now).filter(team=team).select_related("user").order_by("role", by_name("user__full_name"))


def acts_for(household: Household) -> QuerySet[AuditEntry]:
    """Everything anybody did for or to the household, the newest first."""
    return AuditEntry.objects.filter(household_code=household.code).select_related("actor").order_by("-at", "-pk")


def households_with_unnoted_listing() -> QuerySet[OnboardingCase, int]:
    """Ids of households with an open case and a sent listing whose step is not done yet."""
    noted = StepRecord.objects.filter(case=OuterRef("pk"), step=FIRST_LISTING.code, state=StepRecord.State.DONE)
    cases = OnboardingCase.objects.filter(
        ~Exists(noted), outcome=OnboardingCase.Outcome.OPEN, household__products__status__in=SHOWN_STATUSES
    )
    return cases.values_list("household_id", flat=True).distinct()


def case_with_steps(cases: QuerySet[OnboardingCase]) -> QuerySet[OnboardingCase]:
    steps = Prefetch("steps", StepRecord.objects.select_related("recorded_by"))
    return cases.select_related("household__head", "household__commune__province", "team").prefetch_related(steps)


def claimable_household(phone: str) -> Household | None:
    """The household registered with this phone whose holder has not come in yet."""
    waiting = Household.objects.filter(phone=phone, phone_confirmed_at=None, closed_at=None)
    waiting = waiting.exclude(members__user__phone=phone)
    return waiting.select_related("head", "commune__province", "opened_by_team").first()


def signed_on_paper(household: Household, kind: str, pk: int) -> AgreementOnPaper | None:
    """The household's own mandate ("uy-quyen") or consent ("dong-y") with a photographed paper; None otherwise."""
    signed = paper_of_kind(kind, pk)
    return signed if signed and signed.household_id == household.pk else None


def paper_of_kind(kind: str, pk: int) -> AgreementOnPaper | None:
    """Anybody's mandate or consent with a photographed paper, for callers that ask who may see it."""
    if kind not in PAPER_KINDS:
        return None
    rows = PAPER_KINDS[kind]._default_manager.select_related("household__commune__province", "team", "recorded_by")
    signed = rows.filter(pk=pk).first()
    return signed if signed and signed.evidence else None
