"""The whole story on real phones: a household's tea, from its doorstep to the province's report."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from demo.people import STAFF_PASSWORD
from demo.pictures import painted
from tests.journeys.browser.phone import Phone

pytestmark = pytest.mark.browser

VOLUNTEER, LEADER = ("0912.000.101", "+84912000101"), ("84 912 000 102", "+84912000102")
OFFICER, HOUSEHOLD = ("0912000202", "+84912000202"), ("0987 650 321", "+84987650321")
NEXT_DOOR = ("0987 650 322", "+84987650322")
HONEY_KEEPER = ("0912 001 006", "+84912001006")
TEA = "Chè Tân Cương búp nõn nhà Năm"


class Story:
    """The people's phones and what they must remember between scenes."""

    def __init__(self, browser: object, server: str, screenshots: Path) -> None:
        self.browser, self.server, self.screenshots = browser, server, screenshots

    def phone(self, owner: str, *, script: bool = True) -> Phone:
        return Phone(self.browser, self.server, self.screenshots, owner, script=script)

    def picture_file(self) -> str:
        path = self.screenshots / "tea.jpg"
        path.write_bytes(painted("che-bup-thai-nguyen-vietgap").read())
        return str(path)


@pytest.fixture
def story(chromium, server, screenshots) -> Story:
    return Story(chromium, server, screenshots)


def test_a_household_from_its_doorstep_to_the_provinces_report(story):
    officer = story.phone("officer").sign_in_staff(*OFFICER, STAFF_PASSWORD)
    before = figures(officer)
    volunteer = story.phone("volunteer").sign_in(*VOLUNTEER)
    open_account(volunteer)
    list_the_tea(volunteer, story.picture_file())
    check_the_tea(story.phone("leader").sign_in(*LEADER))
    number = buy_tea_and_honey(story.phone("buyer", script=False))
    answer_own_part(story.phone("household").sign_in(*HOUSEHOLD), number, "Chè Tân Cương", "Mật ong")
    answer_own_part(story.phone("honey").sign_in(*HONEY_KEEPER), number, "Mật ong", "Chè Tân Cương")
    follow_the_order(story.phone("buyer-later", script=False), number)
    after = figures(officer)
    counted = ("accounts", "active", "products", "transactions")
    assert {name: after[name] - before[name] for name in counted} == dict.fromkeys(counted, 1)
    export_the_month(officer)


def test_an_account_with_its_first_listing_takes_15_taps_and_7_fields(story):
    """What must be pressed and typed, and no more; a photo is a tap."""
    volunteer = story.phone("quick").sign_in(*VOLUNTEER).open("/to/")
    volunteer.taps = volunteer.fields = 0
    volunteer.press("Giúp một hộ mới").fill(phone=NEXT_DOOR[0]).send().fill(head_name="Lý Thị Sáu").send()
    volunteer.press("Làm tiếp").tick("known_by", "neighbour").send()
    for _agreement in ("consent", "mandate"):
        volunteer.send().fill(code=volunteer.message_code(NEXT_DOOR[1])).send()
    volunteer.send().press("Đăng mặt hàng")
    volunteer.page.locator("main [name=photos]").set_input_files(story.picture_file())
    volunteer.taps += 1
    volunteer.fill(title="Chè đinh nhà Sáu", price="250.000", stock="30")
    volunteer.page.locator("main select[name=category_id]").select_option(label="Chè (trà): Chè xanh")
    volunteer.taps += 1
    volunteer.press("Lưu và gửi kiểm tra").picture("quick")
    assert "chờ kiểm tra" in volunteer.text
    assert (volunteer.taps <= 15, volunteer.fields <= 7) == (True, True), (volunteer.taps, volunteer.fields)


def figures(officer: Phone) -> dict[str, int]:
    """The officer's overview of this month: indicator code to number."""
    officer.open("/bao-cao/").picture("figures")
    found = {}
    for tile in officer.page.locator("a.tile__figure").all():
        code = re.search(r"chi-tieu/([\w-]+)/", str(tile.get_attribute("href")))
        assert code, "a figure without its indicator"
        found[code[1]] = int(re.sub(r"\D", "", tile.inner_text()))
    return found


def open_account(volunteer: Phone) -> None:
    """Five steps at the door; consent and mandate by a code that only the household's phone receives."""
    volunteer.open("/to/").picture("team").open("/to/moi/").fill(phone=HOUSEHOLD[0]).send()
    volunteer.fill(head_name="Nguyễn Văn Năm", village_name="Xóm Hồng Thái", storefront_name="Chè nhà Năm").send()
    volunteer.picture("case").press("Làm tiếp")
    volunteer.tick("known_by", "neighbour").send()
    volunteer.picture("consent").send().fill(code=volunteer.message_code(HOUSEHOLD[1])).send()
    for scope in ("storefront", "listing", "orders"):
        volunteer.tick("scopes", scope)
    volunteer.tick("days", "365").picture("mandate").send()
    volunteer.fill(code=volunteer.message_code(HOUSEHOLD[1])).send()
    volunteer.fill(story="Đồi chè bên hồ Núi Cốc, sao tay mỗi sáng.").send().picture("first-listing")


def list_the_tea(volunteer: Phone, picture: str) -> None:
    volunteer.press("Đăng mặt hàng")
    volunteer.page.locator("main [name=photos]").set_input_files(picture)
    volunteer.fill(title=TEA, price="250.000", net_weight_g="500 g", stock="20")
    volunteer.fill(description="Một tôm hai lá, hút chân không.")
    volunteer.page.locator("main select[name=category_id]").select_option(label="Chè (trà): Chè xanh")
    volunteer.choose(sale_unit="bag").picture("listing").press("Lưu và gửi kiểm tra")
    volunteer.picture("listed")


def check_the_tea(leader: Phone) -> None:
    leader.open("/san-hang/cho-kiem-tra/").picture("to-check").press(TEA)
    leader.picture("check").press("Đăng bán")


def buy_tea_and_honey(buyer: Phone) -> str:
    """Without tones, without script, without an account, from two households at once; returns the order's number."""
    buyer.open("/").picture("home").page.locator("[name=q]").first.fill("che tan cuong")
    buyer.page.locator("[name=q]").first.press("Enter")
    buyer.page.wait_for_url("**/tim/**")
    buyer.picture("found").press(TEA)
    buyer.picture("tea").press("Thêm vào giỏ")
    buyer.open("/tim/?q=mat+ong+la+bang").press("Mật ong hoa rừng")
    buyer.press("Thêm vào giỏ").open("/gio-hang/").picture("basket").open("/dat-hang/")
    buyer.fill(phone="0905 111 222", name="Lê Thu Cúc", commune="Hải Châu, Đà Nẵng", address="15 Bạch Đằng").send()
    buyer.picture("check").press("Đặt hàng").picture("code").fill(code=buyer.message_code("+84905111222"))
    buyer.press("Xác nhận và đặt hàng")
    buyer.picture("placed")
    number = re.search(r"\b\d{6}-\d{6}\b", buyer.text)
    assert number, buyer.text
    return number[0]


def answer_own_part(household: Phone, number: str, own: str, others: str) -> None:
    """The order waits; only the household's own goods stand in it."""
    household.open("/don-ho/").picture("orders")
    household.page.locator(f"main a[href*='{number}']").first.click()
    assert own in household.text
    assert others not in household.text
    household.picture("part").press("Nhận đơn").picture("accepted")


def follow_the_order(buyer: Phone, number: str) -> None:
    buyer.open("/don-hang/").fill(number=number, phone="+84 905 111 222").send().picture("tracking")
    assert buyer.text.count("đã nhận") >= 2, buyer.text


def export_the_month(officer: Phone) -> None:
    officer.open("/bao-cao/ban-xuat/").choose(dinh_dang="xlsx").press("Tạo tệp").picture("exports")
    ready, look_again = officer.page.locator("main a[href$='/tai/']"), officer.page.locator("main a.button--quiet")
    while not ready.count():  # another process makes the file; look_again goes once nothing waits
        look_again.click()
    with officer.page.expect_download() as download:
        ready.first.click()
    assert Path(download.value.path()).read_bytes()[:2] == b"PK"
