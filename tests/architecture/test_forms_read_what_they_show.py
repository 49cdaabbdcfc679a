"""What a field shows is understood when it is sent again as it stands: every field of every form of ours."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from copy import deepcopy
from datetime import date, timedelta
from importlib import import_module
from typing import Any
from uuid import UUID

import pytest
from django import forms
from django.conf import settings
from django.core.management import call_command
from django.http import QueryDict
from django.utils import translation

from accounts.fields import PhoneField
from accounts.phones import show_phone
from catalog.certificates.forms import DayField
from catalog.fields import CommuneCodeField, DongField, GramsField, TypedNumberField
from catalog.offer.services import StockChange
from catalog.properties import PROPERTIES
from catalog.units import MAX_GRAMS, parse_grams, show_grams
from core.money import MAX_DONG, parse_dong, show_dong
from households.forms import CommuneField
from households.models import Commune
from operations.forms import TariffForm
from shop.shipping.models import ShippingTariff
from tests.filled_forms import forms_on

ROOMS = ("accounts", "catalog", "core", "households", "onboarding", "operations", "reporting", "search", "shop")
PICKED = random.Random(2026)
NUMBERS = (1, 9, 10, 99, 100, 375, 500, 999, 1000, 1001, 1100, 1125, 1250, 1375, 1500, 2000, 9999, 12_345, 99_999)
WORDS = ("Chè", "1.375", "1,375 kg", 'ghi "A & B" <C>', "Đỗ Thị Ớt", "120k")
PHONES = ("+84912345678", "+84389000001", "+842838123456", "+842083851234")
DAYS = [
    date(2026, 5, 1),
    date(2026, 12, 31),
    date(2024, 2, 29),
    *(date(2000, 1, 1) + timedelta(73 * n) for n in range(200)),
]


def our_fields() -> Iterator[tuple[str, forms.Field]]:
    """Each field that a form of ours declares, and those that a listing's form is made of."""
    for room in ROOMS:
        for path in (settings.ROOT / room).rglob("forms.py"):
            import_module(".".join(path.relative_to(settings.ROOT).with_suffix("").parts))
    left, seen = [forms.BaseForm], set()
    while left:
        for kind in left.pop().__subclasses__():
            if kind not in seen:
                seen.add(kind)
                left.append(kind)
                if kind.__module__.startswith(ROOMS):
                    yield from ((f"{kind.__name__}.{name}", field) for name, field in kind.base_fields.items())
    for declared in PROPERTIES:
        yield f"ListingForm.{declared.name}", declared.field


def whole_numbers(field: Any) -> Iterable[int]:
    least, most = getattr(field, "min_value", None) or 1, getattr(field, "max_value", None) or 10**6
    return [number for number in (*NUMBERS, least, most) if least <= number <= most]


def choices(field: Any) -> Iterable[Any]:
    coerce = getattr(field, "coerce", str)
    groups = [option if isinstance(option[1], list | tuple) else ("", [option]) for option in field.choices]
    values = [coerce(value) for _group, options in groups for value, _label in options if value != ""]
    return [values[:1], values] if isinstance(field, forms.MultipleChoiceField) else values


#: For each kind of field what it may hold; the nearest kind counts.
VALUES: dict[type[forms.Field], Any] = {
    DongField: lambda field: [*NUMBERS, MAX_DONG, *(PICKED.randint(1, MAX_DONG) for _ in range(100))],
    GramsField: lambda field: [*NUMBERS, MAX_GRAMS, *(PICKED.randint(1, MAX_GRAMS) for _ in range(100))],
    TypedNumberField: lambda field: [0, *NUMBERS, *(PICKED.randint(1, 10**6) for _ in range(100))],
    PhoneField: lambda field: PHONES,
    DayField: lambda field: DAYS,
    forms.DateField: lambda field: DAYS,
    CommuneCodeField: lambda field: list(Commune.objects.values_list("pk", flat=True)),
    CommuneField: lambda field: list(Commune.objects.all()),
    forms.ModelChoiceField: lambda field: list(field.queryset.all()),
    forms.ChoiceField: choices,
    forms.BooleanField: lambda field: [True] if field.required else [True, False],
    forms.UUIDField: lambda field: [UUID("0192f0c1-0000-7000-8000-00000000000a")],
    forms.IntegerField: whole_numbers,
    forms.EmailField: lambda field: ["hoa@example.vn"],
    forms.CharField: lambda field: [word for word in WORDS if len(word) <= (field.max_length or 100)],
}
#: Without files, secrets that no page shows, and areas and periods, whose choices depend on who asks.
FIELDS = {
    name: field
    for name, field in our_fields()
    if not isinstance(field, forms.FileField)
    and not isinstance(field.widget, forms.PasswordInput)
    and not (isinstance(field.widget, forms.Select) and not isinstance(field, forms.ChoiceField))
}


def values_of(field: forms.Field) -> Iterable[Any]:
    kind = next((kind for kind in type(field).__mro__ if kind in VALUES), None)
    assert kind is not None, f"say in VALUES what a {type(field).__name__} may hold"
    values: Iterable[Any] = VALUES[kind](field)
    return values


def read_again(field: forms.Field, shown: Any) -> Any:
    """``shown`` drawn in the field, sent as it stands and cleaned."""
    form_class = type("OneField", (forms.Form,), {"one": deepcopy(field)})
    [drawn] = forms_on(f'<form method="post">{form_class(initial={"one": shown})}</form>', "/")
    data = query(drawn.as_it_stands())
    sent = form_class(data)
    if not sent.is_valid():
        return f"{data} refused: {sent.errors.as_data()}"
    read = sent.cleaned_data["one"]
    return read.amount if isinstance(read, StockChange) else read  # what is shown is an amount, not a difference


def query(fields: dict[str, list[str]]) -> Any:
    data = QueryDict(mutable=True)
    for name, values in fields.items():
        data.setlist(name, values)
    return data


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
@pytest.mark.parametrize("name", FIELDS)
def test_a_field_reads_what_it_shows(cast, name, language):
    field = FIELDS[name]
    with translation.override(language):
        wrong = [(value, again) for value in values_of(field) if (again := read_again(field, value)) != value]
    assert not wrong


def test_every_weight_is_read_as_it_is_shown():
    assert not [grams for grams in range(1, MAX_GRAMS + 1) if parse_grams(show_grams(grams)) != grams]


def test_every_price_is_read_as_it_is_shown():
    prices = [*range(1, 20_000), *(PICKED.randint(1, MAX_DONG) for _ in range(5_000)), MAX_DONG]
    assert not [price for price in prices if parse_dong(show_dong(price)) != price]


@pytest.mark.parametrize("phone", PHONES)
def test_a_phone_is_read_as_it_is_shown(phone):
    assert PhoneField().clean(show_phone(phone)) == phone


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_tariff_is_read_as_it_is_shown(db, language):
    call_command("load_shipping_tariff", verbosity=0)
    shown = ShippingTariff.objects.prefetch_related("zone_rates__steps").latest("valid_from")
    with translation.override(language):
        initial = TariffForm.initial_of(shown) | {"source": "bảng giá", "valid_from": "2027-01-01"}
        [drawn] = forms_on(f'<form method="post">{TariffForm(initial=initial)}</form>', "/")
        again = TariffForm(query(drawn.as_it_stands()))
        assert again.is_valid(), again.errors
    steps = {
        zone["zone"]: (zone["days"], zone["steps"], zone["extra_step_g"], zone["extra_charge"])
        for zone in again.zones()
    }
    assert steps == {
        rate.zone: (rate.days, [(s.up_to_g, s.charge) for s in rate.steps.all()], rate.extra_step_g, rate.extra_charge)
        for rate in shown.zone_rates.all()
    }
