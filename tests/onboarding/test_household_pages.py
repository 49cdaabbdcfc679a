"""The household's workspace: everything done for it, and the right to stop it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import User
from core import audit
from households.access import Acting
from households.models import Household, Mandate
from households.services import note_withdrawn_consent, register_household
from onboarding.act_words import WORDS
from tests.accessibility import problems
from tests.factories.catalog import draft
from tests.factories.households import HouseholdFactory
from tests.factories.onboarding import ConsentFactory
from tests.filled_forms import forms_on
from tests.sign_in import sign_in


@pytest.fixture
def head(client, cast):
    return sign_in(client, cast.head)


def page(cast, name: str, **more: object) -> str:
    return reverse(f"onboarding:{name}", kwargs={"code": cast.household.code, **more})


def note(cast, now, action="edit_listing", **changes: object):
    audit.record(
        action=action,
        subject=cast.household,
        now=now,
        actor=cast.volunteer,
        household_code=cast.household.code,
        team_id=cast.team.pk,
        changes=changes,
    )


def test_one_household_is_opened_at_once(head, cast):
    assertRedirects(head.get(reverse("onboarding:household_home")), page(cast, "household"))


def test_several_households_are_offered(head, cast):
    HouseholdFactory(head=cast.head, name="Vườn bên sông")
    assertContains(head.get(reverse("onboarding:household_home")), "Vườn bên sông")


def test_acts_are_told_in_plain_words_with_who_and_what(head, cast, now):
    note(cast, now, price=[100000, 120000])
    response = head.get(page(cast, "household_acts"))
    for shown in ("Lê Minh, Tổ Hồng Thái", str(WORDS["edit_listing"]), "100.000 đ → 120.000 đ"):
        assertContains(response, shown)


def test_acts_on_a_listing_name_it(head, cast, now):
    draft(Acting(cast.volunteer, cast.household, cast.team), now, title="Chè đinh Tân Cương")
    assertContains(head.get(page(cast, "household_acts")), f"{WORDS['draft_listing']}: Chè đinh Tân Cương")


def test_acts_of_other_households_are_not_told(head, cast, now):
    audit.record(action="edit_household", subject=cast.other_household, now=now, household_code="HN-0002-B")
    assertNotContains(head.get(page(cast, "household_acts")), str(WORDS["edit_household"]))


def test_mandate_is_withdrawn_after_one_question_and_taken_back_on_the_page(head, cast):
    assertContains(head.get(page(cast, "household_mandates")), "Tổ Hồng Thái")
    address = page(cast, "mandate_withdraw", pk=cast.mandate.pk)
    assertContains(head.post(address), "30 phút")
    assert Mandate.objects.get().withdrawn_at is None
    head.post(address, {"sure": "1"})
    assert Mandate.objects.get().withdrawn_at is not None
    again = page(cast, "mandate_again", pk=cast.mandate.pk)
    assertContains(head.get(page(cast, "household_mandates")), again)
    assertContains(head.post(again, follow=True), "Đã lấy lại")
    assert Mandate.objects.count() == 2
    assertNotContains(head.get(page(cast, "household_mandates")), "Chưa ai ngoài hộ")
    assertContains(head.post(again, follow=True), "Không lấy lại được nữa")
    assert Mandate.objects.count() == 2


def test_mandate_of_another_household_is_out_of_reach(head, cast, now):
    theirs = Mandate.objects.create(
        household=cast.other_household,
        team=cast.other_team,
        scopes=[],
        given_at=now,
        given_how="code",
        holds_from=now,
        expires_at=now + timedelta(days=9),
    )
    assert head.post(page(cast, "mandate_withdraw", pk=theirs.pk)).status_code == 404
    theirs.refresh_from_db()
    assert theirs.withdrawn_at is None


def test_consent_is_withdrawn_after_reading_what_it_means(head, cast):
    consent = ConsentFactory(household=cast.household)
    assert head.get(page(cast, "consent_withdraw")).status_code == 200
    head.post(page(cast, "consent_withdraw"))
    consent.refresh_from_db()
    assert consent.withdrawn_at is not None
    assert not Household.objects.get(pk=cast.household.pk).is_selling


def test_storefront_is_edited_and_closed_for_a_while(head, cast):
    head.post(page(cast, "household_edit"), {"version": 1, "name": "Trà bà Hoa", "story": ""})
    head.post(page(cast, "household_switch"), {"want": "close"})
    household = Household.objects.get(pk=cast.household.pk)
    assert (household.name, household.is_selling) == ("Trà bà Hoa", False)


def test_a_button_says_what_it_wants_and_not_the_other(head, cast):
    for _press in range(2):
        head.post(page(cast, "household_switch"), {"want": "close"})
    assert not Household.objects.get(pk=cast.household.pk).is_selling
    head.post(page(cast, "household_switch"), {"want": "both"})
    assert not Household.objects.get(pk=cast.household.pk).is_selling


def test_second_editor_keeps_what_was_typed(head, cast):
    Household.objects.filter(pk=cast.household.pk).update(name="Trà của con", version=5)
    response = head.post(page(cast, "household_edit"), {"version": 1, "name": "Trà bà Hoa", "story": "Đồi chè"})
    for shown in ("Trà của con", "Trà bà Hoa", "Đồi chè"):
        assertContains(response, shown, status_code=409)


def test_card_leads_to_the_storefront(head, cast, settings):
    response = head.get(page(cast, "household_card"))
    assertContains(response, "<svg")
    assertContains(response, f"{settings.SITE_URL}/gian-hang/{cast.household.slug}_{cast.household.code}/")
    assertContains(response, "card.css")


def test_holder_of_the_phone_claims_the_household(client, cast, now):
    household = register_household(
        key="k",
        name="Chè nhà Thu",
        phone="0978123456",
        head_name="Ma Thị Thu",
        commune=cast.commune,
        village_name="Xóm Hồng Thái",
        actor=cast.volunteer,
        team=cast.team,
        now=now,
    )
    holder = sign_in(client, User.objects.create_user("+84978123456"))
    offered = holder.get(reverse("onboarding:household_home"))
    assertContains(offered, "M. T. Thu")
    assertNotContains(offered, "Ma Thị Thu")
    claimed = holder.post(reverse("onboarding:claim"))
    assertRedirects(claimed, reverse("onboarding:household", args=[household.code]))


def test_nobody_claims_what_does_not_wait_for_them(head, cast):
    assert head.post(reverse("onboarding:claim")).status_code == 404


def test_acts_take_the_same_queries_however_many(head, cast, now):
    note(cast, now)
    with CaptureQueriesContext(connection) as few:
        head.get(page(cast, "household_acts"))
    for minute in range(12):
        note(cast, now + timedelta(minutes=minute))
    with CaptureQueriesContext(connection) as many:
        head.get(page(cast, "household_acts"))
    assert len(many) == len(few)


@pytest.mark.parametrize(
    "name",
    ["household", "household_edit", "household_mandates", "household_acts", "household_card", "consent_withdraw"],
)
def test_pages_serve_keyboard_and_screen_reader(head, cast, now, name):
    note(cast, now)
    ConsentFactory(household=cast.household)
    assert problems(head.get(page(cast, name)).content.decode()) == []


def test_closed_account_opens_no_storefront_and_says_why(client, cast):
    Household.objects.filter(pk=cast.household.pk).update(closed_at=timezone.now(), is_selling=False)
    head = sign_in(client, cast.head)
    switch = reverse("onboarding:household_switch", args=[cast.household.code])
    answer = head.post(switch, {"want": "open"}, follow=True)
    assert [str(message) for message in answer.context["messages"]] == ["Tài khoản của hộ này đã đóng."]
    cast.household.refresh_from_db()
    assert not cast.household.is_selling


def test_household_without_consent_reads_the_text_and_agrees(head, cast):
    Household.objects.filter(pk=cast.household.pk).update(consented_at=None, opened_at=None)
    consent = reverse("onboarding:consent_give", args=[cast.household.code])
    assertContains(head.get(reverse("onboarding:household", args=[cast.household.code])), consent)
    shown = head.get(consent)
    assert problems(shown.content.decode()) == []
    assertRedirects(head.post(consent, {"text": "0"}), consent)
    assert not cast.household.consents.exists()
    head.post(consent, {"text": shown.context["text"].pk})
    cast.household.refresh_from_db()
    assert cast.household.has_open_account
    assert cast.household.consents.get().recorded_by == cast.head
    assertNotContains(head.get(reverse("onboarding:household", args=[cast.household.code])), consent)


def test_household_closes_its_account_and_opens_it_again(head, cast):
    home, close = (reverse(f"onboarding:{name}", args=[cast.household.code]) for name in ("household", "account_close"))
    assertContains(head.get(home), close)
    assert problems(head.get(close).content.decode()) == []
    assertRedirects(head.post(close, {"reason": "Chuyển nghề"}), home)
    cast.household.refresh_from_db()
    assert not cast.household.has_open_account
    reopen = reverse("onboarding:account_reopen", args=[cast.household.code])
    assertContains(head.get(home), reopen)
    assertRedirects(head.post(reopen), home)
    cast.household.refresh_from_db()
    assert (cast.household.has_open_account, cast.household.is_selling) == (True, False)


def test_account_without_consent_opens_again_only_after_the_text(head, cast, now):
    note_withdrawn_consent(household=cast.household, now=now, actor=cast.head)
    answer = head.post(reverse("onboarding:account_reopen", args=[cast.household.code]))
    assertRedirects(answer, reverse("onboarding:consent_give", args=[cast.household.code]))
    cast.household.refresh_from_db()
    assert cast.household.closed_at


def test_household_says_that_it_moved(head, cast):
    move = reverse("onboarding:household_move", args=[cast.household.code])
    assert problems(head.get(move).content.decode()) == []
    typed = {"commune": cast.other_commune.pk, "village_name": "Xóm Mới", "version": cast.household.version}
    head.post(move, typed)
    cast.household.refresh_from_db()
    assert (cast.household.commune, cast.household.village_name) == (cast.other_commune, "Xóm Mới")


def test_a_second_tab_moves_the_household_back_only_when_it_has_seen_where_it_stands(head, cast):
    move = reverse("onboarding:household_move", args=[cast.household.code])
    [tab] = [form for form in forms_on(head.get(move).content.decode(), move) if "village_name" in form.fields]
    head.post(move, tab.as_it_stands() | {"commune": cast.other_commune.pk, "village_name": "Xóm Mới"})
    stale = head.post(move, tab.as_it_stands() | {"village_name": "Xóm Cũ"})
    assert stale.status_code == 409
    assert f"Xóm Mới, {cast.other_commune.name}" in stale.content.decode()
    [again] = [form for form in forms_on(stale.content.decode(), move) if "village_name" in form.fields]
    cast.household.refresh_from_db()
    assert (again.fields["village_name"].values, cast.household.village_name) == (["Xóm Cũ"], "Xóm Mới")
    assert head.post(move, again.as_it_stands()).status_code == 302
    cast.household.refresh_from_db()
    assert cast.household.village_name == "Xóm Cũ"
