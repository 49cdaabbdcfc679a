"""The pages that the law asks for: drafts until the operator's facts are known, then in every footer."""

from __future__ import annotations

from html import unescape

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from accounts.workspaces import notices_for
from content.models import OperatorFacts, TrustKind, TrustPage
from content.services import build_trust_pages, publish_trust_pages
from content.trust_links import forget_trust_links, known_trust_links, trust_links
from tests.accessibility import problems
from tests.crowd import gather
from tests.sign_in import sign_in

FACTS = {
    "operator_name": "Trung tâm <thử>",
    "registration_number": "0101",
    "registration_issuer": "Sở thử, 1/7/2026",
    "representative": "Nguyễn Văn Thử",
    "address": "Số 1 đường Thử",
    "phone": "1900 0000",
    "answering_hours": "8:00–17:00",
    "email": "thu@example.vn",
    "ministry_notice": "Số 1, 2/7/2026",
    "data_contact": "Bộ phận dữ liệu",
}


@pytest.fixture
def pages(home, now) -> None:
    build_trust_pages(now=now)
    forget_trust_links()


@pytest.fixture
def facts(pages, now) -> OperatorFacts:
    written = OperatorFacts.load()
    for name, value in FACTS.items():
        setattr(written, name, value)
    written.save()
    return written


def test_there_is_one_page_of_each_kind_and_it_is_a_draft_while_facts_lack(client, pages, now):
    assert set(TrustPage.objects.values_list("kind", flat=True)) == set(TrustKind)
    assert not TrustPage.objects.live().exists()
    assert client.get("/lien-he/").status_code == 404
    assert "/lien-he/" not in client.get("/huong-dan/").content.decode()
    assert build_trust_pages(now=now) == 0


def test_with_the_facts_they_are_published_and_say_them_in_both_languages(
    client, facts, now, django_assert_num_queries
):
    assert publish_trust_pages(now=now) == len(TrustKind)
    forget_trust_links()
    for page in TrustPage.objects.all():
        for language in ("vi", "en"):
            client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
            answer = client.get(f"/{page.slug}/")
            text = answer.content.decode()
            assert answer.status_code == 200
            assert "[[" not in text
            assert "<thử>" not in text
            assert problems(text) == []
            assert unescape(text).count(page.title if language == "vi" else page.title_en) >= 3  # title, h1, footer
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "vi"
    assert "Trung tâm &lt;thử&gt;" in client.get("/don-vi-van-hanh/").content.decode()
    assert "trong vòng 72 giờ" in client.get("/lien-he/").content.decode()
    with django_assert_num_queries(0):
        assert [link.kind for link in trust_links()] == list(TrustKind)


def test_a_page_that_loses_a_fact_leaves_the_footer_and_is_found_no_more(client, facts, now):
    publish_trust_pages(now=now)
    assert client.get("/lien-he/").status_code == 200
    facts.phone = ""
    facts.save()
    assert client.get("/lien-he/").status_code == 404
    assert "contact" not in [link.kind for link in trust_links()]


def test_an_operator_reads_what_is_missing_and_what_to_publish(cast, pages, now):
    (missing,) = notices_for(cast.operator, now)
    assert "tên đơn vị vận hành" in missing.words
    assert missing.url == reverse("wagtailsettings:edit", args=["content", "operatorfacts"])
    assert not [notice for notice in notices_for(cast.head, now) if "đơn vị" in notice.words]
    written = OperatorFacts.load()
    for name, value in FACTS.items():
        setattr(written, name, value)
    written.save()
    assert len(notices_for(cast.operator, now)) == len(TrustKind)
    publish_trust_pages(now=now)
    assert notices_for(cast.operator, now) == []


def test_the_editor_does_not_publish_what_names_an_unknown_fact(client, cast, pages):
    page = TrustPage.objects.get(kind=TrustKind.RETURNS)
    sign_in(client, cast.operator)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = client.get(edit).context["form"]
    sent = {
        name: form[name].value() or ""
        for name in ("title", "title_en", "summary", "summary_en", "kind", "slug", "seo_title", "search_description")
    }
    blocks = {"body-count": "1", "body-0-type": "note", "body-0-order": "0", "body-0-deleted": "", "body_en-count": "0"}
    answer = client.post(edit, sent | blocks | {"body-0-value": "Gọi [[phone]].", "action-publish": "1"}, follow=True)
    assert "điện thoại cho người mua và hộ" in answer.content.decode()
    page.refresh_from_db()
    assert not page.live
    assert "Gọi [[phone]]." in str(page.get_latest_revision_as_object().body.get_prep_value())


def test_a_name_that_is_no_fact_is_refused(pages):
    page = TrustPage.objects.get(kind=TrustKind.CONTACT)
    page.body = [("note", "Gọi [[telefon]]")]
    with pytest.raises(ValidationError, match=r"\[\[telefon\]\]"):
        page.full_clean()


def test_operators_write_the_facts_and_editors_do_not(client, cast, pages):
    address = reverse("wagtailsettings:edit", args=["content", "operatorfacts", OperatorFacts.load().pk])
    sign_in(client, gather(cast).people["editor"])
    assert client.post(address, FACTS)["Location"] == reverse("wagtailadmin_home")
    assert OperatorFacts.load().phone == ""
    sign_in(client, cast.operator)
    assert client.get(address).status_code == 200
    assert client.post(address, FACTS).status_code == 302
    assert OperatorFacts.load().phone == "1900 0000"


@pytest.mark.parametrize("template", ["404.html", "403.html", "403_csrf.html", "413.html", "429.html"])
def test_pages_of_failures_say_whom_to_ask(facts, now, rf, template):
    publish_trust_pages(now=now)
    forget_trust_links()
    with translation.override("vi"):
        page = render_to_string(template, {"megabytes": 64}, rf.get("/"))
    assert page.index('href="/lien-he/"') < page.index("</main>")
    assert page.index('href="/khieu-nai/"') < page.index("</main>")


def test_the_page_of_an_error_says_it_too_and_asks_neither_database_nor_cache(
    facts, now, django_assert_num_queries, monkeypatch
):
    publish_trust_pages(now=now)
    forget_trust_links()
    trust_links()
    monkeypatch.setattr("content.trust_links.cache", None)
    with django_assert_num_queries(0):
        page = render_to_string("500.html", {"reference": "ABCD-EFGH"})
    assert 'href="/lien-he/"' in page
    assert known_trust_links()


def test_the_command_adds_them_behind_the_other_pages(home, capsys):
    call_command("load_trust_pages")
    assert capsys.readouterr().out == "7 pages of trust added\n"
