"""One person's phone: a Chromium page of 360 px that signs in, fills forms by name and takes pictures."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

WIDTH = 360


class Phone:
    """``page`` is Playwright's; every page that is shown must fit the width and come without a server error.

    ``taps`` counts links and buttons pressed, boxes ticked and choices made; ``fields`` what was typed.
    """

    def __init__(self, browser: Any, server: str, screenshots: Path, owner: str, *, script: bool = True) -> None:
        self.server, self.screenshots, self.owner = server, screenshots, owner
        self.context = browser.new_context(
            viewport={"width": WIDTH, "height": 740}, locale="vi-VN", java_script_enabled=script
        )
        self.page = self.context.new_page()
        self.taken = self.taps = self.fields = 0

    def open(self, address: str) -> Phone:
        answer = self.page.goto(address if address.startswith("http") else self.server + address)
        assert answer is not None
        assert answer.status == 200, f"{address}: {answer.status}"
        return self.check_width()

    def check_width(self) -> Phone:
        """Nothing makes the page scroll sideways."""
        needed = self.page.evaluate("document.documentElement.scrollWidth")
        assert needed <= WIDTH, f"{self.page.url} needs {needed} px"
        return self

    def fill(self, **fields: str) -> Phone:
        self.fields += len(fields)
        for name, value in fields.items():
            self.page.locator(f"main [name={name}]").first.fill(value)
        return self

    def tick(self, name: str, value: str) -> Phone:
        box = self.page.locator(f'main [name={name}][value="{value}"]')
        self.taps += not box.is_checked()
        box.check()
        return self

    def choose(self, **fields: str) -> Phone:
        self.taps += len(fields)
        for name, value in fields.items():
            self.page.locator(f"main select[name={name}]").select_option(value)
        return self

    def press(self, words: str) -> Phone:
        """The first button or link of the page's own part that says ``words``."""
        pattern = re.compile(re.escape(words))
        main = self.page.locator("main")
        target = main.get_by_role("button", name=pattern).or_(main.get_by_role("link", name=pattern)).first
        self.taps += 1
        target.click()
        self.page.wait_for_load_state()
        return self.check_width()

    def send(self) -> Phone:
        """The main button of the page's form."""
        self.taps += 1
        self.page.locator("main .form__actions button").first.click()
        self.page.wait_for_load_state()
        return self.check_width()

    def picture(self, name: str) -> Phone:
        self.taken += 1
        self.page.screenshot(path=self.screenshots / f"{self.owner}-{self.taken:02}-{name}.png", full_page=True)
        return self

    @property
    def text(self) -> str:
        return str(self.page.locator("main").inner_text())

    def message_code(self, phone: str) -> str:
        """The newest code that the on-screen outbox shows for ``phone``, read on another page of this phone."""
        outbox = self.context.new_page()
        outbox.goto(self.server + "/hop-tin/")
        shown = str(outbox.locator("main").inner_text())
        outbox.close()
        after = shown.split(phone, 1)[1]
        found = re.search(r"\b(\d{6}|\d{3}(?:-\d{3}){5})\b", after.split("+84", 1)[0])  # long where many were asked for
        assert found, f"no code for {phone} in: {shown[:500]}"
        return found[1]

    def sign_in(self, typed: str, phone: str) -> Phone:
        """With the number as ``typed``; ``phone`` is the same number in E.164."""
        self.open("/dang-nhap/").fill(phone=typed).send()
        return self.fill(code=self.message_code(phone)).send()

    def sign_in_staff(self, typed: str, phone: str, password: str) -> Phone:
        self.open("/dang-nhap/mat-khau/").fill(login=typed, password=password).send()
        return self.fill(code=self.message_code(phone)).send()
