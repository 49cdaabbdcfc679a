"""What a volunteer's households need next: each kind, its bounds, and that it ends with the right."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from catalog.listing.services import send_back_listing, send_back_revision, submit_for_check
from catalog.models import Photo, Product
from catalog.offer.models import StockRecord
from households.access import Acting
from households.models import Household, Mandate
from onboarding.models import OnboardingCase
from onboarding.todo import Ground, TodoKind, shown_todos, todo_counts, todo_rows, villages_of
from tests.factories.catalog import draft, listing, proposed
from tests.factories.households import HouseholdFactory, MandateFactory, MemberFactory
from tests.factories.onboarding import CaseFactory
from tests.factories.orders import make_listing, make_tariff, place
from tests.sign_in import sign_in

Kind = TodoKind


@pytest.fixture
def helped(cast) -> Acting:
    return Acting(cast.volunteer, cast.household, cast.team)


@pytest.fixture
def quiet(cast, helped, now):
    """The cast's household with one listing on sale: nothing is to be done for it."""
    return listing(Acting(cast.head, cast.household), now)


def ground(cast, now, *, village_name: str = "", who="volunteer", team="team") -> Ground:
    return Ground(getattr(cast, who), (getattr(cast, team),), now, village_name)


def found(cast, now, **whose: str) -> set[tuple[str, str]]:
    """(kind, household code) of the whole list; the counts must say the same."""
    asked = ground(cast, now, **whose)
    rows = list(todo_rows(asked))
    todos = shown_todos(rows, asked)
    assert len(todos) == len(rows) == sum(todo_counts(asked).values())
    return {(todo.kind.name, todo.household.code) for todo in todos}


def test_nothing_is_to_be_done_for_a_household_that_sells(cast, quiet, now):
    assert found(cast, now) == set()


def test_an_order_waits_under_a_mandate_for_orders_alone(cast, quiet, now):
    make_tariff(now)
    place((quiet, 1), commune=cast.other_commune, now=now)
    assert found(cast, now) == {("ORDER", cast.household.code)}
    Mandate.objects.filter(pk=cast.mandate.pk).update(scopes=["listing", "storefront"])
    assert found(cast, now) == set()


def test_a_volunteers_own_household_is_no_work_of_the_team(cast, quiet, now):
    """He may answer its orders as a member; another team helps it."""
    MemberFactory(household=cast.other_household, user=cast.volunteer, joined_at=now)
    MandateFactory(household=cast.other_household, team=cast.other_team, expires_at=now + timedelta(days=300))
    make_tariff(now)
    place((make_listing(cast.other_household), 1), commune=cast.commune, now=now)
    assert found(cast, now) == set()
    assert ("ORDER", cast.other_household.code) in found(cast, now, who="other_volunteer", team="other_team")


def test_a_listing_sent_back_is_told_with_what_to_mend(client, cast, quiet, helped, now):
    waiting = submit_for_check(acting=helped, listing=draft(helped, now), now=now)
    send_back_listing(checker=cast.leader, listing=waiting, note="Ảnh mờ quá, chụp lại ngoài nắng.", now=now)
    assert found(cast, now) == {("SENT_BACK", cast.household.code)}
    sign_in(client, cast.volunteer)
    page = client.get(reverse("onboarding:team_home"))
    assertContains(page, "Ảnh mờ quá, chụp lại ngoài nắng.")
    assertContains(page, reverse("listing:edit", args=[waiting.pk]))


def test_a_change_sent_back_belongs_to_the_team_that_wrote_it(cast, quiet, helped, now):
    change = proposed(helped, quiet, now, description="Chè hái tay, sao suốt trên bếp củi, thơm hương cốm non.")
    send_back_revision(checker=cast.leader, revision=change, note="Viết rõ hơn.", now=now)
    assert found(cast, now) == {("CHANGE_SENT_BACK", cast.household.code)}
    assert found(cast, now, who="other_volunteer", team="other_team") == {("NO_LISTING", cast.other_household.code)}


def test_an_unfinished_listing_leads_to_the_photo_then_to_sending(cast, quiet, helped, now):
    made = draft(helped, now, photos=1)
    (todo,) = shown_todos(todo_rows(ground(cast, now)), ground(cast, now))
    assert (todo.kind, todo.url) == (Kind.UNFINISHED, reverse("listing:overview", args=[made.pk]))
    Photo.objects.filter(listing=made).update(failure="unreadable")
    (todo,) = shown_todos(todo_rows(ground(cast, now)), ground(cast, now))
    assert todo.url == reverse("listing:edit", args=[made.pk])


@pytest.mark.parametrize(("days", "asked"), [(31, False), (29, True), (-29, True), (-31, False)])
def test_a_mandate_is_renewed_a_month_around_its_end(client, cast, quiet, now, days, asked):
    Mandate.objects.filter(pk=cast.mandate.pk).update(expires_at=now + timedelta(days=days))
    assert (("MANDATE", cast.household.code) in found(cast, now)) is asked
    sign_in(client, cast.volunteer)
    opened = client.post(reverse("onboarding:case_again", args=[cast.household.code]), {"step": "mandate"})
    assertRedirects(opened, reverse("onboarding:mandate", args=[OnboardingCase.objects.get().pk]))
    assert ("MANDATE", cast.household.code) not in found(cast, now), "the open case renews it"


def test_a_mandate_that_was_renewed_or_taken_back_is_not_asked_for(cast, quiet, now):
    Mandate.objects.filter(pk=cast.mandate.pk).update(expires_at=now + timedelta(days=3))
    later = MandateFactory(household=cast.household, team=cast.team, expires_at=now + timedelta(days=300))
    assert found(cast, now) == set()
    later.delete()
    Mandate.objects.update(withdrawn_at=now)
    assert found(cast, now) == set()


def test_an_account_without_a_listing_is_helped_by_a_case_or_a_listing(cast, now):
    (todo,) = shown_todos(todo_rows(ground(cast, now)), ground(cast, now))
    assert (todo.kind, todo.url) == (Kind.NO_LISTING, reverse("listing:create", args=[cast.household.code]))
    Mandate.objects.update(withdrawn_at=now)
    (todo,) = shown_todos(todo_rows(ground(cast, now)), ground(cast, now))
    assert (todo.is_posted, todo.url) == (True, reverse("onboarding:case_again", args=[cast.household.code]))
    CaseFactory(household=cast.household, team=cast.team)
    assert found(cast, now) == {("CASE", cast.household.code)}


@pytest.mark.parametrize("what", ["changed", "stocked", "ordered", "closed", "nothing"])
def test_a_storefront_is_silent_until_something_happens_in_it(cast, quiet, now, what):
    long_ago = now - timedelta(days=61)
    Product.objects.update(date_updated=now if what == "changed" else long_ago)
    StockRecord.objects.update(date_updated=now if what == "stocked" else long_ago)
    if what == "ordered":
        make_tariff(now)
        place((quiet, 1), commune=cast.other_commune, now=now)
        StockRecord.objects.update(date_updated=long_ago)
        Mandate.objects.filter(pk=cast.mandate.pk).update(scopes=["listing"])
    if what == "closed":
        Household.objects.update(is_selling=False)
    assert (found(cast, now) == {("SILENT", cast.household.code)}) is (what == "nothing")


def test_the_list_ends_with_the_right(cast, quiet, helped, now):
    make_tariff(now)
    place((quiet, 1), commune=cast.other_commune, now=now)
    draft(helped, now)
    assert {kind for kind, _code in found(cast, now)} == {"ORDER", "UNFINISHED"}
    Household.objects.filter(pk=cast.household.pk).update(village_name="Xóm Gò Pháo")
    assert found(cast, now) == set()


def test_villages_narrow_the_list_and_another_ground_stays_outside(client, cast, now):
    type(cast.team).objects.filter(pk=cast.team.pk).update(village_name="")
    cast.team.refresh_from_db()
    there = HouseholdFactory(commune=cast.commune, village_name="Xóm Gò Pháo")
    assert villages_of(ground(cast, now)) == ["Xóm Gò Pháo", "Xóm Hồng Thái"]
    assert found(cast, now, village_name="Xóm Gò Pháo") == {("NO_LISTING", there.code)}
    assert cast.other_household.code not in {code for _kind, code in found(cast, now)}
    page = sign_in(client, cast.volunteer).get(reverse("onboarding:team_home"), {"thon": "Xóm Gò Pháo"})
    assertContains(page, there.name)
    assertNotContains(page, cast.household.name)


def test_kinds_narrow_the_list_and_a_wrong_one_shows_all(client, cast, now):
    CaseFactory(household=HouseholdFactory(commune=cast.commune, village_name="Xóm Hồng Thái"), team=cast.team)
    sign_in(client, cast.volunteer)
    page = client.get(reverse("onboarding:team_home"), {"viec": "ho-so"})
    assert [todo.kind for todo in page.context["todos"]] == [Kind.CASE]
    page = client.get(reverse("onboarding:team_home"), {"viec": "☃", "thon": "☃"})
    assert [todo.kind for todo in page.context["todos"]] == [Kind.CASE, Kind.NO_LISTING]


def test_a_page_of_all_kinds_takes_the_same_queries_for_many_households(client, cast, helped, now, time_machine):
    """Counts, page and villages once each; then a query or two for each kind that stands on the page."""
    time_machine.move_to(now, tick=False)
    make_tariff(now)
    sign_in(client, cast.volunteer)

    def fill(count: int) -> None:
        for _each in range(count):
            sells, silent, empty, helped_one = (
                HouseholdFactory(commune=cast.commune, village_name="Xóm Hồng Thái") for _kind in range(4)
            )
            for household in (sells, silent):
                MandateFactory(household=household, team=cast.team, expires_at=now + timedelta(days=300))
            place((make_listing(sells), 1), commune=cast.other_commune, now=now, phone=f"09870{sells.pk:05}")
            draft(Acting(cast.volunteer, sells, cast.team), now)
            old = make_listing(silent)
            Product.objects.filter(pk=old.pk).update(date_updated=now - timedelta(days=70))
            StockRecord.objects.filter(product=old).update(date_updated=now - timedelta(days=70))
            MandateFactory(household=empty, team=cast.team, expires_at=now + timedelta(days=3))
            CaseFactory(household=helped_one, team=cast.team)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            page = client.get(reverse("onboarding:team_home"))
        kinds = {todo.kind for todo in page.context["todos"]}
        assert kinds == {Kind.ORDER, Kind.UNFINISHED, Kind.SILENT, Kind.MANDATE, Kind.NO_LISTING, Kind.CASE}
        return len(queries)

    fill(1)
    few = asked()
    fill(2)
    assert asked() == few <= 17


def test_the_sheet_to_sign_bears_the_case_and_its_code(client, cast):
    case = CaseFactory(household=cast.household, team=cast.team)
    sign_in(client, cast.volunteer)
    sheet = client.get(reverse("onboarding:case_paper_form", args=[case.pk]))
    for shown in ("<svg", cast.household.code, cast.team.name, "3 tháng"):
        assertContains(sheet, shown)
    assertNotContains(sheet, "0912")
    assertContains(client.get(reverse("onboarding:consent_paper", args=[case.pk])), "/giay-mau/")
    blank = client.get(reverse("onboarding:paper_form"))
    assertNotContains(blank, cast.household.code)
    assertContains(blank, cast.team.name)


def test_orders_of_one_household_are_one_tap_from_it(client, cast, quiet, now):
    make_tariff(now)
    place((quiet, 1), commune=cast.other_commune, now=now)
    sign_in(client, cast.volunteer)
    orders = f"{reverse('household_orders:list')}?ho={cast.household.code}"
    page = client.get(reverse("onboarding:team_household", args=[cast.household.code]))
    assertContains(page, orders)
    assertContains(client.get(orders), quiet.title)
    assertContains(client.get(orders), reverse("onboarding:team_home"))
    assertNotContains(client.get(f"{reverse('household_orders:list')}?ho={cast.other_household.code}"), quiet.title)
