"""What a typed text finds, from the reading of it to the index, on both engines and without any."""

from __future__ import annotations

import pytest

from search.engines.documents import Named
from search.engines.plain import PlainEngine
from search.engines.port import Question
from search.language.lexicon import Lexicon
from search.language.plan import steps
from search.language.query import Stage
from search.language.vocabulary import Vocabulary
from tests.search.listings import FARM_PRODUCE, listing, skus

MEAT, POULTRY, EGGS = Named("10", "Thịt, trứng, sữa"), Named("11", "Gà, vịt, ngan"), Named("12", "Trứng")
CRAFTS, NURSERY = Named("30", "Thủ công mỹ nghệ"), Named("31", "Cây giống")
CITRUS, BREEZE = Named("20", "Cam, bưởi, quýt"), Named("21", "Chuối, dứa và đu đủ")

LISTINGS = (
    listing("HEN", "Gà ta thả vườn", categories=(MEAT, POULTRY)),
    listing("BEEF", "Bò một nắng", categories=(MEAT,)),
    listing("DUCK-EGGS", "Trứng vịt chạy đồng", categories=(MEAT, EGGS)),
    listing("POMELO", "Bưởi Diễn", categories=(FARM_PRODUCE, CITRUS)),
    listing("ORANGE", "Cam Cao Phong", categories=(FARM_PRODUCE, CITRUS)),
    listing("PINEAPPLE", "Khóm Cầu Đúc", categories=(BREEZE,)),
    listing("TEA", "Chè trung du"),
    listing("FISH", "Cá buoi da xanh phơi khô"),
    listing("BARE-POMELO", "Buoi da xanh"),
    listing("CLOTH", "Khăn lanh", categories=(CRAFTS,), household=Named("HN-9", "Nhà cô Hạnh")),
    listing("CHOPSTICKS", "Đũa tre"),
    listing("CATFISH", "Cá trê phi lê"),
    listing("VASE", "Bình gốm Phù Lãng"),
    listing("NOODLES", "Miến dong Bình Liêu"),
    listing("SEEDLING", "Cây ổi lê giống", categories=(NURSERY,)),
)


@pytest.fixture
def found(pair):
    build = pair[1].start_build()
    build.write(LISTINGS)
    build.publish()

    lexicon = Lexicon(vocabulary=Vocabulary.of(document.title for document in LISTINGS))

    def ask(text: str, stage: Stage = Stage.AS_TYPED) -> set[str]:
        question = Question(clause=next(step for step in steps(text, lexicon) if step.stage is stage).clause)
        answers = [set(skus(engine, question)) for engine in (pair[0], PlainEngine(lambda: (LISTINGS, ())))]
        assert answers[0] == answers[1]
        return answers[0]

    return ask


def test_a_listing_that_says_its_kind_is_none_of_the_others_of_its_category(found):
    assert found("cam") == {"ORANGE"}
    assert found("quýt") == set()


def test_a_category_stands_for_one_of_its_kinds_where_nothing_says_which(found):
    assert found("dứa") == {"PINEAPPLE"}


def test_two_things_are_not_found_in_two_categories_that_list_them(found):
    assert found("trứng vịt") == {"DUCK-EGGS"}


def test_what_many_kinds_are_may_be_said_by_the_category_alone(found):
    assert found("thịt bò") == {"BEEF"}


def test_no_phrase_runs_from_one_kind_into_the_next(found):
    assert found("dứa đu") == set()


def test_a_word_with_a_tone_is_that_word_or_any_word_of_a_title_without_tones(found):
    assert found("bưởi") == {"POMELO", "BARE-POMELO"}
    assert found("bưởi da xanh") == {"BARE-POMELO"}
    assert "TEA" not in found("trứng")


def test_a_bare_word_is_any_word(found):
    assert found("buoi") == {"POMELO", "BARE-POMELO", "FISH"}
    assert "TEA" in found("trung")


def test_who_types_tones_means_a_bare_word_bare_where_the_market_says_it(found):
    assert found("tre") == {"CHOPSTICKS", "CATFISH"}
    assert found("hàng tre") == {"CHOPSTICKS"}


def test_a_nursery_may_say_seedling_last(found):
    assert found("cây giống ổi") == {"SEEDLING"}


def test_a_lone_syllable_is_no_household_and_no_part_of_a_fixed_name(found):
    assert found("hạnh") == set()
    assert found("khăn hạnh") == {"CLOTH"}
    assert found("nghệ") == set()
    assert found("thủ công") == {"CLOTH"}


def test_one_syllable_that_is_left_of_more_opens_the_name(found):
    assert found("bình") == {"VASE", "NOODLES"}
    assert found("bình gas", Stage.RELAXED) == {"VASE"}
