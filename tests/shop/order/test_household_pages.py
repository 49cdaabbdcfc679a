"""The household's side: only the own part, the buyer masked until the promise, answered by button."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import AuditEntry
from shop.order.models import HouseholdOrderState
from tests.accessibility import problems
from tests.factories.orders import place
from tests.sign_in import sign_in


@pytest.fixture
def order(cast, tea, honey, now):
    return place((tea, 2), (honey, 1), commune=cast.commune, now=now)


@pytest.fixture
def part(order, cast):
    return order.household_orders.get(household=cast.household)


def text(response) -> str:
    return response.content.decode().replace("\u00a0", " ")


def press(client, part, step, **data: str):
    """The button and, where it asks once, the button that confirms it."""
    return client.post(f"/don-ho/{part.number}/tra-loi/", {"step": step, "sure": "1", **data}, follow=True)


@pytest.mark.parametrize("person", ["head", "volunteer", "leader"])
def test_the_household_and_its_team_see_the_own_part_only(client, cast, part, person):
    sign_in(client, getattr(cast, person))
    listed, page = text(client.get("/don-ho/")), text(client.get(f"/don-ho/{part.number}/"))
    assert part.number in listed
    assert "Trà nõn tôm" in page
    assert "Mật ong vải" not in listed + page
    assert "Vải nhà Bình" not in listed + page


@pytest.mark.parametrize(
    "person", ["other_head", "other_volunteer", "commune_officer", "province_officer", "operator", "buyer", "stranger"]
)
@pytest.mark.parametrize("page", ["", "phieu/", "tra-loi/"])
def test_nobody_else_reaches_it(client, cast, part, person, page):
    sign_in(client, getattr(cast, person))
    address = f"/don-ho/{part.number}/{page}"
    answer = client.post(address, {"step": "accept"}) if page == "tra-loi/" else client.get(address)
    assert answer.status_code == 404
    assert part.number not in text(client.get("/don-ho/"))
    part.refresh_from_db()
    assert part.state == HouseholdOrderState.NEW


def test_a_team_without_the_mandate_for_orders_reaches_nothing(client, cast, part):
    cast.mandate.scopes = ["listing", "storefront"]
    cast.mandate.save()
    sign_in(client, cast.volunteer)
    assert client.get(f"/don-ho/{part.number}/").status_code == 404


def test_a_withdrawn_mandate_closes_the_door_at_once(client, cast, part, now):
    cast.mandate.withdrawn_at = now
    cast.mandate.save()
    sign_in(client, cast.volunteer)
    assert client.get(f"/don-ho/{part.number}/").status_code == 404


def test_the_buyer_is_masked_until_accepted(client, cast, part):
    sign_in(client, cast.head)
    before = text(client.get(f"/don-ho/{part.number}/"))
    assert "Đ. T. Mua" in before
    assert not any(secret in before for secret in ("Đỗ Thị Mua", "987654321", "0987 654 321", "Số 5 ngõ Chợ"))
    after = text(press(client, part, "accept"))
    assert all(known in after for known in ("Đỗ Thị Mua", "0987 654 321", "Số 5 ngõ Chợ"))


def test_the_buyer_is_masked_again_once_declined(client, cast, part):
    sign_in(client, cast.head)
    press(client, part, "accept")
    assert "Đỗ Thị Mua" not in text(press(client, part, "decline", reason="Mưa lớn"))


@pytest.mark.parametrize("person", ["head", "volunteer"])
def test_reading_the_buyers_address_is_written_down(client, cast, part, person):
    reader = getattr(cast, person)
    sign_in(client, reader)
    client.get(f"/don-ho/{part.number}/")
    rows = AuditEntry.objects.filter(action="read_buyer")
    assert not rows, "masked"
    part.state = HouseholdOrderState.ACCEPTED
    part.save(update_fields=["state"])
    client.get(f"/don-ho/{part.number}/")
    client.get(f"/don-ho/{part.number}/phieu/")
    team = None if person == "head" else cast.team.pk
    expected = (reader.pk, str(part.pk), cast.household.code, team, {})
    assert list(rows.values_list("actor", "subject_id", "household_code", "team_id", "changes")) == [expected] * 2


@pytest.mark.parametrize("last", ["delivered", "returned"])
def test_every_button_leads_on(client, cast, part, last):
    sign_in(client, cast.head)
    for step, state in [("accept", "accepted"), ("sent", "sent"), (last, last)]:
        press(client, part, step, tracking_number="VN1", reason="Không ai nhận")
        part.refresh_from_db()
        assert part.state == state
    assert part.events.last().note == ("Không ai nhận" if last == "returned" else "")


@pytest.mark.parametrize(
    ("step", "said"), [("decline", "Ghi vài chữ"), ("sent", "đang chờ hộ trả lời"), ("gold", "Chọn một trong các nút")]
)
def test_a_step_that_cannot_be_taken_is_said(client, cast, part, step, said):
    sign_in(client, cast.head)
    assert said in text(press(client, part, step))
    part.refresh_from_db()
    assert part.state == HouseholdOrderState.NEW


def test_the_slip_is_printed_only_after_the_promise(client, cast, part):
    sign_in(client, cast.head)
    assert "Đỗ Thị Mua" not in text(client.get(f"/don-ho/{part.number}/phieu/", follow=True))
    press(client, part, "accept")
    slip = text(client.get(f"/don-ho/{part.number}/phieu/"))
    assert "Số 5 ngõ Chợ" in slip
    assert "271.000 đ" in slip  # to collect: 240.000 of goods and 31.000 of shipping


def test_what_waits_for_a_payment_is_not_the_households_yet(client, cast, tea, now):
    part = place((tea, 1), commune=cast.commune, now=now, payment_method="card").household_orders.get()
    sign_in(client, cast.head)
    assert client.get(f"/don-ho/{part.number}/").status_code == 404


def test_the_list_costs_the_same_for_more_orders(client, cast, tea, honey, part, now):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get("/don-ho/")
        return len(captured)

    sign_in(client, cast.head)
    few = queries()
    for _order in range(4):
        place((tea, 1), commune=cast.commune, now=now)
    assert queries() == few


def test_the_pages_are_accessible(client, cast, part):
    sign_in(client, cast.head)
    assert problems(text(client.get("/don-ho/"))) == []
    assert problems(text(client.get(f"/don-ho/{part.number}/"))) == []
    press(client, part, "accept")
    assert problems(text(client.get(f"/don-ho/{part.number}/"))) == []
    assert problems(text(client.get(f"/don-ho/{part.number}/phieu/"))) == []
