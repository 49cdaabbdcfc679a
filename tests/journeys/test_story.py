"""The same story without a browser: every page by its forms and links alone, as `make test` runs it."""

from __future__ import annotations

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from catalog.models import Category
from demo.pictures import painted
from households.access import Acting
from households.models import Household
from messaging.models import OutgoingMessage
from tests.cast import Cast, assemble
from tests.factories import catalog as listings
from tests.journeys.visitor import Visitor
from tests.sign_in import sign_in

PHONE = "+84987650321"
TEA = "Chè Tân Cương búp nõn nhà Năm"
SCOPES = ["storefront", "listing", "orders"]


@pytest.fixture
def people(transactional_db) -> Cast:
    """The cast, with honey of the other household on sale; nothing is frozen: commits and the clock are real."""
    for name in ("load_categories", "load_shipping_tariff", "reindex"):
        call_command(name, stdout=io.StringIO())
    people = assemble(timezone.now())
    honey = {"title": "Mật ong hoa rừng", "category_id": Category.objects.get(code="mat-ong-hoa").pk}
    listings.listing(Acting(people.other_head, people.other_household), timezone.now(), **honey)
    return people


def newest_code(phone: str) -> str:
    text = OutgoingMessage.objects.filter(phone=phone).latest("pk").text
    found = re.search(r"\b\d{6}\b", text)
    assert found, text
    return found[0]


def test_the_story_needs_nothing_but_forms_and_links(people):
    officer = Visitor(sign_in(Visitor().client, people.province_officer))
    before = figures(officer)
    volunteer = sign_in_by_phone(people.volunteer.phone)
    open_account(volunteer)
    list_the_tea(volunteer)
    Visitor(sign_in(Visitor().client, people.leader)).open("/san-hang/cho-kiem-tra/").follow(TEA).submit(
        decision="publish"
    )
    number = buy_tea_and_honey()
    answer(sign_in_by_phone(PHONE), number, own=TEA, others="Mật ong")
    answer(sign_in_by_phone(people.other_head.phone), number, own="Mật ong", others=TEA)
    assert Visitor().open("/don-hang/").submit(number=number, phone="0905 111 222").sees("Hộ đã nhận đơn")
    counted = ("accounts", "active", "products", "transactions")
    after = figures(officer)
    assert {name: after[name] - before[name] for name in counted} == dict.fromkeys(counted, 1)


def sign_in_by_phone(phone: str) -> Visitor:
    visitor = Visitor().open("/dang-nhap/").submit(phone=phone)
    return visitor.submit(code=newest_code(phone))


def figures(officer: Visitor) -> dict[str, int]:
    """This month's tiles: indicator code to number."""
    tiles = officer.open("/bao-cao/").page.find_all("a", class_="tile__figure")
    return {str(tile["href"]).split("/")[3]: int(re.sub(r"\D", "", tile.get_text())) for tile in tiles}


def open_account(volunteer: Visitor) -> None:
    volunteer.open("/to/moi/").submit(phone="0987 650 321")
    volunteer.submit(head_name="Nguyễn Văn Năm", village_name="Xóm Hồng Thái", storefront_name="Chè nhà Năm")
    volunteer.follow("Làm tiếp").submit(known_by="neighbour")
    volunteer.submit("csrfmiddlewaretoken").submit(code=newest_code(PHONE))
    volunteer.submit(scopes=SCOPES, days="365").submit(code=newest_code(PHONE))
    volunteer.submit(story="Đồi chè bên hồ Núi Cốc.")
    assert Household.objects.get(phone=PHONE).mandates.count() == 1


def list_the_tea(volunteer: Visitor) -> None:
    picture = painted("che-bup-thai-nguyen-vietgap").read()
    volunteer.follow("Đăng mặt hàng").submit(
        title=TEA,
        category_id=str(Category.objects.get(code="che-xanh").pk),
        price="250.000",
        sale_unit="bag",
        net_weight_g="500 g",
        stock="20",
        photos=SimpleUploadedFile("tea.jpg", picture, "image/jpeg"),
        then="submit",
    )


def buy_tea_and_honey() -> str:
    """As a guest, typed without tones; returns the order's number."""
    buyer = Visitor().open("/tim/?q=che+tan+cuong").follow(TEA).submit("quantity")
    buyer.open("/tim/?q=mat+ong").follow("Mật ong hoa rừng").submit("quantity")
    buyer.open("/dat-hang/").submit(
        phone="0905 111 222", name="Lê Thu Cúc", commune="Lục Ngạn, Bắc Ninh", address="15 chợ Kim", step="details"
    )
    buyer.submit("payment_method", step="place").submit("code", code=newest_code("+84905111222"), step="code")
    found = re.search(r"\b\d{6}-\d{6}\b", buyer.text)
    assert found, buyer.text
    return found[0]


def answer(household: Visitor, number: str, *, own: str, others: str) -> None:
    household.open("/don-ho/").follow(number)
    assert household.sees(own)
    assert not household.sees(others)
    household.submit("tra-loi", step="accept")
