"""The queries that docs/search.md follows through the code are answered as it says."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from core.periods import VIETNAM
from households.places.loading import DATA
from households.places.units import names_in_files
from search.asking.finding import SearchRequest, find
from search.asking.ranking import Situation
from search.asking.synonym_rules import shipped_synonyms
from search.relevance.folder import read_set
from search.relevance.running import engine_with, lexicon_for

SITUATION = Situation(datetime(2026, 11, 26, 9, tzinfo=VIETNAM))


@pytest.fixture(scope="module")
def answer():
    places = names_in_files(DATA)
    with engine_with(read_set(Path(__file__).parent / "set"), places, "tantivy") as engine:
        lexicon = lexicon_for(engine, places, shipped_synonyms())
        yield lambda typed: find(engine, SearchRequest(text=typed, situation=SITUATION), lexicon)


@pytest.mark.parametrize(
    ("typed", "stage", "searched"),
    [
        ("sau rieng", "as_typed", "sau rieng"),
        ("saauf rieeng", "decoded", "sầu riêng"),
        ("suu rieng", "repaired", "sầu riêng"),
        ("ngệ", "repaired", "nghệ"),
        ("dua", "as_typed", "dua"),
        ("Dừa xiêm gọt sẵn", "relaxed", "dừa xiêm"),
    ],
)
def test_the_step_that_answers(answer, typed, stage, searched):
    found = answer(typed)
    assert found.total > 0
    assert (found.step.stage.value, found.step.text) == (stage, searched)


def test_one_query_from_typed_text_to_listings(answer):
    found = answer("chị ơi có bán cam Hòa Bình dưới 40k không ạ")
    cam, place = found.step.query.concepts
    assert cam.typed == ("cam",)
    assert cam.forms[0].is_literal
    assert place.typed == ("hòa", "bình")
    assert place.place.communes
    assert found.step.query.facts.price_at_most == 40_000
    assert [listing.title for listing in found.listings] == ["Cam Cao Phong lòng vàng"]
    assert "Cam sành Bắc Quang Hà Giang" in [listing.title for listing in found.nearby]


def test_a_word_for_many_kinds_never_stands_alone(answer):
    assert answer("bột giặt").total == 0


def test_a_synonym_answers_as_typed(answer):
    found = answer("thịt heo gác bếp")
    assert found.step.stage.value == "as_typed"
    assert [listing.title for listing in found.listings] == ["Thịt lợn gác bếp Sơn La"]
