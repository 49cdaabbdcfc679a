"""The field app in a real Chromium, with the network cut and restored at each step of the story.

What is read is what people see: the app's screens on the phone, and the site's pages for what reached the shop.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.catalog.pictures import jpeg
from tests.journeys.browser.phone import Phone

pytestmark = pytest.mark.browser
VOLUNTEER, LEADER = ("0912.000.101", "+84912000101"), ("84 912 000 102", "+84912000102")
PIN = "402917"
NAME = "Chè Thung Lũng"


class FieldApp(Phone):
    """A volunteer's phone with the app: it loses its signal and finds it again."""

    def start(self) -> FieldApp:
        self.page.goto(f"{self.server}/to/app/")
        self.page.locator("main h1").wait_for()
        return self

    def enter(self, pin: str) -> FieldApp:
        self.fill(pin=pin)
        self.page.locator("main .form__actions button").click()
        return self

    def set_up(self) -> FieldApp:
        self.start().fill(pin=PIN, again=PIN)
        self.see("set-up").enter(PIN)
        self.page.get_by_role("heading", name="Việc đi cơ sở").wait_for()
        self.page.get_by_text("Đã gửi hết").wait_for()
        self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        return self

    def cut(self) -> FieldApp:
        self.context.set_offline(True)
        return self

    def restore(self) -> FieldApp:
        self.context.set_offline(False)
        self.page.evaluate("window.dispatchEvent(new Event('online'))")
        return self

    def go(self, where: str) -> FieldApp:
        self.page.evaluate("where => { location.hash = where }", where)
        return self

    def save(self) -> FieldApp:
        self.page.locator("main form .form__actions button:visible").click()
        return self

    def states(self) -> list[str]:
        """Of all that was written on this phone, as its list shows it."""
        self.go("/viec")
        self.page.get_by_role("heading", name="Những gì đã ghi trên máy").wait_for()
        rows = self.page.locator("ul.outbox > li")
        return [str(state) for state in rows.evaluate_all("rows => rows.map((row) => row.dataset.state)")]

    def wait_for(self, state: str, count: int) -> FieldApp:
        """Until so many of the list are in this state, and none waits if it is another one."""
        self.go("/viec")
        self.page.wait_for_function(
            """([state, count]) => {
                const rows = [...document.querySelectorAll("ul.outbox > li")].map((row) => row.dataset.state);
                return rows.filter((found) => found === state).length >= count
                  && (state === "waiting" || !rows.includes("waiting"));
            }""",
            arg=[state, count],
        )
        return self

    def see(self, name: str) -> FieldApp:
        self.check_width()
        self.picture(name)
        return self


@pytest.fixture(scope="module")
def signed_in(chromium, server, tmp_path_factory) -> list:
    """The volunteer's cookies: one code for all tests, because many in a row become long ones."""
    phone = Phone(chromium, server, tmp_path_factory.mktemp("sign-in"), "volunteer")
    phone.sign_in(*VOLUNTEER)
    return phone.context.cookies()


@pytest.fixture
def app(chromium, server, screenshots: Path, signed_in) -> FieldApp:
    phone = FieldApp(chromium, server, screenshots, "field")
    phone.context.add_cookies(signed_in)
    return phone


@pytest.fixture
def paper(tmp_path) -> str:
    path = tmp_path / "giay.jpg"
    path.write_bytes(jpeg(3000, 2000))
    return str(path)


def test_a_whole_account_is_written_without_signal_and_arrives_once(app, paper):
    app.set_up().see("home").cut().start().enter(PIN)
    app.page.get_by_role("link", name="Hộ mới").wait_for()
    app.go("/ho-moi").page.locator("[name=head_name]").wait_for()
    app.fill(phone="0971 555 018", head_name="Ma Thị Lũng", storefront_name=NAME, village_name="Xóm Hồng Thái").save()
    app.page.get_by_role("heading", name=NAME).wait_for()
    household = app.page.url.split("#/ho/")[1]
    assert app.see("household").states() == ["waiting"]

    written = 1
    for step in (write_identity, write_consent, write_mandate, write_listing):
        app.restore().wait_for("arrived", written).cut()
        written += step(app, household, paper)
        assert "waiting" in app.states()
    app.see("outbox").restore().wait_for("arrived", written)

    app.go(f"/ho/{household}")
    app.page.get_by_role("link", name="Chè búp Thung Lũng").click()
    app.page.get_by_role("heading", name="Chè búp Thung Lũng").wait_for()
    listing = app.page.url.split("#/tin/")[1]
    written = write_with_lost_answers(app, listing, written)
    written = send_a_photo_that_breaks_off(app, listing, paper, written)
    app.go(f"/tin/{listing}").page.get_by_role("heading", name="Chè búp").wait_for()
    for told in ("180.000", "17 đang bán", "2 ảnh"):  # as the server has it: nothing waits here any more
        app.page.get_by_text(told).first.wait_for()
    app.see("listing")
    assert set(app.states()) == {"arrived"}
    what_reached_the_shop(app)


def write_identity(app: FieldApp, household: str, paper: str) -> int:
    app.go(f"/danh-tinh/{household}").page.locator("[name=known_by]").wait_for()
    app.fill(known_by="Hàng xóm biết").save()
    app.page.get_by_role("heading", name=NAME).wait_for()
    return 1


def write_consent(app: FieldApp, household: str, paper: str) -> int:
    app.go(f"/dong-y/{household}").page.locator("[name=photo]").set_input_files(paper)
    app.see("consent").save()
    app.page.get_by_role("heading", name=NAME).wait_for()
    return 1


def write_mandate(app: FieldApp, household: str, paper: str) -> int:
    app.go(f"/uy-quyen/{household}").page.locator("[name=photo]").set_input_files(paper)
    app.see("mandate").save()
    app.page.get_by_role("heading", name=NAME).wait_for()
    return 1


def write_listing(app: FieldApp, household: str, paper: str) -> int:
    app.go(f"/tin-moi/{household}").page.locator("[name=title]").wait_for()
    app.fill(title="Chè búp Thung Lũng", price="180k", stock="12")
    app.page.locator("[name=category_id]").select_option(index=3)
    app.page.locator("[name=photo]").set_input_files(paper)
    app.see("new-listing").save()
    app.page.get_by_role("heading", name="Chè búp Thung Lũng").wait_for()
    return 2  # its photo is an act of its own


def write_with_lost_answers(app: FieldApp, listing: str, written: int) -> int:
    """The server hears the bundle, the phone does not hear the answer: the stock is counted once all the same."""
    app.go(f"/tin/{listing}").page.locator("summary", has_text="Số lượng").click()
    lost: list[int] = []
    is_deaf = True

    def lose(route) -> None:
        if is_deaf:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    app.context.route("**/to/api/v1/bundles", lose)
    app.fill(difference="5").save()
    app.page.get_by_text("Không có sóng").wait_for()
    assert "waiting" in app.states()
    assert lost[0] == 200
    is_deaf = False
    app.restore().wait_for("arrived", written + 1)
    app.go(f"/tin/{listing}").page.get_by_text("17 đang bán").wait_for()
    return written + 1


def send_a_photo_that_breaks_off(app: FieldApp, listing: str, paper: str, written: int) -> int:
    """After its first piece the network is gone; later the upload goes on from there."""
    broken: list[str] = []
    resumed: list[str] = []
    is_cut = True

    def break_off(route) -> None:
        offset = route.request.headers["upload-offset"]
        (broken if is_cut else resumed).append(offset)
        if is_cut and offset != "0":
            route.abort()
        else:
            route.continue_()

    app.context.route(re.compile(r"/to/api/v1/uploads/[0-9a-f-]+/"), break_off)
    other = Path(paper).with_name("khac.jpg")
    other.write_bytes(noisy_jpeg())
    app.page.locator("summary", has_text="Ảnh").click()
    app.page.locator("[name=photo]").set_input_files(str(other))
    app.save().page.get_by_text("Không có sóng").wait_for()
    is_cut = False
    app.restore().wait_for("arrived", written + 1)
    assert broken[0] == "0"
    assert resumed[0] == broken[1] != "0"
    return written + 1


def noisy_jpeg() -> bytes:
    """A picture that no JPEG makes small, so that it goes in several pieces."""
    import io
    import random

    from PIL import Image

    chance = random.Random(7)
    image = Image.frombytes("RGB", (1200, 900), chance.randbytes(1200 * 900 * 3))
    kept = io.BytesIO()
    image.save(kept, "JPEG", quality=80)
    return kept.getvalue()


def what_reached_the_shop(app: FieldApp) -> None:
    """The team's own page finds the household once."""
    app.open("/to/?q=Thung+Lung")
    found = app.page.locator('a[href^="/to/ho/HN-"]').get_by_text(NAME, exact=True)
    assert found.count() == 1


def test_a_lost_phone_is_locked_by_the_leader_and_reads_nothing_any_more(chromium, server, screenshots):
    """It signs in by itself, because the session in which it was set up ends with it."""
    app = FieldApp(chromium, server, screenshots, "field-lost")
    app.sign_in(*VOLUNTEER)
    app.set_up()
    leader = Phone(chromium, server, screenshots, "field-leader")
    leader.sign_in(*LEADER).open("/to/dien-thoai/").picture("phones")
    leader.page.get_by_role("button", name="Khóa", exact=True).first.click()  # of one name the newest stands first
    leader.page.get_by_text("Đã khóa điện thoại").wait_for()
    app.go("/viec").page.get_by_text("Điện thoại này đã bị khóa").first.wait_for()
    app.see("locked").start().enter(PIN)
    app.page.locator("main [role=alert]:visible").get_by_text("đã bị khóa").wait_for()
    app.cut().start().enter(PIN)
    app.page.locator("main [role=alert]:visible").get_by_text("mất sóng quá lâu").wait_for()
    app.context.set_offline(False)
    leader.page.get_by_role("button", name="Mở khóa", exact=True).first.click()
    leader.page.get_by_text("Đã mở khóa").wait_for()
    app.start().enter(PIN).page.get_by_role("link", name="Hộ mới").wait_for()
    assert app.page.get_by_role("link", name="Hộ mới").is_visible()


def test_wrong_pins_without_signal_slow_down_and_then_delete_everything(app):
    app.set_up().cut().start()
    for _time in range(3):
        app.enter("111112").page.locator("main [role=alert]:visible").get_by_text("không đúng").wait_for()
        app.start()
    app.enter(PIN).page.locator("main [role=alert]:visible").get_by_text("Hãy đợi").wait_for()
    for _time in range(7):
        forget_the_wait(app)
        app.start().enter("111112").page.locator("main form button:enabled").wait_for()
    app.page.get_by_role("button", name="Cài đặt trên máy này").wait_for()
    assert app.page.evaluate("indexedDB.databases().then((all) => all.some((one) => one.name === 'field'))") is False


def forget_the_wait(app: FieldApp) -> None:
    """As if the minutes of the wait had gone by."""
    app.page.evaluate(
        """async () => {
            const { openDB } = await import("/static/field/vendor/idb-8.0.4.js");
            const db = await openDB("field");
            const row = await db.get("plain", "phone");
            await db.put("plain", { ...row, wrongAt: 0 }, "phone");
            db.close();
        }"""
    )
