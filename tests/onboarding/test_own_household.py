"""A household on its own: it registers, reads what waits, mends its shop, names its people and gives mandates."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from catalog.listing.services import send_back_listing, submit_for_check
from catalog.offer.models import StockRecord
from core.models import AuditEntry
from households.access import Acting, households_to_act_for, own_households, valid_mandates
from households.models import Household, HouseholdMember, Mandate, Scope
from messaging.models import OutgoingMessage
from onboarding.household_numbers import household_numbers
from onboarding.storefront_score import storefront_score
from shop.order.services import answer_household_order, mark_delivered, mark_sent
from tests.accessibility import problems
from tests.factories.catalog import draft, listing
from tests.factories.households import TeamFactory, TeamMemberFactory, UserFactory
from tests.factories.onboarding import ConsentFactory
from tests.factories.orders import make_listing, make_tariff, place
from tests.sign_in import sign_in

pytestmark = pytest.mark.usefixtures("at_now")


@pytest.fixture
def at_now(now, time_machine) -> None:
    """What the pages write and what is asked of it afterwards happens on one day."""
    time_machine.move_to(now, tick=False)


@pytest.fixture
def own(cast) -> Acting:
    return Acting(cast.head, cast.household)


@pytest.fixture
def head(client, cast):
    return sign_in(client, cast.head)


def own_page(cast, name: str, **more: object) -> str:
    return reverse(f"onboarding:{name}", kwargs={"code": cast.household.code, **more})


NEW = {"head_name": "Lý Thị Sáu", "commune": "Tân Cương, Thái Nguyên", "village_name": "Xóm Hồng Thái"}


def registered(client, **changes: str):
    form = client.get(reverse("onboarding:register")).context["form"]
    typed = {"key": form.initial["key"], "storefront_name": "", **NEW, **changes}
    return client.post(reverse("onboarding:register"), typed), typed


def test_a_household_registers_itself_and_its_team_is_told(client, cast, now):
    TeamMemberFactory(team=cast.team, role="leader", user=UserFactory(phone="+84977000001"))
    sign_in(client, cast.buyer)
    answer, typed = registered(client)
    made = Household.objects.get(phone=cast.buyer.phone)
    assertRedirects(answer, reverse("onboarding:consent_give", args=[made.code]))
    assert (made.opened_at, made.opened_by_team, made.head.full_name) == (None, None, "Lý Thị Sáu")
    assert own_households(cast.buyer, now + timedelta(hours=1)).contains(made)
    told = OutgoingMessage.objects.filter(key__startswith="registered:")
    assert {message.phone for message in told} == {cast.leader.phone, "+84977000001"}
    assert reverse("onboarding:team_household", args=[made.code]) in told[0].text
    client.post(reverse("onboarding:register"), typed)
    assert Household.objects.filter(phone=cast.buyer.phone).count() == 1
    assert told.count() == 2
    agreed = client.get(reverse("onboarding:consent_give", args=[made.code])).context["text"]
    client.post(reverse("onboarding:consent_give", args=[made.code]), {"text": agreed.pk})
    made.refresh_from_db()
    assert made.has_open_account


def test_who_has_a_household_registers_no_second_one(head, cast):
    own_home = reverse("onboarding:household_home")
    assertRedirects(head.get(reverse("onboarding:register")), own_home, target_status_code=302)
    typed = {"key": "0198f3a0-0000-7000-8000-00000000000b", **NEW}
    assertRedirects(head.post(reverse("onboarding:register"), typed), own_home, target_status_code=302)
    assert Household.objects.filter(members__user=cast.head).count() == 1


def test_a_commune_that_nobody_knows_is_asked_again_with_all_that_was_typed(client, cast):
    sign_in(client, cast.buyer)
    answer, _typed = registered(client, commune="Atlantis", storefront_name="Vườn nhà Sáu")
    assertContains(answer, 'aria-invalid="true"')
    for kept in ("Atlantis", "Vườn nhà Sáu", "Lý Thị Sáu"):
        assertContains(answer, kept)
    assert not Household.objects.filter(phone=cast.buyer.phone).exists()


def test_the_first_page_says_in_numbers_what_waits_and_what_sold(head, cast, own, now):
    make_tariff(now)
    tea = listing(own, now)
    for step in range(4):
        part = place((tea, 1), commune=cast.other_commune, now=now, phone=f"098765432{step}").household_orders.get()
        if step:
            answer_household_order(household_order=part, acting=own, accept=True, now=now)
        if step > 1:
            mark_sent(household_order=part, acting=own, now=now)
        if step > 2:
            mark_delivered(household_order=part, acting=own, now=now)
    helped = Acting(cast.volunteer, cast.household, cast.team)
    submit_for_check(acting=helped, listing=draft(helped, now), now=now)
    waiting = submit_for_check(acting=helped, listing=draft(helped, now), now=now)
    send_back_listing(checker=cast.leader, listing=waiting, note="Ảnh mờ.", now=now)
    numbers = household_numbers(cast.household, cast.head, now)
    counted = (
        numbers.to_answer,
        numbers.to_send,
        numbers.on_the_way,
        numbers.sent_back,
        numbers.to_check,
        numbers.sold,
    )
    assert counted == (1, 1, 1, 1, 1, 1)
    part.refresh_from_db()
    assert (numbers.to_collect, numbers.sold_for) == (2 * part.total, part.total)
    next_month = household_numbers(cast.household, cast.head, now + timedelta(days=31))
    assert (next_month.sold, next_month.sold_for, next_month.to_answer) == (0, 0, 1)
    others = household_numbers(cast.other_household, cast.other_head, now)
    assert (others.to_answer, others.sold, others.to_collect) == (0, 0, 0)
    assert problems(head.get(own_page(cast, "household")).content.decode()) == []


def test_the_first_page_takes_the_same_queries_however_much_waits(head, cast, own, now):
    make_tariff(now)
    place((make_listing(cast.household, stock=3), 1), commune=cast.other_commune, now=now)
    with CaptureQueriesContext(connection) as few:
        head.get(own_page(cast, "household"))
    for number in range(5):
        tea = make_listing(cast.household, title=f"Chè {number}", stock=3)
        place((tea, 1), commune=cast.other_commune, now=now, phone=f"098765432{number}")
    with CaptureQueriesContext(connection) as many:
        head.get(own_page(cast, "household"))
    assert len(many) == len(few)


def test_small_stock_is_filled_up_with_one_tap(head, cast, own, now):
    tea = listing(own, now, stock=2)
    assertContains(head.get(own_page(cast, "household")), tea.title)
    record = StockRecord.objects.get(product=tea)
    tap = {
        "key": "0198f3a0-0000-7000-8000-00000000000d",
        "version": record.version,
        "price": record.dong,
        "stock": "+5",
    }
    tap["next"] = own_page(cast, "household")
    assertRedirects(head.post(reverse("listing:offer", args=[tea.pk]), tap), own_page(cast, "household"))
    record.refresh_from_db()
    assert record.num_in_stock == 7
    assert head.get(own_page(cast, "household")).context["low_offers"] == []
    away = head.post(reverse("listing:offer", args=[tea.pk]), tap | {"next": "https://example.org/"})
    assertRedirects(away, reverse("listing:overview", args=[tea.pk]))


def test_the_shop_says_what_to_mend_next(head, cast, own, now):
    page = own_page(cast, "household_seen")
    assertContains(head.get(page), reverse("listing:create", args=[cast.household.code]))
    tea = listing(own, now, photos=1)
    score = storefront_score(cast.household)
    assert [bool(gap.about) for gap in score.gaps] == [False, True, True]
    assert 0 < score.percent < 100
    full = "Nhà tôi trồng chè trên đồi Tân Cương đã ba đời, hái tay một tôm hai lá, sao suốt trên bếp củi mỗi sáng."
    Household.objects.filter(pk=cast.household.pk).update(story=full)
    cast.household.refresh_from_db()
    assert [gap.about for gap in storefront_score(cast.household).gaps] == [tea.title, tea.title]
    shown = head.get(page)
    assertContains(shown, full)
    assertContains(shown, reverse("listing:edit", args=[tea.pk]))
    assert problems(shown.content.decode()) == []


def test_a_member_joins_signs_in_and_leaves_at_once(head, cast, now):
    head.post(own_page(cast, "household_members"), {"full_name": "Nguyễn Văn Tám", "phone": "0977 000 008"})
    member = HouseholdMember.objects.get(phone="+84977000008")
    assert own_households(member.user, now + timedelta(hours=1)).contains(cast.household)
    leave = own_page(cast, "member_remove", pk=member.pk)
    assertContains(head.post(leave), "Nguyễn Văn Tám")
    assert own_households(member.user, now + timedelta(hours=1)).exists(), "asked once, not done yet"
    head.post(leave, {"sure": "1"})
    assert not own_households(member.user, now + timedelta(hours=1)).exists()
    assert AuditEntry.objects.get(action="remove_member").capacity == "household"
    head.post(own_page(cast, "household_members"), {"full_name": "Nguyễn Văn Tám", "phone": "0977 000 008"})
    assert own_households(member.user, now + timedelta(hours=1)).contains(cast.household), "who left may come back"


def test_the_head_and_members_of_others_stay(head, cast):
    for pk in (cast.household.head_id, cast.other_household.head_id):
        head.post(own_page(cast, "member_remove", pk=pk), {"sure": "1"})
    assert not HouseholdMember.objects.filter(left_at__isnull=False).exists()


def test_a_mandate_is_given_renewed_and_extended_by_the_household(head, cast, now):
    ConsentFactory(household=cast.household)
    page = own_page(cast, "mandate_give")
    Mandate.objects.filter(pk=cast.mandate.pk).update(scopes=["orders"], expires_at=now + timedelta(days=3))
    assertContains(head.get(own_page(cast, "household")), f"{page}?to={cast.team.pk}")
    assert head.get(page).context["form"].initial["scopes"] == ["orders"]
    head.post(page, {"team": cast.team.pk, "scopes": ["orders"], "days": "365"})
    later = now + timedelta(days=300)
    (mandate,) = valid_mandates(later).filter(household=cast.household)
    assert (mandate.given_how, mandate.recorded_by) == ("self", cast.head)
    assert households_to_act_for(cast.volunteer, Scope.ORDERS, later).contains(cast.household)
    assert not households_to_act_for(cast.volunteer, Scope.LISTING, later).contains(cast.household)


def test_a_mandate_goes_to_a_team_of_the_place_and_needs_consent(head, cast, now):
    page = own_page(cast, "mandate_give")
    refused = head.post(page, {"team": cast.team.pk, "scopes": ["orders"], "days": "365"})
    assertContains(refused, "đồng ý")
    ConsentFactory(household=cast.household)
    head.post(page, {"team": cast.other_team.pk, "scopes": ["orders"], "days": "365"})
    TeamFactory(commune=cast.commune, name="Tổ không người")
    assertNotContains(head.get(page), "Tổ không người")
    assert list(Mandate.objects.exclude(pk=cast.mandate.pk).filter(household=cast.household)) == []


@pytest.mark.parametrize("name", ["household_members", "mandate_give", "household_acts"])
def test_own_pages_serve_keyboard_and_screen_reader(head, cast, name):
    assert problems(head.get(own_page(cast, name)).content.decode()) == []


def test_acts_are_named_in_full(head, cast, own, now):
    listing(own, now)
    draft(Acting(cast.volunteer, cast.household, cast.team), now)
    page = head.get(own_page(cast, "household_acts"))
    for named in (cast.head.full_name, "với tư cách hộ", f"{cast.volunteer.full_name}, {cast.team.name}", "làm thay"):
        assertContains(page, named)
