"""Room for small households, and nobody pays for a place."""

from __future__ import annotations

from dataclasses import fields

from django.core.management import call_command

from search.asking.ranking import HOUSEHOLD_STEP, MAX_BONUS, MAX_HOUSEHOLD_LOSS, arranged
from search.engines.documents import ListingDocument, Named
from search.engines.port import Candidate
from search.language.scoring import NAME
from search.relevance.exposure import largest_share, shares
from tests.search.listings import listing


def order(*scored: tuple[str, float, int]):
    return [candidate.ref for candidate in arranged([Candidate(ref, score, seller) for ref, score, seller in scored])]


def test_each_households_best_comes_before_anyones_second():
    assert order(("big 1", 50, 1), ("big 2", 50, 1), ("big 3", 50, 1), ("small", 50, 2)) == [
        "big 1",
        "small",
        "big 2",
        "big 3",
    ]


def test_a_better_fit_never_falls_behind_a_worse_one():
    far_better = 50 + MAX_HOUSEHOLD_LOSS + 0.1
    assert order(*((f"big {n}", far_better, 1) for n in range(9)), ("small", 50, 2))[-1] == "small"


def test_equals_keep_their_places():
    assert order(("a", 5, 1), ("b", 5, 2), ("c", 5, 3)) == ["a", "b", "c"]


def test_bonuses_and_room_stay_below_what_a_word_is_worth():
    assert MAX_BONUS + MAX_HOUSEHOLD_LOSS < NAME
    assert HOUSEHOLD_STEP < MAX_HOUSEHOLD_LOSS


def test_a_document_has_no_field_that_could_be_bought():
    names = {field.name for field in fields(ListingDocument)}
    assert not {"boost", "sponsored", "paid", "promoted", "advertised"} & names


def test_shares_are_counted_by_size_of_household():
    big, small = Named("B", "Lớn"), Named("S", "Nhỏ")
    page = [listing("1", "Chè", household=big), listing("2", "Chè", household=small)]
    measured = shares({"B": 30, "S": 1}, ["chè"], lambda _: page, lambda _: {"B": 9, "S": 1})
    found = {share.size: share for share in measured}
    assert (found["more than 20"].listings, found["more than 20"].places) == (90.0, 50.0)
    assert (found["1 to 3 listings"].households, found["1 to 3 listings"].places) == (50.0, 50.0)
    assert largest_share([page, page[:1]]) == 75.0


def test_the_command_prints_who_gets_the_first_page(indexed, now, capsys):
    call_command("search_exposure")
    said = capsys.readouterr().out
    assert "1 to 3 listings           100.0 %   100.0 %             100.0 %" in said
    assert "holds 100.0 %" in said


def test_the_command_measures_a_catalogue_that_anyone_has(capsys):
    call_command("search_exposure", "--set", "tests/search/relevance/heldout", "--engine", "tantivy")
    assert "1 to 3 listings" in capsys.readouterr().out
