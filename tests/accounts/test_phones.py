"""However a phone number is written, it is kept in one way; what is none, or more than one, is refused."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.forms import BaseForm, modelform_factory
from django.urls import get_resolver

from accounts.fields import PhoneField
from accounts.models import User
from accounts.phones import BadPhone, parse_phone, show_phone, whole_phone


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("84 123 45 67", "+84841234567"),
        ("0841234567", "+84841234567"),
        ("+84 84 123 45 67", "+84841234567"),
        ("84 84 123 45 67", "+84841234567"),
        ("912 345 678", "+84912345678"),
        ("84 912 345 678", "+84912345678"),
        ("(+84) 912-345-678", "+84912345678"),
        ("0084 912 345 678", "+84912345678"),
        ("(024) 3825 1234", "+842438251234"),
        ("84 24 3825 1234", "+842438251234"),
        ("0912\u00a0345\u200b678", "+84912345678"),
        ("０９１２ ３４５ ６７８", "+84912345678"),
        ("O912 345 678", "+84912345678"),
        ("o912 345 o78", "+84912345078"),
        ("09oo 345 678", "+84900345678"),
        ("0912 345 67o", "+84912345670"),
        ("0123 456 7890", "+84834567890"),
        ("+84 168 765 4321", "+84387654321"),
        ("84 0168 7654321", "+84387654321"),
        ("168 765 4321", "+84387654321"),
    ],
)
def test_ways_of_writing(typed, kept):
    assert parse_phone(typed) == kept
    assert parse_phone(show_phone(kept)) == kept


@pytest.mark.parametrize("word", ["Zalo", "sđt", "Hoa", "cô", "ĐT:", "số", "oo", "Zalo/"])
def test_words_before_and_after_are_taken_alike(word):
    for typed in (f"{word} 0912345678", f"{word}0912345678", f"0912 345 678 ({word})", f"{word}: +84 912 345 678 nhé"):
        if word == "oo" and typed.startswith("oo0"):
            continue  # letters that stand before a digit without a blank are zeros
        assert parse_phone(typed) == "+84912345678", typed


@pytest.mark.parametrize(
    "typed",
    ["", "abc", "o", "345 678", "2345678", "0912 345 67", "0912345678 / 0987654321", "0912 abc 345 678", "09123456789",
     "+1 202 555 0143", "0912+345678", "1900 1234"],
)  # fmt: skip
def test_what_is_not_one_whole_number_is_refused_and_finds_nothing(typed):
    with pytest.raises(BadPhone):
        parse_phone(typed)
    assert whole_phone(typed) is None


def forms(parent: type[BaseForm] = BaseForm) -> Iterator[type[BaseForm]]:
    for form in parent.__subclasses__():
        yield form
        yield from forms(form)


def test_every_form_that_asks_for_a_phone_keeps_it_in_one_way():
    assert get_resolver().url_patterns, "all pages and their forms are loaded"
    asking = {form: form.base_fields["phone"] for form in forms() if "phone" in getattr(form, "base_fields", {})}
    ours = {form for form in asking if not form.__module__.startswith(("tests.", "oscar.", "wagtail."))}
    assert len(ours) > 5
    assert {f"{form.__module__}.{form.__name__}" for form in ours if not isinstance(asking[form], PhoneField)} == set()


def test_form_made_from_the_model_keeps_it_in_one_way(cast):
    """As those of Wagtail's pages for people are."""
    form = modelform_factory(User, fields=["phone"])
    assert form({"phone": "0912 345 999"}).save(commit=False).phone == "+84912345999"
    assert "phone" in form({"phone": "0912 345"}).errors
    assert "phone" in form({"phone": cast.head.phone.replace("+84", "0")}).errors, "somebody else's number"
