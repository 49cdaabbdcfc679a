"""The pages that answer failures are plain, whole, and lead to the log."""

import logging
import re

from django.test import Client, RequestFactory, override_settings
from django.urls import path
from django.views.csrf import csrf_failure

from marketplace.logs import add_failure_reference
from tests.accessibility import problems


def broken(request):
    raise RuntimeError("the kiln is cold")


urlpatterns = [path("hong/", broken)]
handler500 = "core.failures.server_error"


@override_settings(ROOT_URLCONF=__name__)
def test_the_failure_page_shows_the_reference_that_stands_in_the_log(caplog):
    page = Client(raise_request_exception=False).get("/hong/")
    reference = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}", page.content.decode()).group()
    assert page.status_code == 500
    [record] = [record for record in caplog.records if record.exc_info and record.name == "django.request"]
    assert add_failure_reference(None, "error", {"_record": record})["reference"] == reference
    assert problems(page.content.decode()) == []


def test_a_record_without_a_request_is_logged_without_a_reference():
    record = logging.LogRecord("a", logging.INFO, "", 1, "b", (), None)
    assert add_failure_reference(None, "info", {"_record": record}) == {"_record": record}


def test_a_missing_page_offers_the_search(client, db):
    page = client.get("/khong-co/").content.decode()
    assert 'action="/tim/"' in page
    assert problems(page) == []


def test_a_stale_form_is_answered_with_what_to_do(rf: RequestFactory):
    page = csrf_failure(rf.post("/"))
    assert page.status_code == 403
    assert "Chưa có gì được lưu" in page.content.decode()


def test_a_post_without_its_token_meets_our_own_page(db):
    page = Client(enforce_csrf_checks=True).post("/ngon-ngu/", {"language": "en"})
    assert page.status_code == 403
    assert "Xin gửi lại lần nữa" in page.content.decode()
