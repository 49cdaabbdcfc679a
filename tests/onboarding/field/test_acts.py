"""Acts from the field: each held once, in any order, by whom the household allows, beside what others write."""

from __future__ import annotations

import hashlib
import random
from datetime import timedelta

import pytest

from catalog.models import ListingStatus, Photo, Product
from core.keys import new_key
from households.access import Acting
from households.models import Household, Mandate, TeamMember
from onboarding.field import api as field_api
from onboarding.field.models import FieldAct, SentPhoto
from onboarding.field.services import acts as acts_service
from onboarding.models import Consent, ConsentText, OnboardingCase
from shop.order.models import HouseholdOrder
from tests.catalog.pictures import jpeg
from tests.factories.catalog import draft, set_price
from tests.factories.catalog import listing as on_sale
from tests.factories.orders import make_listing, make_tariff, place, stock_of
from tests.onboarding.field.phone import FieldPhone

pytestmark = pytest.mark.django_db


def listing_of(act) -> Product:
    return Product.objects.get(key=act["listing"])


def follow_ups(phone, opened, category) -> list[dict]:
    """What hangs on a household that is just opened: its papers, and its listing with price and stock."""
    household, listing = opened["household"], str(new_key(phone.now))
    phone.upload(jpeg(640, 480))
    photo = hashlib.sha256(jpeg(640, 480)).hexdigest()
    text = ConsentText.objects.filter(language="vi")[0].pk
    fields = {"title": "Chè búp", "category_id": category.pk}
    identity = phone.act("record_identity", household=household, known_by="nhìn giấy tờ")
    consent = phone.act("consent_on_paper", household=household, text=text, photo=photo)
    mandate = phone.act(
        "mandate_on_paper",
        household=household,
        scopes=["listing", "orders"],
        days=365,
        photo=photo,
        after=[consent["key"]],
    )
    listed = phone.act(
        "draft_listing",
        household=household,
        listing=listing,
        price=90_000,
        stock=10,
        fields=fields,
        after=[mandate["key"]],
    )
    stock = phone.act("adjust_stock", listing=listing, difference=5)
    price = phone.act("set_price", listing=listing, price=95_000, seen=90_000)
    return [identity, consent, mandate, listed, stock, price, phone.act("add_photo", listing=listing, photo=photo)]


@pytest.mark.parametrize("seed", range(5))
def test_the_whole_account_arrives_in_any_order_once(phone, cast, opened, category, seed):
    acts = [opened, *follow_ups(phone, opened, category)]
    random.Random(seed).shuffle(acts)
    assert phone.statuses(*acts) == ["done"] * len(acts)
    household = Household.objects.get(key=opened["household"])
    assert household.name == "Chè nhà Thu"
    listing = household.products.get()
    assert (listing.photos.count(), listing.stockrecords.get().num_in_stock) == (1, 15)
    assert listing.stockrecords.get().dong == 95_000
    assert Consent.objects.get(household=household).given_how == "paper"
    assert set(phone.statuses(*acts)) == {"known"}
    assert household.products.get().stockrecords.get().num_in_stock == 15
    assert Mandate.objects.filter(household=household).count() == 1


def test_in_bundles_of_one_what_waits_is_kept_by_the_phone_and_done_later(phone, opened, category):
    waiting = follow_ups(phone, opened, category)
    for act in reversed(waiting):
        assert phone.statuses(act) == ["waits"]
    assert not FieldAct.objects.exists()
    assert phone.statuses(opened) == ["done"]
    assert set(phone.statuses(*waiting)) == {"done"}


def test_a_crash_between_the_act_and_its_answer_leaves_nothing(phone, opened, monkeypatch):
    def crash(row, force_insert=False):
        raise OSError("power cut")

    monkeypatch.setattr(FieldAct, "save", crash)
    with pytest.raises(OSError, match="power cut"):
        phone.send(opened)
    monkeypatch.undo()
    assert not Household.objects.filter(key=opened["household"]).exists()
    assert phone.statuses(opened) == ["done"]


def test_a_second_tab_whose_transaction_comes_second_hears_the_first_ones_answer(phone, drafted, monkeypatch):
    """Both tabs saw that the act was not held; the row's key decides."""
    phone.statuses(drafted)
    act = phone.act("adjust_stock", listing=drafted["listing"], difference=3)
    assert phone.statuses(act) == ["done"]
    looks = iter([None, None])
    held = acts_service._held
    monkeypatch.setattr(acts_service, "_held", lambda sent: next(looks, held(sent)))
    monkeypatch.setattr("catalog.listing.services.offer.count_adjustment", lambda *args: None)
    assert phone.statuses(act) == ["known"]
    assert listing_of(drafted).stockrecords.get().num_in_stock == 23


def test_a_refusal_is_said_again_and_undoes_what_the_act_had_begun(phone, opened):
    Household.objects.filter(phone="+84978123456").delete()
    twin = phone.act("open_case", **{name: opened[name] for name in ("team", "phone", "head_name", "village_name")})
    twin["household"] = str(new_key(phone.now))
    assert phone.statuses(opened, twin) == ["done", "refused"]
    first, again = phone.answers(twin)[0], phone.answers(twin)[0]
    assert first == again
    assert (first["code"], first["field"]) == ("household_already_registered", "phone")
    assert "số điện thoại" in first["message"].lower()
    assert OnboardingCase.objects.count() == 1


def test_after_the_phone_number_is_mended_what_hung_on_the_household_goes_through(phone, cast, opened, category):
    wrong = {**opened, "phone": "12"}
    hanging = phone.act("record_identity", household=opened["household"], known_by="biết mặt")
    assert phone.statuses(wrong, hanging) == ["refused", "waits"]
    mended = {**opened, "key": str(new_key(phone.now))}
    assert phone.statuses(mended, hanging) == ["done", "done"]


def test_the_same_key_with_other_words_is_refused(phone, opened):
    phone.statuses(opened)
    [answer] = phone.answers({**opened, "head_name": "Người khác"})
    assert (answer["status"], answer["code"]) == ("refused", "key_taken")


def test_a_key_of_somebody_else_tells_nothing(phone, cast, opened):
    phone.statuses(opened)
    leader = FieldPhone(cast.leader, phone.now).enrol()
    [answer] = leader.answers(opened)
    assert (answer["code"], answer["result"]) == ("key_taken", {})


class TestTwoWriters:
    @pytest.fixture
    def listing(self, cast, now) -> Product:
        return draft(Acting(cast.head, cast.household), now, title="Chè cũ", description="Ngon", stock=20)

    def edit(self, phone, listing, fields, seen, after=()):
        return phone.act("edit_listing", listing=str(listing.key), fields=fields, seen=seen, after=list(after))

    def test_different_fields_both_win(self, phone, cast, listing):
        leader = FieldPhone(cast.leader, phone.now).enrol()
        mine = self.edit(phone, listing, {"title": "Chè mới"}, {"title": "Chè cũ"})
        hers = self.edit(leader, listing, {"description": "Rất ngon"}, {"description": "Ngon"})
        assert phone.statuses(mine) == leader.statuses(hers) == ["done"]
        listing.refresh_from_db()
        assert (listing.title, listing.description) == ("Chè mới", "Rất ngon")

    def test_the_same_field_is_shown_with_both_values_and_counted_and_the_rest_is_written(self, phone, cast, listing):
        leader = FieldPhone(cast.leader, phone.now).enrol()
        leader.statuses(self.edit(leader, listing, {"title": "Chè xanh"}, {"title": "Chè cũ"}))
        wanted, seen = {"title": "Chè búp", "description": "Thơm"}, {"title": "Chè cũ", "description": "Ngon"}
        act = self.edit(phone, listing, wanted, seen)
        [answer] = phone.answers(act)
        assert answer["status"] == "conflict"
        assert answer["values"] == [{"field": "title", "yours": "Chè búp", "theirs": "Chè xanh"}]
        assert phone.answers(act) == [answer]
        listing.refresh_from_db()
        assert (listing.title, listing.description) == ("Chè xanh", "Thơm")
        assert FieldAct.objects.filter(status="conflict").count() == 1
        chosen = self.edit(phone, listing, {"title": "Chè búp"}, {"title": "Chè xanh"})
        assert phone.statuses(chosen) == ["done"]

    def test_unit_and_weight_count_as_one(self, phone, cast, listing):
        leader = FieldPhone(cast.leader, phone.now).enrol()
        measure = {"sale_unit": "bag", "net_weight_g": 500, "pack_weight_g": 550, "pieces": None}
        leader.statuses(self.edit(leader, listing, {"sale_unit": "box"}, measure))
        [answer] = phone.answers(self.edit(phone, listing, {"net_weight_g": 300}, measure))
        assert (answer["status"], answer["values"][0]["field"]) == ("conflict", "net_weight_g")
        listing.refresh_from_db()
        assert (listing.sale_unit, listing.net_weight_g) == ("box", 500)

    def test_two_differences_of_stock_add_up(self, phone, cast, listing):
        leader = FieldPhone(cast.leader, phone.now).enrol()
        assert phone.statuses(phone.act("adjust_stock", listing=str(listing.key), difference=5)) == ["done"]
        assert leader.statuses(leader.act("adjust_stock", listing=str(listing.key), difference=-2)) == ["done"]
        assert stock_of(listing)[0] == 23

    def test_a_price_that_somebody_changed_is_a_conflict(self, phone, cast, listing, now):
        set_price(acting=Acting(cast.head, cast.household), listing=listing, price=130_000, now=now)
        act = phone.act("set_price", listing=str(listing.key), price=110_000, seen=120_000)
        [answer] = phone.answers(act)
        assert answer["values"] == [{"field": "price", "yours": 110_000, "theirs": 130_000}]

    def test_an_edit_of_what_is_on_sale_waits_for_its_check_beside_it(self, phone, cast, now):
        shown = on_sale(Acting(cast.head, cast.household), now, title="Trà nõn tôm", description="Ngon")
        act = self.edit(phone, shown, {"title": "Trà móc câu"}, {"title": "Trà nõn tôm"})
        again = self.edit(phone, shown, {"description": "Thơm"}, {"description": "Ngon"}, after=[act["key"]])
        assert phone.statuses(again, act) == ["done", "done"]
        shown.refresh_from_db()
        assert (shown.title, shown.status) == ("Trà nõn tôm", ListingStatus.PUBLISHED)
        assert shown.revisions.get(status="waiting").words["title"] == "Trà móc câu"
        assert shown.revisions.get(status="waiting").words["description"] == "Thơm"

    def test_a_name_that_somebody_put_right_is_shown_beside_mine(self, phone, cast, opened):
        leader = FieldPhone(cast.leader, phone.now).enrol()
        phone.statuses(opened)
        said = {"household": opened["household"], "known_by": "biết mặt", "seen": {"head_name": "Ma Thị Thu"}}
        assert leader.statuses(leader.act("record_identity", changes={"head_name": "Ma Thị Thư"}, **said)) == ["done"]
        mine = phone.act("record_identity", changes={"head_name": "Ma Thu", "village_name": "Xóm Mới"}, **said)
        mine["seen"] = {**said["seen"], "village_name": "Xóm Hồng Thái"}
        [answer] = phone.answers(mine)
        assert answer["values"] == [{"field": "head_name", "yours": "Ma Thu", "theirs": "Ma Thị Thư"}]


class TestOrders:
    @pytest.fixture
    def order(self, cast, now) -> HouseholdOrder:
        make_tariff(now)
        listing = make_listing(cast.household)
        return place((listing, 2), commune=cast.commune, now=now).household_orders.get()

    def test_an_order_is_answered_once(self, phone, order):
        act = phone.act("answer_order", order=order.number, accept=True)
        assert [*phone.statuses(act), *phone.statuses(act)] == ["done", "known"]
        order.refresh_from_db()
        assert (order.state, order.events.filter(state="accepted").count()) == ("accepted", 1)

    def test_a_decline_after_somebody_accepted_is_shown_and_changes_nothing(self, phone, cast, order):
        leader = FieldPhone(cast.leader, phone.now).enrol()
        leader.statuses(leader.act("answer_order", order=order.number, accept=True))
        [answer] = phone.answers(phone.act("answer_order", order=order.number, accept=False, reason="Hết hàng"))
        assert answer["values"] == [{"field": "state", "yours": "declined", "theirs": "accepted"}]
        order.refresh_from_db()
        assert order.state == "accepted"

    def test_an_order_of_another_household_does_not_exist(self, cast, order, standing_clock):
        other = FieldPhone(cast.other_volunteer, standing_clock).enrol()
        [answer] = other.answers(other.act("answer_order", order=order.number, accept=True))
        assert (answer["status"], answer["code"]) == ("refused", "not_found")


class TestRightsAtTheArrival:
    def kinds(self, phone, cast, category, listing) -> list[dict]:
        household, key = cast.household.code, str(listing.key)
        photo = phone.upload(jpeg(640, 480))
        return [
            phone.act(
                "draft_listing", household=household, listing=str(new_key(phone.now)), price=1, stock=1, fields={}
            ),
            phone.act("edit_listing", listing=key, fields={"title": "Khác"}, seen={"title": listing.title}),
            phone.act("set_price", listing=key, price=5, seen=120_000),
            phone.act("adjust_stock", listing=key, difference=1),
            phone.act("add_photo", listing=key, photo=photo),
            phone.act("submit_listing", listing=key),
        ]

    def test_a_bundle_for_another_teams_household_writes_nothing(self, cast, category, now, standing_clock):
        listing = draft(Acting(cast.head, cast.household), now)
        other = FieldPhone(cast.other_volunteer, standing_clock).enrol()
        answers = other.answers(*self.kinds(other, cast, category, listing))
        assert {(answer["status"], answer["code"]) for answer in answers} == {("refused", "not_allowed")}
        assert all(answer["message"] and not answer["result"] for answer in answers)
        assert Product.objects.get().version == 1
        assert not Photo.objects.filter(uploaded_by=cast.other_volunteer).exists()

    def test_with_a_withdrawn_mandate_the_same(self, phone, cast, category, now):
        listing = draft(Acting(cast.head, cast.household), now)
        acts = self.kinds(phone, cast, category, listing)
        Mandate.objects.filter(pk=cast.mandate.pk).update(withdrawn_at=now)
        answers = phone.answers(*acts)
        assert {(answer["status"], answer["code"]) for answer in answers} == {("refused", "not_allowed")}
        assert "ủy quyền" in answers[0]["message"].lower()

    def test_a_case_for_a_team_in_which_one_does_not_serve_is_refused(self, phone, cast, opened):
        [answer] = phone.answers({**opened, "team": cast.other_team.pk})
        assert (answer["status"], answer["code"]) == ("refused", "not_allowed")

    def test_who_left_the_team_sends_nothing_more(self, phone, cast, opened, now):
        TeamMember.objects.filter(user=cast.volunteer).update(left_at=now)
        answer = phone.send(opened)
        assert (answer.status_code, answer.json()["code"]) == (403, "no_team")


class TestPhotos:
    def test_the_same_content_sent_again_is_one_picture(self, phone, drafted):
        photo = phone.upload(jpeg(800, 600))
        phone.statuses(drafted)
        first = phone.act("add_photo", listing=drafted["listing"], photo=photo)
        second = phone.act("add_photo", listing=drafted["listing"], photo=photo)
        assert phone.statuses(first, second, first) == ["done", "done", "known"]
        assert listing_of(drafted).photos.count() == SentPhoto.objects.count() == Photo.objects.count() == 1

    def test_a_photo_that_is_none_is_refused_with_what_to_send(self, phone, drafted):
        photo = phone.upload(b"MZ" + b"x" * 5000)
        [_drafted, answer] = phone.answers(drafted, phone.act("add_photo", listing=drafted["listing"], photo=photo))
        assert (answer["status"], answer["code"]) == ("refused", "photo_refused")
        assert "ảnh" in answer["message"]
        assert not listing_of(drafted).photos.exists()

    def test_a_thousand_photos_in_one_bundle_are_turned_away_and_in_small_bundles_eight_are_taken(self, phone, drafted):
        phone.statuses(drafted)
        named = [hashlib.sha256(str(number).encode()).hexdigest() for number in range(1000)]
        acts = [phone.act("add_photo", listing=drafted["listing"], photo=name) for name in named]
        answer = phone.send(*acts)
        assert (answer.status_code, answer.json()["code"]) == (413, "too_many_acts")
        assert set(phone.statuses(*acts[:100])) == {"waits"}
        sent = [phone.upload(jpeg(300 + number, 300)) for number in range(9)]
        statuses = phone.statuses(*(phone.act("add_photo", listing=drafted["listing"], photo=photo) for photo in sent))
        assert (statuses.count("done"), statuses.count("refused")) == (8, 1)

    def test_more_photos_than_may_come_in_an_hour_wait_and_are_not_lost(self, phone, drafted, monkeypatch):
        monkeypatch.setattr("catalog.photos.services.MAX_PHOTOS_PER_HOUR", 0)
        photo = phone.upload(jpeg(640, 480))
        phone.statuses(drafted)
        act = phone.act("add_photo", listing=drafted["listing"], photo=photo)
        assert phone.statuses(act) == ["waits"]
        monkeypatch.undo()
        assert phone.statuses(act) == ["done"]


class TestTime:
    def test_a_clock_a_day_off_is_put_right(self, cast, opened, standing_clock):
        ahead = FieldPhone(cast.volunteer, standing_clock, clock_error=timedelta(days=1)).enrol()
        act = ahead.act(
            "open_case", **{name: opened[name] for name in opened if name not in ("key", "happened_at", "kind")}
        )
        assert ahead.statuses(act) == ["done"]
        row = FieldAct.objects.get()
        assert (row.happened_at, row.learned_at) == (standing_clock - timedelta(minutes=30), standing_clock)
        assert row.phone_time == standing_clock + timedelta(days=1, minutes=-30)

    def test_a_clock_that_was_put_right_meanwhile_dates_nothing_after_its_arrival(self, phone, opened):
        late = {**opened, "happened_at": (phone.now + timedelta(days=1)).isoformat()}
        assert phone.statuses(late) == ["done"]
        assert FieldAct.objects.get().happened_at == phone.now

    def test_a_date_in_2099_is_refused_with_the_date_and_may_be_sent_again(self, phone, opened):
        [answer] = phone.answers({**opened, "happened_at": "2099-01-01T08:00:00+07:00"})
        assert (answer["status"], answer["code"]) == ("refused", "impossible_time")
        assert "1/1/2099" in answer["message"]
        assert phone.statuses({**opened, "key": str(new_key(phone.now))}) == ["done"]


class TestBadBundles:
    def test_an_act_that_cannot_be_read_spoils_no_other(self, phone, opened):
        bad = [{}, 7, {**opened, "key": "7"}, {**opened, "head_name": "a\x00b"}, {**opened, "kind": "sell_all"}]
        answers = phone.answers(*bad, opened)
        assert [answer["status"] for answer in answers] == ["refused"] * 5 + ["done"]
        assert {answer["code"] for answer in answers[:5]} == {"unreadable"}

    def test_an_app_that_is_two_versions_old_is_told_to_renew_itself(self, phone, opened, monkeypatch):
        monkeypatch.setattr(field_api, "OLDEST_APP_VERSION", 3)
        answer = phone.send(opened, app=1)
        assert (answer.status_code, answer.json()["code"]) == (426, "app_too_old")
        assert not FieldAct.objects.exists()
        assert phone.send(opened, app=3).json()["answers"][0]["status"] == "done"

    def test_refusals_are_said_in_the_language_of_the_reader(self, phone, opened):
        phone.client.cookies["django_language"] = "en"
        [answer] = phone.answers({**opened, "happened_at": "2099-01-01T08:00:00+07:00"})
        assert answer["message"].startswith("The phone wrote a day")

    def test_the_document_names_every_act(self, client):
        document = client.get("/to/api/v1/openapi.json").json()
        assert document["info"]["version"] == "1"
        kinds = document["components"]["schemas"]["Bundle"]["properties"]["acts"]["items"]["discriminator"]["mapping"]
        assert len(kinds) == 11
        assert {"/to/api/v1/bundles", "/to/api/v1/territory", "/to/api/v1/devices"} <= document["paths"].keys()
