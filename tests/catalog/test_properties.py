"""Each property of a listing is declared once, and everything that handles listings follows the declaration."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from catalog.listing.data import ListingData, data_of
from catalog.models import Category, Product
from catalog.properties import FACETS, PROPERTIES, Property, in_words
from households.access import Acting
from search.engines.documents import ListingDocument
from search.engines.port import Facet
from search.index import passes
from search.index.source import Source
from tests.factories.catalog import listing
from tests.sign_in import sign_in

ALL = pytest.mark.parametrize("declared", PROPERTIES, ids=lambda declared: declared.name)
ROWS = pytest.mark.parametrize(
    "declared", [declared for declared in PROPERTIES if declared.is_row], ids=lambda declared: declared.name
)
TEXTS = pytest.mark.parametrize(
    "declared", [declared for declared in PROPERTIES if declared.is_text], ids=lambda declared: declared.name
)
EACH_FACET = pytest.mark.parametrize("declared", FACETS, ids=lambda declared: declared.name)

# For each property an answer to the form that differs from what ``tests.factories.catalog.listing`` says of it.
TYPED = {
    "title": "Măng khô rừng",
    "description": "Măng nứa phơi ba nắng.",
    "sale_unit": "box",
    "net_weight_g": "300 g",
    "pieces": "12",
    "price": "90.000",
    "stock": "7",
    "harvest_months": ["7", "8"],
    "storage": "frozen",
    "max_transit_days": "4",
    "pack_weight_g": "410 g",
}


@dataclass(frozen=True)
class Changed:
    """One listing whose every property the household changed in the form, as it was and as it is."""

    before: ListingData
    after: ListingData
    row: Product

    def document(self) -> ListingDocument:
        return next(Source(timezone.now()).listings(version=1, product_ids=[self.row.pk]))


@pytest.fixture
def changed(client, cast) -> Changed:
    made = listing(Acting(cast.head, cast.household), timezone.now())
    before = data_of(made)
    bamboo = Category.add_root(code="mang", slug="mang", name="Măng", name_en="Bamboo shoots")
    answers = TYPED | {"category_id": bamboo.pk, "origin_commune_id": cast.other_commune.pk}
    sign_in(client, cast.head)
    kept = [str(photo.key) for photo in made.photos.all()]
    sent = {"key": str(made.key), "version": made.version, "kept": kept}
    change = client.post(reverse("listing:edit", args=[made.pk]), answers | sent).url
    assert client.post(f"{change}quyet-dinh/", {"decision": "publish"}).url == change
    row = Product.objects.get(pk=made.pk)
    return Changed(before, data_of(row), row)


def test_the_declaration_names_all_that_a_listing_is_made_of():
    declared = [declared.name for declared in PROPERTIES]
    assert sorted(declared) == sorted(field.name for field in fields(ListingData))
    assert {*TYPED, "category_id", "origin_commune_id"} == set(declared)


@ALL
def test_the_form_asks_for_it(client, cast, declared: Property):
    sign_in(client, cast.head)
    page = unescape(client.get(reverse("listing:create", args=[cast.household.code])).content.decode())
    assert f'name="{declared.name}"' in page
    assert str(declared.field.label) in page


@ALL
def test_what_is_typed_is_kept_and_the_history_says_what_changed(client, cast, changed, declared: Property):
    old, new = (getattr(data, declared.name) for data in (changed.before, changed.after))
    assert old != new
    history = unescape(client.get(reverse("onboarding:household_acts", args=[cast.household.code])).content.decode())
    said = re.search(rf"<small>{re.escape(str(declared.label))}(.*?)</small>", history)
    assert said
    assert in_words(declared, old) in said[1]
    assert in_words(declared, new) in said[1]


@ROWS
def test_buyers_read_its_row(client, changed, declared: Property):
    page = unescape(client.get(changed.row.get_absolute_url()).content.decode())
    text = in_words(declared, getattr(changed.after, declared.name))
    assert f"<dt>{capfirst(str(declared.label))}</dt><dd>{text}</dd>" in page


@ALL
def test_no_row_is_printed_for_what_a_listing_does_not_say(declared: Property):
    assert [in_words(declared, nothing) for nothing in (None, "", [], ())] == ["", "", "", ""]


@EACH_FACET
def test_results_are_narrowed_by_it(client, changed, declared: Property):
    assert declared.name in set(Facet)
    passes.rebuild(engine="tantivy", now=timezone.now())
    old, new = (str(getattr(data, declared.name)) for data in (changed.before, changed.after))
    page = client.get("/tim/", {declared.name: new})
    assert [card.title for card in page.context["results"].cards] == [changed.row.title]
    shown = {view.title: [choice.label for choice in view.choices] for view in page.context["results"].facets}
    assert shown[capfirst(str(declared.label))] == [in_words(declared, new)]
    assert not client.get("/tim/", {declared.name: old}).context["results"].cards


@TEXTS
def test_its_words_find_the_listing(changed, declared: Property):
    assert in_words(declared, getattr(changed.after, declared.name)) in changed.document().description


def test_a_document_is_read_back_with_its_properties(changed):
    document = changed.document()
    assert ListingDocument.from_dict(document.as_dict()) == document
    assert document.properties == {"storage": ("frozen",)}
