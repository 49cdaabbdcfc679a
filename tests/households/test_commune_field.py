"""The commune field: one place is taken, doubt brings up places to choose from, nothing typed is lost."""

from __future__ import annotations

import pytest
from django import forms

from households.forms import CommuneField
from households.models import CommuneSuccession
from tests.factories.households import CommuneFactory, ProvinceFactory


class AddressForm(forms.Form):
    commune = CommuneField()


@pytest.fixture(autouse=True)
def _places(cast):
    """Two more communes called Tân Lập, and a former Phúc Trìu that Tân Cương took in."""
    CommuneFactory(code="75001", name="Tân Lập", province=ProvinceFactory())
    CommuneFactory(code="19001", name="Tân Lập", province=cast.province)
    CommuneSuccession.objects.create(
        former_name="Xã Phúc Trìu",
        former_district_name="Thành phố Thái Nguyên",
        former_province_name="Tỉnh Thái Nguyên",
        commune=cast.commune,
        effective_date="2025-07-01",
    )


def form(text, choice="", asked=""):
    return AddressForm({"commune": text, "commune_choice": choice, "commune_asked": asked})


@pytest.mark.parametrize("typed", ["05503", "Tân Cương, Thái Nguyên", " xa tan cuong ", "Tân Lập, Đồng Nai"])
def test_one_place_is_taken(typed):
    answered = form(typed)
    assert answered.is_valid()
    assert answered.cleaned_data["commune"].province.name in ("Thái Nguyên", "Đồng Nai")


@pytest.mark.parametrize(
    ("typed", "code", "offered"),
    [
        ("Tân Lập", "several", {"75001", "19001"}),
        ("Phúc Trìu", "former", {"05503"}),
        ("Tân Cươg", "near", {"05503"}),
        ("Tân Cương, Đồng Nai", "near", {"05503"}),
        ("Tân Cươg, thành phố Thái Nguyên", "near", {"05503"}),
        ("Không Có, thành phố Thái Nguyên", "unknown", set()),
        ("Atlantis", "unknown", set()),
        ("99999", "unknown", set()),
    ],
)
def test_doubt_says_what_to_do_and_keeps_what_was_typed(typed, code, offered):
    answered = form(typed)
    assert answered.errors.as_data()["commune"][0].code == code
    html = str(answered["commune"])
    assert f'value="{typed}"' in html
    assert {value for value in ("75001", "19001", "05503") if f'value="{value}"' in html} == offered


def test_choice_settles_the_doubt():
    answered = form("Tân Lập", choice="19001", asked="Tân Lập")
    assert answered.is_valid()
    assert answered.cleaned_data["commune"].pk == "19001"


def test_text_changed_after_choosing_is_read_anew():
    answered = form("Tân Cương", choice="19001", asked="Tân Lập")
    assert answered.is_valid()
    assert answered.cleaned_data["commune"].pk == "05503"


def test_choice_that_does_not_exist_is_asked_again():
    assert form("Tân Lập", choice="00000", asked="Tân Lập").errors.as_data()["commune"][0].code == "several"


@pytest.mark.parametrize("typed", ["", "   "])
def test_empty_field_says_it_is_needed(typed):
    assert form(typed).errors.as_data()["commune"][0].code == "required"


def test_commune_kept_before_is_shown_by_its_name(cast):
    html = str(AddressForm(initial={"commune": cast.commune})["commune"])
    assert 'value="Xã Tân Cương, Thái Nguyên"' in html


def test_typed_script_is_shown_as_text():
    assert "<script>" not in str(form('"><script>alert(1)</script>')["commune"])
