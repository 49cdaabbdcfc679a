"""Reviews as everybody reads them, the household's answer, and an operator's veto."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.cards import storefront_url
from catalog.reviews.selectors import MIN_REVIEWS_FOR_AVERAGE, reviews_of_listing, summary_of
from catalog.reviews.services import answer_review, hide_review, show_review_again
from core.errors import ReasonMissing
from core.models import AuditEntry
from households.access import Acting, NotAllowed
from tests.accessibility import problems
from tests.factories.orders import make_listing
from tests.factories.voices import delivered, phone, reviewed, told
from tests.sign_in import sign_in


@pytest.fixture
def tea(cast):
    return make_listing(cast.household, stock=500)


@pytest.fixture
def write(cast, own, tea, now):
    """Write a review by a buyer of its own; the higher the number, the later."""

    def written(number: int, stars: int = 5, text: str = "Chè thơm.", listing=None):
        line = delivered(listing or tea, cast.commune, own, now, phone=phone(number))
        return reviewed(line, now + timedelta(minutes=number), stars=stars, text=text)

    return written


def test_there_is_no_average_below_three_reviews_and_an_honest_one_from_there(write, tea, client):
    for number, stars in enumerate((5, 4)):
        write(number, stars)
    assert summary_of(reviews_of_listing(tea.pk)).average is None
    page = client.get(tea.get_absolute_url()).content.decode()
    assert "chưa đủ để tính điểm trung bình" in page
    write(2, 1)
    summary = summary_of(reviews_of_listing(tea.pk))
    assert (summary.count, summary.average) == (MIN_REVIEWS_FOR_AVERAGE, 3.3)
    assert "3,3" in client.get(tea.get_absolute_url()).content.decode()


def test_reviews_stand_newest_first_and_page_by_page(write, tea, client):
    for number in range(12):
        write(number, text=f"Lần {number}")
    path = reverse("reviews:of_listing", args=[tea.pk])
    pages = [client.get(f"{path}?page={number}") for number in (1, 2)]
    texts = [shown.review.text for page in pages for shown in page.context["reviews"]]
    assert texts == [f"Lần {number}" for number in reversed(range(12))]
    assert problems(pages[0].content.decode()) == []
    assert [shown.review.text for shown in client.get(tea.get_absolute_url()).context["voices"].reviews] == texts[:3]


def test_a_storefront_shows_the_reviews_of_all_its_listings(write, cast, client):
    other = make_listing(cast.household, "Chè đinh")
    for number, listing in enumerate((None, other, other)):
        write(number, stars=4, listing=listing)
    page = client.get(storefront_url(cast.household.slug, cast.household.code))
    assert (page.context["voices"].summary.count, page.context["voices"].summary.average) == (3, 4.0)
    assert "Chè đinh" in page.content.decode()
    everything = client.get(reverse("reviews:of_household", args=[cast.household.code]))
    assert len(everything.context["reviews"]) == 3
    assert problems(everything.content.decode()) == []


@pytest.mark.parametrize("route", ["reviews:of_listing", "reviews:of_household"])
def test_the_queries_of_a_page_do_not_grow_with_its_reviews(write, cast, tea, client, route):
    path = reverse(route, args=[tea.pk if route.endswith("listing") else cast.household.code])
    counts = []
    for numbers in (range(2), range(2, 9)):
        for number in numbers:
            write(number)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_household_answers_and_its_team_is_named_when_it_does(write, cast, own, helped, tea, client, now):
    review = write(1, stars=2)
    answer_review(acting=own, review=review, text="Nhà em xin lỗi, lần sau gói kỹ hơn.", now=now)
    assert "Trà nhà Hoa trả lời" in client.get(tea.get_absolute_url()).content.decode()
    answer_review(acting=helped, review=review, text="Nhà Hoa xin gửi bù.", now=now)
    page = client.get(tea.get_absolute_url()).content.decode()
    assert "Tổ Hồng Thái trả lời thay Trà nhà Hoa" in page
    assert "Nhà Hoa xin gửi bù." in page
    row = AuditEntry.objects.filter(action="answer_review").latest("pk")
    assert (row.household_code, row.team_id) == (cast.household.code, cast.team.pk)


def test_the_answer_is_written_on_a_page_of_the_household(write, cast, client):
    review = write(1, text="Hơi nát.")
    sign_in(client, cast.head)
    listed = client.get(reverse("reviews:received")).content.decode()
    path = reverse("reviews:answer", args=[review.pk])
    assert path in listed
    assert problems(listed) == []
    refused = client.post(path, {"text": "Gọi em 0912 345 678"})
    assert (refused.status_code, refused.context["form"]["text"].value()) == (422, "Gọi em 0912 345 678")
    assert client.post(path, {"text": "Em gửi bù ạ."}).status_code == 302
    review.refresh_from_db()
    assert (review.answer, review.answered_by, review.answered_by_team) == ("Em gửi bù ạ.", cast.head, None)


def test_another_household_does_not_answer(write, cast, now):
    review = write(1)
    with pytest.raises(NotAllowed):
        answer_review(acting=Acting(cast.other_head, cast.other_household), review=review, text="Không phải", now=now)


def test_an_operator_hides_with_a_reason_that_its_buyer_reads_and_shows_again(write, cast, tea, client, now):
    review = write(1, text="Bà này nói dối")
    with pytest.raises(ReasonMissing):
        hide_review(operator=cast.operator, review=review, reason=" ", now=now)
    with pytest.raises(NotAllowed):
        hide_review(operator=cast.head, review=review, reason="Không thích", now=now)
    hide_review(operator=cast.operator, review=review, reason="Xúc phạm người bán", now=now)
    assert "Bà này nói dối" not in client.get(tea.get_absolute_url()).content.decode()
    assert summary_of(reviews_of_listing(tea.pk)).count == 0
    assert "Xúc phạm người bán" in told(review.buyer_phone)
    show_review_again(operator=cast.operator, review=review, now=now)
    assert "Bà này nói dối" in client.get(tea.get_absolute_url()).content.decode()
    acts = AuditEntry.objects.filter(subject_type="catalogue.review", actor=cast.operator).order_by("pk")
    assert [(act.action, act.capacity) for act in acts] == [("hide_review", "operator"), ("show_review", "operator")]
