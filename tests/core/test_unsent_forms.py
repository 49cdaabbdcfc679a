"""Unsent words stand in the form that could have sent them, and in no other of the page."""

from __future__ import annotations

from django import forms
from django.http import QueryDict

from core.unsent_forms import unsent_words, words_in_forms


class Province(forms.Form):
    phone = forms.CharField()
    province = forms.CharField()


class Commune(forms.Form):
    phone = forms.CharField(initial="0912")
    commune = forms.CharField()


class Wish(forms.Form):
    name = forms.CharField()
    agreed = forms.BooleanField(initial=True)
    kinds = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple)
    paper = forms.FileField()


WORDS = QueryDict("phone=0977&province=Bắc Ninh")


def test_the_form_that_sent_the_words_has_them_again():
    with words_in_forms(WORDS, "/bo-nhiem/"):
        assert (Province()["phone"].value(), Province()["province"].value()) == ("0977", "Bắc Ninh")
    assert Province()["phone"].value() is None


def test_another_form_of_the_page_begins_as_ever():
    with words_in_forms(WORDS, "/bo-nhiem/"):
        assert Commune()["phone"].value() == "0912"


def test_what_was_sent_now_counts_more_than_what_was_typed_before():
    with words_in_forms(WORDS, "/bo-nhiem/"):
        assert Province({"phone": "0933", "province": ""})["phone"].value() == "0933"


def test_what_was_not_chosen_is_not_chosen_and_no_file_is_shown():
    with words_in_forms(QueryDict("name=Hoa&kinds=b"), "/"):
        form = Wish()
        assert (form["agreed"].value(), form["kinds"].value(), form["paper"].value()) == (False, ["b"], None)


def test_a_field_of_a_template_has_the_words_that_were_sent_to_its_address():
    with words_in_forms(WORDS, "/bo-nhiem/"):
        assert unsent_words("/bo-nhiem/") == WORDS
        assert unsent_words("/khac/") is None
