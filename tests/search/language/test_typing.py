"""Raw Telex and VNI, slips, and the order in which readings are tried."""

from __future__ import annotations

import pytest

from search.language.plan import did_you_mean, nearby_steps, steps
from search.language.query import Stage
from search.language.repair import Repairer
from search.language.slips import respelt
from search.language.telex import decode
from search.language.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("keys", "word"),
    [
        ("saauf", "sầu"),
        ("rieeng", "riêng"),
        ("sau62", "sầu"),
        ("rieng6", "riêng"),
        ("dduwowngf", "đường"),
        ("d9u7o7ng2", "đường"),
        ("quyts", "quýt"),
        ("giaf", "già"),
        ("nuowcs", "nước"),
        ("muop71", "mướp"),
        ("bow", "bơ"),
    ],
)
def test_raw_typing_is_decoded(keys, word):
    assert decode(keys) == word


@pytest.mark.parametrize("word", ["st25", "ri6", "heo", "na", "5kg", "sầu", "x", "iphone"])
def test_other_words_are_not_decoded(word):
    assert decode(word) is None


def readings(text, lexicon, stage):
    return [step.text for step in steps(text, lexicon) if step.stage is stage]


def test_raw_typing_is_tried_after_the_text_itself(lexicon):
    stages = [step.stage for step in steps("saauf rieeng", lexicon)]
    assert stages.index(Stage.DECODED) > stages.index(Stage.AS_TYPED)
    assert readings("saauf rieeng", lexicon, Stage.DECODED) == ["sầu riêng"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sầu riêg", "sầu riêng"),
        ("suu rieng", "sầu riêng"),
        ("saurieng", "sầu riêng"),
        ("sầu riềng", "sầu riêng"),
        ("rau muốg", "rau muống"),
        ("gạo ts25", "gạo st25"),
        ("chứng gà", "trứng gà"),
        ("nước mắn", "nước mắm"),
        ("mật ông", "mật ong"),
        ("khổ wa", "khổ qua"),
        ("kà phê", "cà phê"),
        ("gạo st 25", "gạo st25"),
        ("buởi", "bưởi"),
        ("mật ong bacninh", "mật ong bắc ninh"),
    ],
)
def test_slips_are_mended_by_known_neighbours(typed, meant, lexicon):
    assert readings(typed, lexicon, Stage.REPAIRED) == [meant]
    assert did_you_mean(typed, lexicon) == meant


@pytest.mark.parametrize(
    "typed", ["dua", "bơ", "muống", "áo khoác", "điện thoại", "iphone", "sầu riêng", "may giat", ""]
)
def test_short_syllables_strangers_and_right_spellings_are_left_alone(typed, lexicon):
    assert readings(typed, lexicon, Stage.REPAIRED) == []
    assert did_you_mean(typed, lexicon) is None


@pytest.mark.parametrize(
    ("typed", "right"),
    [("ngệ", "nghệ"), ("kà", "cà"), ("cẻ", "kẻ"), ("gế", "ghế"), ("nghà", "ngà"), ("gạo", "gạo"), ("gì", "gì")],
)
def test_what_no_word_is_spelt_like_is_spelt_right(typed, right):
    assert respelt(typed) == right


def test_a_syllable_that_is_spelt_wrong_is_mended_alone():
    repair = Repairer(Vocabulary.of(["Nghệ vàng", "Ghẹ xanh"])).repair(["ngệ"])
    assert repair is not None
    assert repair.words == ("nghệ",)


def test_words_that_are_right_lend_no_patience_to_a_wrong_one():
    repairer = Repairer(Vocabulary.of(["Gạo lứt đỏ", "Quả na", "Thạch lựu"]))
    assert repairer.repair(["quả", "lựu", "đỏ"]) is None


def test_facts_survive_a_mending(lexicon):
    (step,) = [step for step in steps("gạo ts25 5kg", lexicon) if step.stage is Stage.REPAIRED]
    assert step.query.facts.measures[0].amount == 5000
    assert "5kg" in step.text


def test_relaxing_keeps_the_thing_itself(lexicon):
    relaxed = [step for step in steps("xoài cát hòa lộc úc", lexicon) if step.stage is Stage.RELAXED]
    assert relaxed[0].dropped == ("úc",)
    assert {step.text.split()[0] for step in relaxed} == {"xoài"}


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("mật ong bắc ninh nguyên chất đặc biệt", "mật ong"),
        ("sầu rieng tách múi", "sầu rieng"),
        ("gạo quê", "gạo"),
        ("khổ qua lạ", "khổ qua"),
    ],
)
def test_a_name_stands_for_all_that_was_said_of_it(typed, left, lexicon):
    assert readings(typed, lexicon, Stage.RELAXED)[-1] == left


@pytest.mark.parametrize("typed", ["dua le hoang", "bột giặt omo", "nước hoa nữ", "gao nang thom lam"])
def test_a_word_that_only_opens_names_or_may_be_several_stands_for_nothing(typed, lexicon):
    assert readings(typed, lexicon, Stage.RELAXED) == []


def test_a_dear_mending_is_never_relaxed(lexicon):
    """What was typed is nearer than a guess with parts left out."""
    texts = readings("mua sầu riêng tách múi", lexicon, Stage.RELAXED)
    assert texts
    assert all("sầu riêng" in text for text in texts)


@pytest.mark.parametrize("typed", ["máy giặt cửa trước", "iphone 15 pro", "vé máy bay"])
def test_what_the_market_does_not_have_is_not_relaxed(typed, lexicon):
    assert readings(typed, lexicon, Stage.RELAXED) == []


def test_few_results_go_on_with_less_said_but_never_inside_a_compound(lexicon):
    (named, *_rest) = steps("sầu riêng ri6", lexicon)
    assert [step.text for step in nearby_steps(named, lexicon)][-1] == "sầu riêng"


def test_few_results_go_on_with_the_name_behind_the_word_for_its_kind(lexicon):
    (named, *_rest) = steps("hạt cà phê rang", lexicon)
    assert "cà phê rang" in [step.text for step in nearby_steps(named, lexicon)]


def test_prices_are_never_widened_nearby(lexicon):
    (named, *_rest) = steps("sầu riêng ri6 dưới 100k", lexicon)
    assert {step.query.facts.price_at_most for step in nearby_steps(named, lexicon)} == {100_000}
