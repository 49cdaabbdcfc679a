"""Certificates from the paper to the page: written down once, confirmed by an operator, seen by buyers."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog.certificates.ocop import OcopPaper
from catalog.certificates.services import record_ocop_certificate, record_quality_certificate
from catalog.models import Product, QualityCertificate
from households.access import Acting
from tests.accessibility import problems
from tests.factories.catalog import certified, listing, quality_paper
from tests.sign_in import sign_in

WAITING = "/van-hanh/chung-nhan/"


@pytest.fixture
def tea(own) -> Product:
    return listing(own, timezone.now())


def typed(**changes: str) -> dict[str, str]:
    paper = {
        "kind": "organic",
        "number": "HC-2026/17",
        "issuing_authority": "Trung tâm chứng nhận Việt Bắc",
        "holder": "Trà nhà Hoa",
        "issued_date": timezone.localdate().strftime("%d/%m/%Y"),
        "expiry_date": "31/12/2099",
    }
    return paper | changes


def address(product: Product) -> str:
    return f"/san-hang/{product.pk}/chung-nhan/"


def field(page: str, name: str) -> str:
    """What a text field is filled with."""
    return re.search(rf'name="{name}" value="([^"]*)"', page)[1]


@pytest.mark.parametrize("who", ["head", "volunteer"])
def test_it_goes_from_the_paper_to_the_page(client, cast, tea, who):
    writer = sign_in(Client(), getattr(cast, who))
    assert problems(writer.get(address(tea)).content.decode()) == []
    assert writer.post(address(tea), typed()).status_code == 302
    overview = writer.get(f"/san-hang/{tea.pk}/").content.decode()
    assert "HC-2026/17" in overview
    assert "chờ xác nhận" in overview
    assert "badge--certified" not in client.get(tea.get_absolute_url()).content.decode()
    sign_in(client, cast.operator)
    waiting = client.get(WAITING).content.decode()
    assert "HC-2026/17" in waiting
    assert problems(waiting) == []
    client.post(f"{WAITING}{QualityCertificate.objects.get().pk}/xac-nhan/")
    page = client.get(tea.get_absolute_url()).content.decode()
    for said in ("badge--certified", "Hữu cơ", "HC-2026/17", "Trung tâm chứng nhận Việt Bắc", "31/12/2099"):
        assert said in page, said
    assert "HC-2026/17" not in client.get(WAITING).content.decode()


@pytest.mark.parametrize(
    ("language", "wrong", "name", "said"),
    [
        ("vi", {"expiry_date": ""}, "expiry_date", "Hãy ghi ngày hết hạn đúng như trên giấy."),
        ("en", {"expiry_date": ""}, "expiry_date", "Write until when it is valid, as it stands on the paper."),
        ("vi", {"expiry_date": "01/01/2020", "issued_date": "01/01/2019"}, "expiry_date", "đã hết hạn"),
        ("en", {"expiry_date": "01/01/2020", "issued_date": "01/01/2019"}, "expiry_date", "has expired"),
        ("vi", {"issued_date": "hôm qua"}, "issued_date", ""),
        ("vi", {"kind": ""}, "kind", ""),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(client, cast, tea, language, wrong, name, said):
    sign_in(client, cast.head)
    client.cookies["django_language"] = language
    answer = client.post(address(tea), typed(**wrong))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [name]
    assert said in page
    kept = typed(**wrong)
    assert {key: field(page, key) for key in ("number", "holder") if kept[key]} == {
        "number": "HC-2026/17",
        "holder": "Trà nhà Hoa",
    }
    assert not QualityCertificate.objects.exists()


def test_the_same_paper_twice_is_refused_at_its_number(client, cast, tea):
    sign_in(client, cast.head)
    client.post(address(tea), typed())
    answer = client.post(address(tea), typed())
    assert list(answer.context["form"].errors) == ["number"]


def test_food_safe_premises_need_no_last_day(client, cast, tea):
    sign_in(client, cast.head)
    client.post(address(tea), typed(kind="food_safety", expiry_date=""))
    made = QualityCertificate.objects.get()
    assert made.expiry_date.year == made.issued_date.year + 3


def test_another_listing_begins_with_the_households_paper(client, cast, own, tea):
    now = timezone.now()
    record_quality_certificate(acting=own, listing=tea, paper=quality_paper(now), now=now)
    record_quality_certificate(
        acting=own, listing=tea, paper=quality_paper(now, kind="organic", number="HC-1", holder="HTX Xanh"), now=now
    )
    second = listing(own, now, title="Chè nõn tôm")
    sign_in(client, cast.head)
    latest, chosen = (client.get(address(second), query).content.decode() for query in ({}, {"kind": "vietgap"}))
    assert (field(latest, "number"), field(latest, "holder")) == ("HC-1", "HTX Xanh")
    assert (field(chosen, "number"), field(chosen, "holder")) == ("VG-19-0042", "Hợp tác xã chè Hồng Thái")
    assert re.fullmatch(r"\d\d/\d\d/\d{4}", field(chosen, "expiry_date"))
    assert '<option value="vietgap" selected>' in chosen
    assert problems(chosen) == []
    other_kind = client.get(address(second), {"kind": "haccp"}).content.decode()
    assert field(other_kind, "holder") == "HTX Xanh"
    assert 'name="number" value=' not in other_kind


def test_a_listing_is_not_begun_with_what_it_carries_or_with_what_has_ended(client, cast, own, tea):
    now = timezone.now()
    record_quality_certificate(acting=own, listing=tea, paper=quality_paper(now), now=now)
    QualityCertificate.objects.create(
        product=listing(own, now), kind="organic", number="OLD", holder="Hoa", issuing_authority="X",
        issued_date="2020-01-01", expiry_date="2022-01-01",
    )  # fmt: skip
    sign_in(client, cast.head)
    page = client.get(address(tea)).content.decode()
    assert "VG-19-0042" not in page
    assert "OLD" not in page


def test_another_household_is_shown_nothing_of_a_paper(client, cast, own, tea):
    now = timezone.now()
    record_quality_certificate(acting=own, listing=tea, paper=quality_paper(now), now=now)
    theirs = listing(Acting(cast.other_head, cast.other_household), now)
    sign_in(client, cast.other_head)
    assert "VG-19-0042" not in client.get(address(theirs)).content.decode()
    assert client.get(address(tea)).status_code == 404
    assert client.post(address(tea), typed()).status_code == 404
    assert QualityCertificate.objects.count() == 1


@pytest.mark.parametrize("who", ["stranger", "buyer", "other_head", "other_volunteer"])
def test_a_stranger_confirms_nothing(client, cast, own, tea, who):
    now = timezone.now()
    made = record_quality_certificate(acting=own, listing=tea, paper=quality_paper(now), now=now)
    sign_in(client, getattr(cast, who))
    client.post(f"{WAITING}{made.pk}/xac-nhan/")
    made.refresh_from_db()
    assert made.confirmed_at is None


def test_a_card_shows_the_certificate(client, cast, own, tea):
    certified(tea, own, cast.operator, timezone.now())
    page = client.get(f"/gian-hang/{cast.household.slug}_{cast.household.code}/").content.decode()
    assert '<li class="badge badge--certified">VietGAP</li>' in page


def test_the_pages_are_complete_in_english(client, cast, own, tea):
    certified(tea, own, cast.operator, timezone.now(), kind="geographical_indication")
    sign_in(client, cast.head)
    client.cookies["django_language"] = "en"
    assert "Geographical indication" in client.get(tea.get_absolute_url()).content.decode()
    assert "Only for food-safe premises" in client.get(address(tea)).content.decode()


def test_confirming_is_paged_and_takes_the_same_queries_for_more(client, cast, own, tea):
    sign_in(client, cast.operator)
    now, counts = timezone.now(), []
    for more in (2, 40):
        for number in range(more):
            paper = quality_paper(now, number=f"{more}-{number}")
            record_quality_certificate(acting=own, listing=tea, paper=paper, now=now)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(WAITING)
        counts.append((len(page.context["page_obj"].object_list), len(queries)))
    assert [rows for rows, _ in counts] == [2, 30]
    assert counts[0][1] == counts[1][1] <= 8
    assert len(client.get(WAITING, {"page": 2}).context["page_obj"].object_list) == 12


def test_both_tabs_say_how_many_wait(client, cast, own, tea):
    now = timezone.now()
    stars = OcopPaper(holder="H", number="1", issuing_authority="U", stars=3, issued_date=now.date())
    record_ocop_certificate(acting=own, listing=tea, paper=stars, now=now)
    sign_in(client, cast.operator)
    waiting = [tab["waiting"] for tab in client.get(WAITING).context["tabs"]]
    assert waiting == [1, 0]
    assert "OCOP 3★" in client.get("/van-hanh/ocop/").content.decode()
