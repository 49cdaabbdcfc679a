"""Vietnamese whatever the browser says; English by the switch."""

import pytest


def test_a_browser_that_asks_for_english_gets_vietnamese(client, db):
    page = client.get("/khong-co/", headers={"accept-language": "en-US,en;q=0.9"})
    assert page["Content-Language"] == "vi"
    assert '<html lang="vi">' in page.content.decode()
    assert "Không có trang này" in page.content.decode()


def test_the_switch_turns_the_page_english_and_returns_to_it(client, db):
    answer = client.post("/ngon-ngu/", {"language": "en", "next": "/khong-co/?x=1"})
    assert answer["Location"] == "/khong-co/?x=1"
    page = client.get("/khong-co/")
    assert '<html lang="en">' in page.content.decode()
    assert "This page is not here" in page.content.decode()


@pytest.mark.parametrize("language", ["xx", "fr", "../../etc"])
def test_a_language_we_do_not_speak_falls_back_to_vietnamese(client, db, settings, language):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    assert client.get("/khong-co/")["Content-Language"] == "vi"
