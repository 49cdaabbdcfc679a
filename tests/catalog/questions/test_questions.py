"""A buyer asks in public, the household or its team answers, and both count as exchanges."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.models import ListingQuestion
from catalog.public_words.rules import WordsRefused
from catalog.questions.services import (
    MAX_WAITING_QUESTIONS,
    TooManyQuestions,
    answer_question,
    hide_question,
)
from core.models import AuditEntry
from households.access import Acting, NotAllowed
from households.models import Act
from tests.accessibility import problems
from tests.factories.catalog import listing
from tests.factories.voices import asked, told
from tests.sign_in import sign_in


@pytest.fixture
def tea(own, now):
    return listing(own, now)


def exchanges() -> set[tuple[int, str]]:
    return set(Act.objects.filter(kind=Act.Kind.EXCHANGE).values_list("household", "key"))


def test_a_question_is_seen_once_it_is_answered(client, cast, tea, own, now):
    sign_in(client, cast.buyer)
    path = reverse("questions:ask", args=[tea.pk])
    assert path in client.get(tea.get_absolute_url()).content.decode()
    assert problems(client.get(path).content.decode()) == []
    assert client.post(path, {"text": "Chè này hái vụ nào ạ?"}).status_code == 302
    question = ListingQuestion.objects.get()
    assert "hái vụ nào" not in client.get(tea.get_absolute_url()).content.decode()
    assert "hái vụ nào" in told(cast.household.phone)
    answer_question(acting=own, question=question, text="Vụ thu, hái hôm mùng ba.", now=now)
    page = client.get(tea.get_absolute_url()).content.decode()
    assert "hái vụ nào" in page
    assert "Vụ thu, hái hôm mùng ba." in page
    assert "N. mua" in page
    assert f"{cast.buyer.full_name} ·" not in page
    assert "Vụ thu" in told(cast.buyer.phone)
    assert "Vụ thu" in client.get(reverse("questions:mine")).content.decode()


def test_only_people_whose_phone_is_proven_ask(client, cast, tea):
    path = reverse("questions:ask", args=[tea.pk])
    assert client.post(path, {"text": "Chè này hái vụ nào ạ?"}).status_code == 302
    sign_in(client, cast.operator)
    assert client.post(path, {"text": "Chè này hái vụ nào ạ?"}).status_code == 403
    assert not ListingQuestion.objects.exists()


@pytest.mark.parametrize("who", ["head", "volunteer", "leader"])
def test_whoever_sells_does_not_ask_himself(cast, tea, now, who):
    with pytest.raises(NotAllowed):
        asked(tea, getattr(cast, who), now)


def test_an_address_is_refused_with_what_to_do_and_stays_typed(client, cast, tea):
    sign_in(client, cast.buyer)
    text = "Có giao về số 12 ngõ 34 đường Láng không ạ?"
    answer = client.post(reverse("questions:ask", args=[tea.pk]), {"text": text})
    assert answer.status_code == 422
    assert "Địa chỉ nhận hàng bạn ghi khi đặt hàng" in answer.content.decode()
    assert answer.context["form"]["text"].value() == text


def test_the_same_question_twice_is_one_and_too_many_wait(cast, tea, now):
    assert asked(tea, cast.buyer, now) == asked(tea, cast.buyer, now)
    for number in range(1, MAX_WAITING_QUESTIONS):
        asked(tea, cast.buyer, now, f"Câu hỏi khác số {number} về chè?")
    with pytest.raises(TooManyQuestions):
        asked(tea, cast.buyer, now, "Thêm một câu nữa về chè?")
    with pytest.raises(WordsRefused):
        asked(tea, cast.stranger, now, "?")


def test_asking_and_answering_are_exchanges_each_once(cast, tea, own, now):
    question = asked(tea, cast.other_head, now)
    assert exchanges() == {(cast.other_household.pk, f"asked:{question.pk}:{cast.other_household.pk}")}
    answer_question(acting=own, question=question, text="Vụ thu nhé.", now=now)
    answer_question(acting=own, question=question, text="Vụ thu, tháng chín.", now=now + timedelta(hours=1))
    assert (cast.household.pk, f"answered:{question.pk}") in exchanges()
    assert len(exchanges()) == 2
    assert Act.objects.get(key=f"answered:{question.pk}").actor == cast.head


def test_a_buyer_without_a_household_exchanges_for_nobody(cast, tea, now):
    asked(tea, cast.buyer, now)
    assert not exchanges()


def test_the_team_answers_under_its_mandate_and_is_named(client, cast, tea, now):
    question = asked(tea, cast.buyer, now)
    sign_in(client, cast.volunteer)
    listed = client.get(reverse("questions:waiting")).content.decode()
    path = reverse("questions:answer", args=[question.pk])
    assert path in listed
    assert problems(listed) == []
    assert client.post(path, {"text": "Dạ vụ thu ạ."}).status_code == 302
    assert "Tổ Hồng Thái trả lời thay Trà nhà Hoa" in client.get(tea.get_absolute_url()).content.decode()
    act = Act.objects.get(key=f"answered:{question.pk}")
    assert (act.actor, act.team) == (cast.volunteer, cast.team)
    assert AuditEntry.objects.get(action="answer_question").team_id == cast.team.pk


def test_without_a_mandate_the_team_answers_nothing(client, cast, tea, now):
    question = asked(tea, cast.buyer, now)
    cast.mandate.withdrawn_at = now - timedelta(seconds=1)
    cast.mandate.save()
    sign_in(client, cast.volunteer)
    assert client.post(reverse("questions:answer", args=[question.pk]), {"text": "Dạ"}).status_code == 404
    with pytest.raises(NotAllowed):
        answer_question(
            acting=Acting(cast.other_head, cast.other_household), question=question, text="Không phải", now=now
        )


def test_an_operator_hides_a_question_with_its_answer(client, cast, tea, own, now):
    question = asked(tea, cast.buyer, now)
    answer_question(acting=own, question=question, text="Vụ thu nhé.", now=now)
    hide_question(operator=cast.operator, question=question, reason="Quảng cáo", now=now)
    page = client.get(tea.get_absolute_url()).content.decode()
    assert "Vụ thu nhé." not in page
    assert "Quảng cáo" in told(cast.buyer.phone)
    with pytest.raises(NotAllowed):
        answer_question(acting=own, question=question, text="Trả lời lại", now=now)


def test_the_queries_of_the_household_list_do_not_grow_with_questions(client, cast, tea, now):
    sign_in(client, cast.head)
    counts = []
    for person in (cast.buyer, cast.stranger, cast.other_head):
        asked(tea, person, now)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("questions:waiting"))
        counts.append(len(queries))
    assert counts[1] == counts[2]
