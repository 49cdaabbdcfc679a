"""Lists, checks and moderation: each sees its own, in a fixed number of queries."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog.listing.services import edit_listing, submit_for_check
from catalog.models import ListingStatus, OcopCertificate, Product
from households.access import Acting
from households.models import Household
from tests.accessibility import problems
from tests.factories.catalog import draft, listing, listing_data, proposed
from tests.sign_in import sign_in

SEES_DRAFTS = {"head", "volunteer", "leader"}
CHECKS = {"head", "leader", "operator"}


@pytest.fixture
def waiting(helped):
    now = timezone.now()
    return submit_for_check(acting=helped, listing=draft(helped, now, title="Chè đợi kiểm tra"), now=now)


@pytest.mark.parametrize(("address", "seeing"), [("/san-hang/", SEES_DRAFTS), ("/san-hang/cho-kiem-tra/", CHECKS)])
def test_a_list_shows_nothing_of_others(cast, waiting, address, seeing):
    shown = {
        name
        for name, user in cast.everyone().items()
        if "Chè đợi kiểm tra" in sign_in(Client(), user).get(address).content.decode()
    }
    assert shown == seeing


def test_staff_check_only_with_their_second_factor(client, cast, waiting):
    sign_in(client, cast.operator, second_factor=False)
    for address in ("/san-hang/cho-kiem-tra/", f"/san-hang/{waiting.pk}/kiem-tra/"):
        assert client.post(address).status_code == 302
    assert Product.objects.get().status == ListingStatus.IN_CHECK


def test_a_leader_puts_it_on_sale(client, cast, waiting):
    sign_in(client, cast.leader)
    address = f"/san-hang/{waiting.pk}/kiem-tra/"
    assert problems(client.get(address).content.decode()) == []
    client.post(address, {"decision": "publish", "version": "1"})
    assert Product.objects.get().status == ListingStatus.PUBLISHED


def test_what_was_changed_while_it_was_read_is_read_again(client, cast, helped, waiting):
    """Nobody puts on sale what he has not seen."""
    edit_listing(
        acting=helped,
        listing=waiting,
        data=listing_data(helped, title="Chè khác hẳn"),
        photos=list(waiting.photos.all()),
        version=1,
        now=timezone.now(),
    )
    address = f"/san-hang/{waiting.pk}/kiem-tra/"
    answer = sign_in(client, cast.leader).post(address, {"decision": "publish", "version": "1"})
    assert (answer.status_code, Product.objects.get().status) == (422, ListingStatus.IN_CHECK)
    shown = re.search(r'name="version" value="(\d+)"', answer.content.decode())[1]
    client.post(address, {"decision": "publish", "version": shown})
    assert Product.objects.get().status == ListingStatus.PUBLISHED


def test_a_leader_sends_it_back_with_what_to_mend(client, cast, waiting):
    sign_in(client, cast.leader)
    address = f"/san-hang/{waiting.pk}/kiem-tra/"
    empty = client.post(address, {"decision": "back", "reason": " "})
    assert (empty.status_code, Product.objects.get().status) == (422, "in_check")
    client.post(address, {"decision": "back", "reason": "Ảnh mờ quá"})
    assert (Product.objects.get().status, Product.objects.get().check_note) == ("draft", "Ảnh mờ quá")
    assert "Ảnh mờ quá" in sign_in(Client(), cast.volunteer).get("/san-hang/").content.decode()


def test_an_operator_finds_and_takes_down(client, cast):
    made = listing(Acting(cast.head, cast.household), timezone.now(), title="Chè nhái")
    sign_in(client, cast.operator)
    Household.objects.filter(pk=cast.household.pk).update(search_text="tra nha hoa nguyen thi hoa")
    for words in ("nhái", "che nhai", "NHAI hoa", "nha hoa", cast.household.code.lower()):
        assert "Chè nhái" in client.get("/van-hanh/mat-hang/", {"tim": words}).content.decode()
    assert "Chè nhái" not in client.get("/van-hanh/mat-hang/", {"tim": "vải"}).content.decode()
    address = f"/van-hanh/mat-hang/{made.pk}/go/"
    assert client.post(address, {"reason": ""}).status_code == 422
    client.post(address, {"reason": "Hàng nhái"})
    assert Product.objects.get().status == ListingStatus.TAKEN_DOWN


def test_a_certificate_goes_from_the_paper_to_the_page(client, cast):
    made = listing(Acting(cast.head, cast.household), timezone.now())
    paper = {
        "stars": "4",
        "number": "1489/QĐ-UBND",
        "issuing_authority": "UBND tỉnh Thái Nguyên",
        "holder": "Trà nhà Hoa",
        "issued_date": timezone.localdate().strftime("%d/%m/%Y"),
    }
    household = sign_in(Client(), cast.head)
    wrong = household.post(f"/san-hang/{made.pk}/ocop/", paper | {"issued_date": "20/05/2019"})
    assert wrong.status_code == 422
    assert 'value="1489/QĐ-UBND"' in wrong.content.decode()
    household.post(f"/san-hang/{made.pk}/ocop/", paper)
    assert "badge--ocop" not in client.get(made.get_absolute_url()).content.decode()
    certificate = OcopCertificate.objects.get()
    sign_in(client, cast.operator)
    assert "1489/QĐ-UBND" in client.get("/van-hanh/ocop/").content.decode()
    client.post(f"/van-hanh/ocop/{certificate.pk}/xac-nhan/")
    assert "badge--ocop" in client.get(made.get_absolute_url()).content.decode()
    assert certificate.expiry_date > date(2027, 1, 1)


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("head", "/san-hang/"),
        ("leader", "/san-hang/cho-kiem-tra/"),
        ("operator", "/van-hanh/mat-hang/"),
        ("head", "/san-hang/{pk}/"),
        ("leader", "/san-hang/{pk}/kiem-tra/"),
        ("operator", "/van-hanh/"),
    ],
)
def test_no_page_asks_more_queries_for_more_listings(client, cast, helped, waiting, who, address):
    now = timezone.now()
    own = Acting(cast.head, cast.household)
    sign_in(client, getattr(cast, who))
    counts = []
    for more in (1, 6):
        for _number in range(more):
            listing(own, now, photos=2)
            submit_for_check(acting=helped, listing=draft(helped, now), now=now)
            proposed(helped, listing(own, now), now, title="Chè đinh nõn")
        with CaptureQueriesContext(connection) as queries:
            page = client.get(address.format(pk=waiting.pk))
        assert problems(page.content.decode()) == []
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 24  # the operators' page counts what waits in each of its lists


def test_a_leader_of_the_team_that_wrote_a_change_may_publish_it_or_send_it_back(client, cast, helped):
    own, now = Acting(cast.head, cast.household), timezone.now()
    change = proposed(helped, listing(own, now), now, title="Chè đinh nõn")
    address = f"/san-hang/ban-sua/{change.pk}/"
    page = sign_in(client, cast.leader).get(address).content.decode()
    assert problems(page) == []
    assert 'value="publish"' in page
    assert 'value="back"' in page
    client.post(f"{address}quyet-dinh/", {"decision": "back", "reason": "Hái sáng ở đâu?"})
    change.refresh_from_db()
    assert (change.status, change.check_note) == ("sent_back", "Hái sáng ở đâu?")


def test_every_change_that_waits_is_on_some_page_of_the_list(client, cast, helped):
    """The second list of the page turns its leaves alone."""
    own, now = Acting(cast.head, cast.household), timezone.now()
    waiting = [proposed(helped, listing(own, now, photos=1), now, title="Chè đinh nõn") for _number in range(31)]
    submit_for_check(acting=helped, listing=draft(helped, now), now=now)
    sign_in(client, cast.leader)
    pages = [client.get("/san-hang/cho-kiem-tra/", {"page2": number}) for number in (1, 2)]
    shown = [re.findall(r'href="/san-hang/ban-sua/(\d+)/"', page.content.decode()) for page in pages]
    assert [len(links) for links in shown] == [30, 1]
    assert [int(key) for links in shown for key in links] == [change.pk for change in waiting]
    assert [len(page.context["rows"]) for page in pages] == [1, 1]
    assert 'href="?page2=2"' in pages[0].content.decode()
