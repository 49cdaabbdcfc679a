"""A typed text cut into concepts."""

from __future__ import annotations

import pytest

from search.language.analysis import analyse
from search.language.query import Role
from search.language.synonyms import Closeness, Synonym, SynonymTable


def concepts(text, lexicon):
    return [(concept.role, concept.forms[0].text) for concept in analyse(text, lexicon).concepts]


def other_names(text, lexicon):
    return {form.text for concept in analyse(text, lexicon).concepts for form in concept.forms[1:]}


def test_a_compound_of_the_catalogue_stays_whole(lexicon):
    assert concepts("sau rieng ri6", lexicon)[0] == (Role.CONTENT, "sau rieng")


def test_regional_names_are_added(lexicon):
    assert "lợn" in other_names("heo quay", lexicon)
    assert "khổ qua" in other_names("muop dang", lexicon)


def test_an_ambiguous_word_leads_one_way(lexicon):
    assert "roi" in other_names("mận", lexicon)
    assert "mận" not in other_names("roi", lexicon)
    assert "mận an phước" in other_names("roi", lexicon)


@pytest.mark.parametrize("ambiguous", ["dua", "ngo"])
def test_a_bare_syllable_of_several_readings_fires_no_rule(ambiguous, lexicon):
    assert other_names(ambiguous, lexicon) == set()


def test_a_wrong_tone_fires_no_rule(lexicon):
    assert other_names("dừa", lexicon) == set()
    assert other_names("dứa", lexicon) == {"thơm"}


def test_places_old_and_new_are_seen(lexicon):
    assert concepts("vải thiều huyện lục ngạn", lexicon)[-1] == (Role.PLACE, "lục ngạn")
    place = analyse("vai thieu luc ngan", lexicon).concepts[-1].place
    assert place.communes == ("07525", "07531")
    assert place.around == ("24",)


def test_a_product_is_no_place_and_a_lone_syllable_only_as_a_province(lexicon):
    assert concepts("thanh long", lexicon) == [(Role.CONTENT, "thanh long")]
    assert (Role.PLACE, "huế") in concepts("bún bò huế", lexicon)
    assert (Role.PLACE, "mai") not in concepts("cà phê mai", lexicon)


def test_a_place_takes_no_word_of_the_thing_before_it(lexicon):
    assert concepts("dưa bắc ninh", lexicon) == [(Role.CONTENT, "dưa"), (Role.PLACE, "bắc ninh")]


def test_other_names_and_regions_are_places_too(lexicon):
    assert analyse("cá miền tây", lexicon).concepts[-1].place.provinces == ("80", "82", "86", "91", "92", "96")


def test_a_name_of_a_name_is_found(lexicon):
    table = SynonymTable([Synonym("hồng xiêm", "sapoche", True), Synonym("hồng xiêm", "sa bô chê", True)])
    assert {form.text: form.weight for form in table.forms(("sapoche",))} == {"hồng xiêm": 0.95, "sa bô chê": 0.85}


def test_where_a_name_leads_its_equal_leads_too(lexicon):
    need = Synonym("đồ nhậu", "khô mực", closeness=Closeness.NEAR)
    table = SynonymTable(
        [need, Synonym("món nhậu", "đồ nhậu", True), Synonym("mực", "khô mực", closeness=Closeness.NEAR)]
    )
    assert {form.words: form.weight for form in table.forms(("món", "nhậu"))} == {
        ("đồ", "nhậu"): 0.95,
        ("khô", "mực"): 0.55 * 0.85,
    }
    assert table.forms(("khô", "mực")) == ()


def test_courtesies_are_not_required_unless_they_are_all(lexicon):
    assert (Role.COURTESY, "ngon") in concepts("trái xoài ngon", lexicon)
    assert concepts("giá rẻ", lexicon) == [(Role.CONTENT, "giá"), (Role.CONTENT, "rẻ")]


def test_a_very_long_text_is_cut(lexicon):
    assert len(analyse("xoài " * 1000, lexicon).words) <= 40
