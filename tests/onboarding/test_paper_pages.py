"""The pages of papers that wait: the household's link and page, the leader's and the operator's list, the drafts."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from catalog.listing.services import submit_for_check
from catalog.models import ListingStatus, Product
from core.models import AuditEntry
from households.access import NotAllowed, drafting_for
from households.models import Mandate, Scope
from messaging.models import OutgoingMessage
from tests.catalog.listing.test_form_page import tea_photo, typed
from tests.factories.households import HouseholdFactory
from tests.factories.onboarding import CaseFactory, ConsentFactory
from tests.factories.orders import make_listing
from tests.onboarding.test_waiting_papers import SECOND, WAIT, signed_consent, signed_mandate
from tests.sign_in import sign_in


@pytest.fixture
def at(now):
    """Stand at this instant."""
    with time_machine.travel(now, tick=False) as clock:
        yield clock


@pytest.fixture
def case(cast):
    ConsentFactory(household=cast.household)
    Mandate.objects.all().delete()
    return CaseFactory(household=cast.household, team=cast.team)


@pytest.fixture
def mandate(case, cast, now, at) -> Mandate:
    return signed_mandate(case, cast.volunteer, now)


def link_of(mandate) -> str:
    text = OutgoingMessage.objects.get(key=f"paper-waits:uy-quyen:{mandate.pk}").text
    return re.search(r"/giay/\S+", text).group()


def test_opening_the_link_refuses_nothing_and_one_tap_does(client, mandate):
    page = client.get(link_of(mandate))
    assertContains(page, "Lê Minh")
    assert "no-store" in page["Cache-Control"]
    client.head(link_of(mandate))
    mandate.refresh_from_db()
    assert mandate.withdrawn_at is None
    assertRedirects(client.post(link_of(mandate)), link_of(mandate))
    mandate.refresh_from_db()
    assert mandate.withdrawn_at is not None
    assert client.post(link_of(mandate)).status_code == 302  # twice is once
    assert AuditEntry.objects.get(action="refuse_paper").actor is None


def test_the_link_ends_when_the_wait_does(client, mandate, now, at):
    at.move_to(now + WAIT - SECOND)
    assert client.get(link_of(mandate)).status_code == 200
    at.move_to(now + WAIT)
    for answer in (client.get(link_of(mandate)), client.post(link_of(mandate))):
        assertContains(answer, reverse("onboarding:household_mandates", args=[mandate.household.code]), status_code=410)
    mandate.refresh_from_db()
    assert mandate.withdrawn_at is None


@pytest.mark.parametrize("change", ["signature", "end", "pk", "kind"])
def test_a_link_that_was_tampered_with_is_not_found(client, mandate, change):
    kind, pk, signed = link_of(mandate).strip("/").split("/")[1:]
    if change == "signature":
        signed = ("A" if signed[0] != "A" else "B") + signed[1:]
    elif change == "end":
        signed = f"{signed}z"
    elif change == "pk":
        pk = str(int(pk) + 1)
    else:
        kind = "dong-y"
    for method in (client.get, client.post):
        assert method(f"/giay/{kind}/{pk}/{signed}/").status_code == 404


def test_household_sees_it_on_its_pages_and_refuses_it(client, mandate, cast):
    sign_in(client, cast.head)
    refuse = reverse("onboarding:own_paper_refuse", args=[cast.household.code, "uy-quyen", mandate.pk])
    for name in ("household", "household_mandates"):
        assertContains(client.get(reverse(f"onboarding:{name}", args=[cast.household.code])), refuse)
    assert client.get(refuse).status_code == 405
    client.post(refuse)
    mandate.refresh_from_db()
    assert mandate.withdrawn_at is not None
    assertNotContains(client.get(reverse("onboarding:household", args=[cast.household.code])), refuse)


def test_household_lets_it_hold_on_its_page(client, mandate, cast, now):
    sign_in(client, cast.head)
    client.post(reverse("onboarding:own_paper_confirm", args=[cast.household.code, "uy-quyen", mandate.pk]))
    mandate.refresh_from_db()
    assert (mandate.checked_by, mandate.holds_from) == (cast.head, mandate.given_at)


@pytest.mark.parametrize("name", ["own_paper_refuse", "own_paper_confirm"])
def test_another_household_does_not_reach_it(client, mandate, cast, name):
    sign_in(client, cast.other_head)
    for code in (cast.household.code, cast.other_household.code):
        assert client.post(reverse(f"onboarding:{name}", args=[code, "uy-quyen", mandate.pk])).status_code == 404
    mandate.refresh_from_db()
    assert (mandate.checked_by, mandate.withdrawn_at) == (None, None)


def test_leader_looks_and_confirms_and_both_are_written_down(client, mandate, cast):
    sign_in(client, cast.leader)
    assertContains(client.get(reverse("onboarding:team_home")), reverse("onboarding:papers_to_check"))
    page = client.get(reverse("onboarding:papers_to_check"))
    picture = reverse("onboarding:paper_picture", args=["uy-quyen", mandate.pk])
    assertContains(page, picture)
    shown = client.get(picture)
    assert (shown["Content-Type"], "no-store" in shown["Cache-Control"]) == ("image/jpeg", True)
    client.post(reverse("onboarding:paper_confirm", args=["uy-quyen", mandate.pk]))
    mandate.refresh_from_db()
    assert mandate.checked_by == cast.leader
    done = AuditEntry.objects.filter(actor=cast.leader).values_list("action", flat=True)
    assert set(done) == {"read_paper", "confirm_paper"}


def test_leader_who_photographed_it_sees_that_somebody_else_checks_it(client, case, cast, now, at):
    mandate = signed_mandate(case, cast.leader, now)
    sign_in(client, cast.leader)
    page = client.get(reverse("onboarding:papers_to_check"))
    assertContains(page, cast.household.name)
    assertNotContains(page, reverse("onboarding:paper_confirm", args=["uy-quyen", mandate.pk]))
    assert client.get(reverse("onboarding:paper_picture", args=["uy-quyen", mandate.pk])).status_code == 403
    for name in ("paper_confirm", "paper_refuse_checked"):
        client.post(reverse(f"onboarding:{name}", args=["uy-quyen", mandate.pk]), {"reason": "mờ"})
    mandate.refresh_from_db()
    assert (mandate.checked_by, mandate.withdrawn_at) == (None, None)


def test_operator_refuses_with_a_reason_that_the_team_reads(mandate, case, cast):
    desk, volunteer = sign_in(Client(), cast.operator), sign_in(Client(), cast.volunteer)
    assertContains(desk.get(reverse("operations:start")), reverse("operations:papers"))
    page = desk.get(reverse("operations:papers_of_kind", args=["uy-quyen"]))
    assertContains(page, reverse("operations:paper_picture", args=["uy-quyen", mandate.pk]))
    assert desk.get(reverse("operations:paper_picture", args=["uy-quyen", mandate.pk])).status_code == 200
    refuse = reverse("operations:paper_refuse", args=["uy-quyen", mandate.pk])
    assertContains(desk.post(refuse, {"reason": " "}, follow=True), "message--error")
    desk.post(refuse, {"reason": "Ảnh mờ quá"})
    mandate.refresh_from_db()
    assert (mandate.checked_by, mandate.refusal) == (cast.operator, "Ảnh mờ quá")
    assertContains(volunteer.get(reverse("onboarding:case", args=[case.pk])), "Ảnh mờ quá")
    assertContains(desk.get(reverse("operations:household", args=[cast.household.code])), "Ảnh mờ quá")


def test_operator_confirms(mandate, cast, now):
    desk = sign_in(Client(), cast.operator)
    desk.post(reverse("operations:paper_confirm", args=["uy-quyen", mandate.pk]))
    mandate.refresh_from_db()
    assert (mandate.checked_by, mandate.holds_from) == (cast.operator, now)
    assertNotContains(desk.get(reverse("operations:papers_of_kind", args=["uy-quyen"])), cast.household.name)
    assert desk.get(reverse("operations:papers_of_kind", args=["khac"])).status_code == 404


def queries(client, name, *args: object) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(reverse(name, args=args)).status_code == 200
    return len(asked)


def test_lists_of_papers_do_not_ask_more_for_more_papers(cast, now, at):
    leader, desk = sign_in(Client(), cast.leader), sign_in(Client(), cast.operator)
    counts = []
    for more in (1, 3):
        for _household in range(more):
            household = HouseholdFactory(commune=cast.commune, village_name=cast.team.village_name)
            case = CaseFactory(household=household, team=cast.team)
            signed_consent(case, cast.volunteer, now)
            signed_mandate(case, cast.volunteer, now)
        counts.append(
            (queries(leader, "onboarding:papers_to_check"), queries(desk, "operations:papers_of_kind", "uy-quyen"))
        )
    assert counts[0] == counts[1]


# What the team may do while the paper waits.


def test_volunteer_drafts_a_listing_and_nothing_is_sent_or_shown(client, mandate, case, cast):
    sign_in(client, cast.volunteer)
    create = reverse("listing:create", args=[cast.household.code])
    assertContains(client.get(reverse("onboarding:first_listing", args=[case.pk])), create)
    form = client.get(create)
    assertContains(form, 'value="save"')
    assertNotContains(form, 'value="submit"')
    client.post(create, typed(photos=[tea_photo()], then="submit"))
    draft = Product.objects.get(household=cast.household)
    assert draft.status == ListingStatus.DRAFT
    assertContains(client.get(reverse("listing:mine")), draft.title)
    assertContains(client.get(reverse("listing:overview", args=[draft.pk])), "message--warning")
    client.post(reverse("listing:submit", args=[draft.pk]))
    draft.refresh_from_db()
    assert draft.status == ListingStatus.DRAFT


def test_drafted_listing_is_sent_once_the_paper_holds(client, mandate, cast, now, at):
    sign_in(client, cast.volunteer)
    client.post(reverse("listing:create", args=[cast.household.code]), typed(photos=[tea_photo()], then="save"))
    draft = Product.objects.get(household=cast.household)
    for moment, status in ((now + WAIT - SECOND, ListingStatus.DRAFT), (now + WAIT, ListingStatus.IN_CHECK)):
        at.move_to(moment)
        client.post(reverse("listing:submit", args=[draft.pk]))
        draft.refresh_from_db()
        assert draft.status == status


@pytest.mark.parametrize("route", ["overview", "edit", "offer", "submit", "withdraw", "publish"])
def test_what_is_on_sale_is_out_of_reach(mandate, cast, now, route):
    listing = make_listing(cast.household)
    volunteer = sign_in(Client(), cast.volunteer)
    method = volunteer.get if route in ("overview", "edit") else volunteer.post
    assert method(reverse(f"listing:{route}", args=[listing.pk])).status_code == 404
    assertNotContains(volunteer.get(reverse("listing:mine")), listing.title)
    listing.refresh_from_db()
    assert listing.status == ListingStatus.PUBLISHED


def test_services_refuse_what_a_page_forgot(mandate, cast, now):
    acting = drafting_for(cast.volunteer, cast.household, now)
    assert acting.drafts_only
    with pytest.raises(NotAllowed):
        submit_for_check(acting=acting, listing=make_listing(cast.household), now=now)


@pytest.mark.parametrize("name", ["other_volunteer", "other_head", "buyer", "stranger"])
def test_nobody_else_drafts_under_the_paper(client, mandate, cast, name):
    sign_in(client, getattr(cast, name))
    assert client.get(reverse("listing:create", args=[cast.household.code])).status_code == 404


def test_no_draft_under_a_paper_that_was_refused_or_does_not_say_so(client, case, cast, now, at):
    sign_in(client, cast.volunteer)
    create = reverse("listing:create", args=[cast.household.code])
    mandate = signed_mandate(case, cast.volunteer, now, scopes=[Scope.ORDERS])
    assert client.get(create).status_code == 404
    Mandate.objects.update(scopes=list(Scope))
    assert client.get(create).status_code == 200
    client.post(link_of(mandate))
    assert client.get(create).status_code == 404


def test_storefront_waits_too_and_the_page_says_so(client, mandate, case, cast):
    sign_in(client, cast.volunteer)
    url = reverse("onboarding:storefront", args=[case.pk])
    assertContains(client.get(url), "message--warning")
    client.post(url, {"version": 1, "name": "Tên khác", "story": ""})
    cast.household.refresh_from_db()
    assert cast.household.name != "Tên khác"


def test_pages_on_which_a_paper_is_photographed_say_how_long_it_waits(client, case, cast):
    sign_in(client, cast.volunteer)
    for name in ("consent_paper", "mandate_paper"):
        assertContains(client.get(reverse(f"onboarding:{name}", args=[case.pk])), "72")


def test_paused_paper_says_what_to_do_and_keeps_the_form(client, case, cast, now, at):
    cast.household.took_back_at = now - timedelta(days=1)
    cast.household.save()
    sign_in(client, cast.volunteer)
    url = reverse("onboarding:mandate_paper", args=[case.pk])
    answer = client.post(url, {"scopes": ["listing"], "days": "90", "photo": tea_photo()})
    assertContains(answer, 'aria-invalid="true"')
    assertContains(answer, 'value="listing" id="id_scopes_1" checked')
    assert not Mandate.objects.exists()
