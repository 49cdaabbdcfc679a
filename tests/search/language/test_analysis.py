"""A typed text cut into concepts."""

from __future__ import annotations

import pytest

from search.language.analysis import analyse
from search.language.query import Role
from search.language.synonyms import Closeness, Rule, SynonymTable


def concepts(text, language):
    return [(concept.role, concept.forms[0].text) for concept in analyse(text, language).concepts]


def other_names(text, language):
    return {form.text for concept in analyse(text, language).concepts for form in concept.forms[1:]}


def test_a_compound_of_the_catalogue_stays_whole(language):
    assert concepts("sau rieng ri6", language)[0] == (Role.CONTENT, "sau rieng")


def test_regional_names_are_added(language):
    assert "lợn" in other_names("heo quay", language)
    assert "khổ qua" in other_names("muop dang", language)


def test_an_ambiguous_word_leads_one_way(language):
    assert "roi" in other_names("mận", language)
    assert "mận" not in other_names("roi", language)
    assert "mận an phước" in other_names("roi", language)


@pytest.mark.parametrize("ambiguous", ["dua", "ngo"])
def test_a_bare_syllable_of_several_readings_fires_no_rule(ambiguous, language):
    assert other_names(ambiguous, language) == set()


def test_a_wrong_tone_fires_no_rule(language):
    assert other_names("dừa", language) == set()
    assert other_names("dứa", language) == {"thơm"}


def test_places_old_and_new_are_seen(language):
    assert concepts("vải thiều huyện lục ngạn", language)[-1] == (Role.PLACE, "lục ngạn")
    place = analyse("vai thieu luc ngan", language).concepts[-1].place
    assert place.communes == ("07525", "07531")
    assert place.around == ("24",)


def test_a_product_is_no_place_and_a_lone_syllable_only_as_a_province(language):
    assert concepts("thanh long", language) == [(Role.CONTENT, "thanh long")]
    assert (Role.PLACE, "huế") in concepts("bún bò huế", language)
    assert (Role.PLACE, "mai") not in concepts("cà phê mai", language)


def test_a_place_takes_no_word_of_the_thing_before_it(language):
    assert concepts("dưa bắc ninh", language) == [(Role.CONTENT, "dưa"), (Role.PLACE, "bắc ninh")]


def test_other_names_and_regions_are_places_too(language):
    assert analyse("cá miền tây", language).concepts[-1].place.provinces == ("80", "82", "86", "91", "92", "96")


def test_a_name_of_a_name_is_found(language):
    table = SynonymTable([Rule("hồng xiêm", "sapoche", True), Rule("hồng xiêm", "sa bô chê", True)])
    assert {form.text: form.weight for form in table.forms(("sapoche",))} == {"hồng xiêm": 0.95, "sa bô chê": 0.85}


def test_where_a_name_leads_its_equal_leads_too(language):
    need = Rule("đồ nhậu", "khô mực", closeness=Closeness.NEAR)
    table = SynonymTable([need, Rule("món nhậu", "đồ nhậu", True), Rule("mực", "khô mực", closeness=Closeness.NEAR)])
    assert {form.words: form.weight for form in table.forms(("món", "nhậu"))} == {
        ("đồ", "nhậu"): 0.95,
        ("khô", "mực"): 0.55 * 0.85,
    }
    assert table.forms(("khô", "mực")) == ()


def test_courtesies_are_not_required_unless_they_are_all(language):
    assert (Role.COURTESY, "ngon") in concepts("trái xoài ngon", language)
    assert concepts("giá rẻ", language) == [(Role.CONTENT, "giá"), (Role.CONTENT, "rẻ")]


def test_a_very_long_text_is_cut(language):
    assert len(analyse("xoài " * 1000, language).words) <= 40
