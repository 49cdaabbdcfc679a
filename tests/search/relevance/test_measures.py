"""The formulas, by hand."""

from __future__ import annotations

from math import log2

import pytest

from search.relevance.measures import dcg, ndcg, recall

GRADES = {"a": 3, "b": 2, "c": 1}


def test_the_best_order_scores_one_and_no_answer_nothing():
    assert ndcg(["a", "b", "c"], GRADES) == 1.0
    assert ndcg([], GRADES) == 0.0


def test_gains_grow_with_the_grade_and_shrink_with_the_place():
    assert dcg([3, 0, 1]) == pytest.approx(7 + 1 / log2(4))
    assert ndcg(["x", "a"], {"a": 3}) == pytest.approx(1 / log2(3))


def test_what_stands_below_the_tenth_place_does_not_count():
    assert ndcg([*"0123456789", "a"], GRADES) == 0.0
    assert recall([*"0123456789", "a"], GRADES) == pytest.approx(1 / 3)


def test_where_nothing_is_relevant_only_nothing_is_right():
    assert ndcg([], {}) == recall([], {}) == 1.0
    assert ndcg(["x"], {}) == recall(["x"], {}) == 0.0
