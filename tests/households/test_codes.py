"""Household codes catch the slips people make when they copy them."""

from __future__ import annotations

import pytest

from households.codes import ALPHABET, BadHouseholdCode, code_from, code_number, parse_code, random_code


def test_every_wrong_character_is_caught():
    code = code_number(123_456)
    for place in (3, 4, 5, 6, 7, 8, 10):
        for letter in set(ALPHABET) - {code[place]}:
            with pytest.raises(BadHouseholdCode):
                parse_code(code[:place] + letter + code[place + 1 :])


def test_every_swap_of_neighbours_is_caught():
    code = code_number(98_765_432)
    body = code[3:9] + code[10]
    for place in range(len(body) - 1):
        swapped = body[:place] + body[place + 1] + body[place] + body[place + 2 :]
        if swapped != body:
            with pytest.raises(BadHouseholdCode):
                parse_code(f"HN{swapped}")


@pytest.mark.parametrize("change", [str.lower, lambda c: c.replace("-", " "), lambda c: f"  {c[3:]} "])
def test_code_is_read_however_it_is_typed(change):
    code = random_code()
    assert parse_code(change(code)) == code


def test_code_whose_characters_begin_like_the_prefix_is_read_with_and_without_it():
    code = code_from("HN2345")
    assert parse_code(code) == parse_code(code.removeprefix("HN-")) == code


@pytest.mark.parametrize("typed", ["", "HN", "7K3Q", "HN-OOOOOO-0", "HN-22222222-2", "☃"])
def test_what_is_no_code_is_refused(typed):
    with pytest.raises(BadHouseholdCode):
        parse_code(typed)


def test_running_numbers_make_different_codes():
    codes = {code_number(number) for number in range(5000)}
    assert len(codes) == 5000
    assert all(parse_code(code) == code for code in codes)
