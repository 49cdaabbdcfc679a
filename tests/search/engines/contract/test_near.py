"""What serves a need, what half a word of a category is not, and what is only near: the same on every engine."""

from __future__ import annotations

from datetime import datetime

import pytest

from core.periods import VIETNAM
from search.asking.finding import SearchRequest, find
from search.asking.ranking import Situation
from search.engines.documents import Named
from search.engines.plain import PlainEngine
from search.language.lexicon import Lexicon
from search.language.needs import Need, NeedTable
from search.language.synonyms import Closeness, Synonym, SynonymTable
from search.language.vocabulary import Vocabulary
from tests.search.listings import listing

PREPARED, MEAT_GOODS, JUICE = Named("40", "Đồ chế biến"), Named("41", "Giò chả"), Named("42", "Rượu, nước ép, siro")
TEAS, VEGETABLES, HERBS = Named("43", "Chè (trà)"), Named("44", "Rau củ"), Named("45", "Rau thơm")
PORK = Named("46", "Thịt lợn (heo)")

LISTINGS = (
    listing("SAUSAGE", "Lạp sườn gác bếp", categories=(PREPARED, MEAT_GOODS), harvest_months=(1, 12)),
    listing("TEA", "Búp non Tân Cương", categories=(TEAS,), ocop_stars=4, harvest_months=(3, 4)),
    listing("JUICE", "Siro mơ", categories=(PREPARED, JUICE)),
    listing("GOURD", "Bí xanh thơm Ba Bể", categories=(VEGETABLES,), harvest_months=(6, 7), description="thịt thơm"),
    listing("CABBAGE", "Bắp cải trái tim", categories=(VEGETABLES,), harvest_months=(11, 12)),
    listing("MINT", "Húng lủi", categories=(VEGETABLES, HERBS), harvest_months=(5, 6)),
    listing("RIBS", "Sườn non", categories=(PORK,)),
    listing("SQUID", "Mực lá Cô Tô"),
    listing("RICE-5", "Gạo tám túi 5 kg", net_weight_g=5000),
    listing("RICE-2", "Gạo tám túi 2 kg", net_weight_g=2000),
    listing("OIL", "Tinh dầu sả", description="thơm như chanh đào"),
)
SYNONYMS = (
    Synonym("dứa", "thơm", both_ways=True, begins_name=True),
    Synonym("mực ống", "mực lá", closeness=Closeness.NEAR),
    Synonym("hải sản", "mực", closeness=Closeness.KIND),
    Synonym("đồ uống", "thức uống", both_ways=True),
    Synonym("lợn", "heo", both_ways=True),
)
NEEDS = (
    Need(said="đồ uống", category=JUICE.key),
    Need(said="đồ uống", category=TEAS.key),
    Need(said="đặc sản", min_stars=3),
    Need(said="quà trung thu", category=TEAS.key, months=(8, 9)),
    Need(said="quà tết", category=TEAS.key),
    Need(said="mùa đông", months=(11, 12, 1)),
)


@pytest.fixture
def ask(pair):
    build = pair[1].start_build()
    build.write(LISTINGS)
    build.publish()
    plain = PlainEngine(lambda: (LISTINGS, ()))
    vocabulary = plain.vocabulary()
    lexicon = Lexicon(SynonymTable(SYNONYMS), vocabulary=vocabulary, needs=NeedTable(NEEDS))
    situation = Situation(now=datetime(2026, 11, 28, 9, tzinfo=VIETNAM))

    def find_with_all(text: str):
        answers = [find(engine, SearchRequest(text=text, situation=situation), lexicon) for engine in (pair[0], plain)]
        assert [outline(answer) for answer in answers] == [outline(answers[0])] * 2
        return answers[0]

    return find_with_all


def outline(found):
    return {document.sku for document in found.listings}, found.near, found.is_only_near, found.total


def skus(found):
    return {document.sku for document in found.listings}


@pytest.mark.parametrize("half", ["che", "bien", "cu"])
def test_half_a_word_of_a_category_is_not_the_category(ask, half):
    assert "SAUSAGE" not in skus(ask(half))
    assert skus(ask("đồ chế biến")) == {"SAUSAGE", "JUICE"}


def test_a_bare_word_still_finds_the_category_that_it_names(ask):
    assert "TEA" in skus(ask("che"))
    assert "TEA" in skus(ask("tra"))
    assert "RIBS" in skus(ask("heo"))
    assert "RIBS" in skus(ask("lon"))


def test_the_last_word_of_a_category_counts_where_names_begin_with_it(pair):
    goods = (
        listing("ROLL", "Nem thính", categories=(MEAT_GOODS,)),
        listing("CHA", "Chả mực", categories=(MEAT_GOODS,)),
    )
    build = pair[1].start_build()
    build.write(goods)
    build.publish()
    lexicon = Lexicon(vocabulary=Vocabulary.of(document.title for document in goods))
    request = SearchRequest(text="cha", situation=Situation(now=datetime(2026, 11, 28, 9, tzinfo=VIETNAM)))
    for engine in (pair[0], PlainEngine(lambda: (goods, ()))):
        assert skus(find(engine, request, lexicon)) == {"ROLL", "CHA"}


def test_a_word_that_elsewhere_means_something_else_counts_only_at_the_beginning(ask):
    assert skus(ask("dứa")) == set()
    assert "MINT" not in skus(ask("dứa"))
    assert "GOURD" in skus(ask("thơm"))


@pytest.mark.parametrize("said", ["đồ uống", "do uong", "thức uống", "ddoof uoongs"])
def test_a_need_is_served_by_its_categories(ask, said):
    found = ask(said)
    assert (skus(found), found.near) == ({"TEA", "JUICE"}, frozenset())


def test_a_need_is_served_by_stars_and_by_months(ask):
    assert skus(ask("đặc sản")) == {"TEA"}
    assert skus(ask("rau mùa đông")) == {"CABBAGE"}
    assert skus(ask("quà trung thu")) == set()


def test_beside_a_thing_a_need_only_adds_points(ask):
    assert skus(ask("gạo quà tết")) == {"RICE-5", "RICE-2"}


def test_what_only_a_near_name_finds_is_near(ask):
    found = ask("mực ống")
    assert (skus(found), found.near, found.is_only_near) == ({"SQUID"}, {"SQUID"}, True)


def test_one_of_its_kinds_is_not_near(ask):
    found = ask("hải sản")
    assert (skus(found), found.near, found.is_only_near) == ({"SQUID"}, frozenset(), False)


def test_another_weight_than_was_asked_for_is_near(ask):
    found = ask("gạo tám 5kg")
    assert (skus(found), found.near, found.is_only_near) == ({"RICE-5", "RICE-2"}, {"RICE-2"}, False)
    assert ask("gạo tám 10kg").is_only_near


def test_what_only_a_description_mentions_is_near(ask):
    found = ask("chanh đào")
    assert (skus(found), found.near) == ({"OIL"}, {"OIL"})
