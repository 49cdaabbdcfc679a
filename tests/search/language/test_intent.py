"""What is said around the thing is understood as said around it."""

from __future__ import annotations

import pytest

from search.language.analysis import analyse
from search.language.intent import without_request_words
from search.language.query import Role


@pytest.mark.parametrize(
    ("typed", "thing"),
    [
        ("mua sầu riêng tách múi ở đâu ngon", "mua sầu riêng tách múi"),
        ("chị ơi có bán củ nén không ạ", "củ nén"),
        ("cho em hỏi giá yến sào cần giờ", "yến sào cần giờ"),
        ("cho hoi gia tom kho", "tom kho"),
        ("ban co hat dieu khong", "hat dieu"),
        ("tìm chỗ bán cua biển có gạch", "cua biển có gạch"),
        ("em muốn mua heo ba rọi ngon", "heo ba rọi ngon"),
        ("kon tum có gì ngon", "kon tum"),
        ("bí đao bao nhiêu 1 kg", "bí đao"),
    ],
)
def test_what_is_said_to_the_shop_is_cut_off(typed, thing):
    assert without_request_words(typed) == thing


@pytest.mark.parametrize(
    "typed",
    [
        "hoa hồng",
        "hoa hong",
        "quả hồng",
        "giá cá lóc",
        "cần tây",
        "tim sen",
        "dưa hấu không hạt",
        "ca kho",
        "mộc nhỉ",
        "nha đam",
        "anh đào",
        "co ngot",
        "không",
    ],
)
def test_names_that_look_like_a_frame_stay(typed):
    assert without_request_words(typed) == typed


def test_the_end_of_an_unfinished_text_stays():
    assert without_request_words("nho khong", is_finished=False) == "nho khong"


def roles(text, lexicon):
    return [(concept.forms[0].text, concept.role) for concept in analyse(text, lexicon).concepts]


def test_what_a_known_thing_is_for_need_not_be_found(lexicon):
    assert roles("mật ong cho bé", lexicon) == [
        ("mật ong", Role.CONTENT),
        ("cho", Role.COURTESY),
        ("bé", Role.PURPOSE),
    ]
    assert roles("ngâm mật ong", lexicon)[0] == ("ngâm", Role.PURPOSE)


def test_without_a_known_thing_the_purpose_is_what_is_looked_for(lexicon):
    assert Role.PURPOSE not in {role for _text, role in roles("nấu lẩu", lexicon)}
