"""The tree of farm goods as shipped."""

from __future__ import annotations

import pytest
from django.utils import translation

from catalog.categories import load_categories
from catalog.models import Category
from catalog.selectors import category_tree


@pytest.mark.django_db
def test_the_shipped_tree_has_names_in_both_languages_and_loads_again_without_change():
    count = load_categories()
    before = list(Category.objects.order_by("path").values_list("path", "code", "name", "name_en"))
    assert load_categories() == count == len(before)
    assert list(Category.objects.order_by("path").values_list("path", "code", "name", "name_en")) == before
    assert all(name and name_en for _path, _code, name, name_en in before)
    assert Category.find_problems() == ([], [], [], [], [])


@pytest.mark.django_db
def test_the_tree_is_read_in_one_query(django_assert_num_queries):
    load_categories()
    with django_assert_num_queries(1):
        tree = category_tree()
    assert {category.depth for category in tree} == {1, 2, 3}


@pytest.mark.django_db
def test_a_category_is_named_in_the_readers_language():
    load_categories()
    green_tea = Category.objects.get(code="che-xanh")
    with translation.override("en"):
        assert green_tea.local_name == "Green tea"
    with translation.override("vi"):
        assert green_tea.local_name == "Chè xanh"


@pytest.mark.django_db
def test_a_category_added_by_hand_stays():
    load_categories()
    Category.objects.get(code="che").add_child(name="Chè vằng", slug="che-vang")
    load_categories()
    assert Category.objects.filter(slug="che-vang").exists()
