"""Facts of the database: the definitions give the same over them, by every engine, as the pages' own queries."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, datetime, timedelta
from io import StringIO
from random import Random

import pytest
from django.core.management import call_command

from catalog.models import ListingEvent, ListingStatus
from core.periods import VIETNAM, vietnam_date
from households.access import Acting
from households.models import AccountEvent, Act, Commune, DigitalTeam, Household, Province
from households.services import close_account, close_storefront, move_household, reopen_account
from reporting.areas import Breakdown, country, of_commune, of_province, of_team
from reporting.facts.closing import close_days, closed_and_open
from reporting.facts.definitions import Part
from reporting.facts.engines import ENGINES
from reporting.facts.figures import FactSource, FigureQuestion, compute
from reporting.facts.live import LiveFacts, LiveUnits
from reporting.facts.shape import NEVER, moment
from reporting.frames import Frame, period_of
from reporting.indicators import indicators_on
from shop.order.models import HouseholdOrderEvent
from tests.factories.households import CommuneFactory, HouseholdFactory, TeamFactory
from tests.factories.orders import make_listing
from tests.reporting.events import act, order, part
from tests.reporting.history import ENDINGS, FIRST

AS_OF = datetime(2026, 10, 14, 9, tzinfo=VIETNAM)
PARTS = {Breakdown.PROVINCE: Part.PROVINCE, Breakdown.COMMUNE: Part.COMMUNE, Breakdown.TEAM: Part.TEAM}


def write_live_history(random: Random, households: int = 14, orders: int = 30) -> None:
    """Rows of 2026 as the product writes them, with moves, closings, shut storefronts, shared and undone orders."""

    def moment_after(start: datetime) -> datetime:
        return start + timedelta(minutes=random.randrange(1, 300 * 24 * 60))

    provinces = [
        Province.objects.create(
            code=code, name=name, folded=name, slug=name, kind="tinh", region="north", valid_from="2025-07-01"
        )
        for code, name in (("19", "thai-nguyen"), ("24", "bac-ninh"))
    ]
    communes = [CommuneFactory(province=province) for province in provinces for _number in range(2)]
    teams = [TeamFactory(commune=commune, name="Tổ 1") for commune in communes]
    stand = []
    for _number in range(households):
        opened = moment_after(FIRST - timedelta(days=60))
        household = HouseholdFactory(
            commune=random.choice(communes), opened_by_team=random.choice([*teams, None]), opened_at=opened
        )
        stand.append(household)
        for kind in random.choices(AccountEvent.Kind.values[1:], k=random.randrange(5)):
            left = random.choice(communes) if kind == AccountEvent.Kind.MOVED else None
            AccountEvent.objects.create(household=household, kind=kind, at=moment_after(opened), left_commune=left)
        for _act in range(random.randrange(3)):
            happened = moment_after(opened)
            kind = random.choice([kind for kind in Act.Kind.values if kind != Act.Kind.SALE])
            act(household, happened, kind, happened + timedelta(days=random.randrange(60)))
        for _listing in range(random.randrange(3)):
            product = make_listing(household)
            for status in ("published", *random.choices(ListingStatus.values, k=random.randrange(3))):
                ListingEvent.objects.create(product=product, status=status, at=moment_after(opened))
    for _number in range(orders):
        sharing = random.sample(stand, random.randrange(1, 4))
        placed = moment_after(max(household.opened_at for household in sharing))
        bought = order(placed)
        for household in sharing:
            times = sorted(moment_after(placed) for _step in range(3))
            steps = {"new": placed, **dict(zip(random.choice(ENDINGS), times, strict=False))}
            part(bought, household, random.randrange(1, 500) * 1_000, **steps)
            if "accepted" in steps:
                act(household, steps["accepted"], Act.Kind.SALE)


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("engine", ENGINES)
def test_definitions_give_over_facts_what_the_pages_count_in_the_rows(db, engine, seed):
    write_live_history(Random(seed))
    names = LiveFacts().team_names
    areas = [
        (country(), "country", Breakdown.PROVINCE),
        *((of_province(row), f"P:{row.pk}", Breakdown.COMMUNE) for row in Province.objects.all()),
        *((of_commune(row), f"C:{row.pk}", Breakdown.TEAM) for row in Commune.objects.all()),
        *((of_team(row), f"T:{names[row.pk]}", None) for row in DigitalTeam.objects.select_related("commune")),
    ]
    seen: Counter[str] = Counter()
    for area, key, breakdown in areas:
        for code in ("2026-Q2", "2026-06", "2026"):
            frame = Frame(area, period_of(code), AS_OF, 90)
            question = FigureQuestion(
                area=key,
                on=vietnam_date(AS_OF),
                period=frame.period,
                as_of=AS_OF,
                by=PARTS[breakdown] if breakdown else None,
            )
            if key.startswith("T:") and not Household.objects.filter(area.households()).exists():
                continue
            with ENGINES[engine]() as opened:
                found = compute(opened, FactSource(LiveFacts(), LiveUnits(), is_in_order=True), question)
            for figure, indicator in zip(found, indicators_on(frame.last_day).values(), strict=True):
                asked = (engine, key, code, indicator.code)
                assert (figure.code, figure.value) == (indicator.code, indicator.figure(frame)), asked
                seen[figure.code] += figure.value > 0
                if breakdown:
                    by_part = indicator.figures_by(frame, breakdown)
                    shown = {
                        names[k] or "none" if breakdown == Breakdown.TEAM else k: n for k, n in by_part.items() if n
                    }
                    assert figure.parts == shown, asked
    assert min(seen.values()) > 5, seen


def facts_of(household: Household, *kinds: str) -> list[tuple[str, int, str, str]]:
    return [
        (fact.kind, fact.happened_at, fact.commune_code, fact.ref)
        for fact in LiveFacts()
        if fact.household == household.code and fact.kind in kinds
    ]


def test_move_closing_and_storefront_are_facts_with_the_commune_of_their_day(cast, now):
    product = make_listing(cast.household)
    at = [now + timedelta(days=day) for day in range(1, 8)]
    ListingEvent.objects.create(product=product, status=ListingStatus.PUBLISHED, at=at[0])
    close_storefront(acting=Acting(cast.head, cast.household), now=at[1])
    move_household(
        household=cast.household,
        version=cast.household.version,
        commune=cast.other_commune,
        village_name="Xóm 1",
        now=at[2],
        actor=cast.head,
    )
    close_account(household=cast.household, reason="", now=at[3], actor=cast.head)
    reopen_account(household=cast.household, now=at[4], actor=cast.head)
    here, there, ref = cast.commune.pk, cast.other_commune.pk, f"listing-{product.pk}"
    life = facts_of(cast.household, "account_opened", "account_closed", "moved")
    assert life == [
        ("account_opened", moment(cast.household.opened_at), here, ""),
        ("moved", moment(at[2]), there, ""),
        ("account_closed", moment(at[3]), there, ""),
        ("account_opened", moment(at[4]), there, ""),
    ]
    assert facts_of(cast.household, "listed", "unlisted") == [
        ("listed", moment(at[0]), here, ref),
        ("unlisted", moment(at[1]), here, ref),
    ]


def test_listing_behind_a_storefront_that_never_opened_is_not_listed(cast, now):
    hidden = HouseholdFactory(commune=cast.commune, is_selling=False)
    ListingEvent.objects.create(product=make_listing(hidden), status=ListingStatus.PUBLISHED, at=now)
    assert facts_of(hidden, "listed", "unlisted") == []


def test_order_that_was_declined_unsold_undoes_no_sale(cast, now):
    part(order(now), cast.household, 1_000, new=now, declined=now + timedelta(hours=1))
    sold = part(order(now), cast.household, 2_000, new=now, accepted=now, cancelled=now + timedelta(hours=2))
    found = facts_of(cast.household, "ordered", "sold", "sale_undone")
    assert [(kind, ref) for kind, _at, _commune, ref in found if ref == sold.order.number] == [
        ("ordered", sold.order.number),
        ("sold", sold.order.number),
        ("sale_undone", sold.order.number),
    ]
    assert Counter(kind for kind, *_rest in found) == {"ordered": 2, "sold": 1, "sale_undone": 1}


def take_back_a_decline(household: Household, start: datetime) -> list[datetime]:
    """An order of ``start`` that is accepted an hour later, declined, and after that taken back: when each was."""
    steps = [start + timedelta(hours=hours) for hours in (1, 2)] + [start + timedelta(hours=2, minutes=20)]
    row = part(order(start), household, 2_000, new=start, accepted=steps[0], declined=steps[1])
    row.events.create(state="accepted", at=steps[2], takes_back=row.events.get(state="declined"))
    act(household, steps[0], Act.Kind.SALE)
    return steps


def test_decline_that_was_taken_back_says_so_and_sells_no_second_time(cast, now):
    _accepted, declined, taken_back = take_back_a_decline(cast.household, now)
    found = [fact for fact in LiveFacts() if fact.kind in ("ordered", "sold", "sale_undone")]
    assert [(fact.kind, fact.taken_back_at) for fact in found] == [
        ("ordered", NEVER),
        ("sold", NEVER),
        ("sale_undone", moment(taken_back)),
    ]
    assert (found[2].happened_at, found[2].learned_at) == (moment(declined), moment(declined))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("closed", [False, True])
def test_what_was_known_before_a_decline_was_taken_back_is_the_same_on_pages_and_in_files(
    cast, now, settings, tmp_path, engine, closed
):
    """At each moment around it: the figures of the pages, of the rows and of the closed days."""
    settings.FACTS_ROOT = tmp_path
    accepted, declined, taken_back = take_back_a_decline(cast.household, now)
    if closed:
        assert vietnam_date(taken_back) in [row.day for row in close_days(now=now + timedelta(days=2))]
    instant, counted = timedelta(microseconds=1), []
    later = now + timedelta(days=9)
    for as_of in (accepted + instant, declined - instant, declined, taken_back - instant, taken_back, later):
        frame = Frame(country(), period_of("2026-10"), as_of, 90)
        question = FigureQuestion(area="country", on=date(2026, 10, 14), period=frame.period, as_of=as_of)
        source = closed_and_open() if closed else FactSource(LiveFacts(), LiveUnits(), is_in_order=True)
        with ENGINES[engine]() as opened:
            figures = {figure.code: figure.value for figure in compute(opened, source, question)}
        pages = {code: indicator.figure(frame) for code, indicator in indicators_on(frame.last_day).items()}
        assert figures == pages, as_of
        counted.append(figures["transactions"])
    assert counted == [1, 1, 0, 0, 1, 1]


def test_teams_of_one_name_are_told_apart(cast):
    teams = [TeamFactory(commune=commune, name="Tổ 9") for commune in (cast.commune, cast.commune, cast.other_commune)]
    names = LiveFacts().team_names
    here, there = cast.commune.pk, cast.other_commune.pk
    assert [names[team.pk] for team in teams] == [
        f"Tổ 9 ({here}, {teams[0].pk})",
        f"Tổ 9 ({here}, {teams[1].pk})",
        f"Tổ 9 ({there})",
    ]
    assert names[cast.team.pk] == cast.team.name


@pytest.mark.parametrize("engine", ENGINES)
def test_command_counts_the_database(cast, now, tmp_path, engine):
    out = tmp_path / "out.json"
    part(order(now), cast.household, 1_000, new=now, accepted=now)
    shown = StringIO()
    call_command(
        *("figures", "--area", f"P:{cast.province.pk}", "--on", "2026-10-14", "--period", "2026-10"),
        *("--as-of", "2026-11-01T00:00:00+07:00", "--by", "commune", "--engine", engine, "--json", str(out)),
        stdout=shown,
    )
    figures = {row["code"]: row for row in json.loads(out.read_text())["figures"]}
    assert (figures["value"]["value"], figures["value"]["parts"]) == (1_000, {cast.commune.pk: 1_000})
    assert f"value 1000\n  {cast.commune.pk} 1000\n" in shown.getvalue()
    # The tables that the definitions were run with are gone: the same may be asked again.
    assert HouseholdOrderEvent.objects.exists()
    call_command("figures", "--area", "country", "--period", "2026-10", "--engine", engine, "--json", str(out))
