"""Places are found however people write them."""

from __future__ import annotations

import unicodedata

import pytest

from households.models import Commune, CommuneSuccession, Province
from households.places.finding import find_communes, find_provinces, names_unknown_commune, near_communes
from households.places.index import forget_places, names_in_database
from households.places.loading import DATA
from households.places.names import SHORT_TITLES, keys_of, words_of
from households.places.units import names_in_files
from households.services import load_places

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _places(django_db_setup, django_db_blocker):
    """All of Viet Nam, once for this module."""
    with django_db_blocker.unblock():
        load_places(report=str)
        yield
        for model in (CommuneSuccession, Commune, Province):
            model.objects.all().delete()
        forget_places()


@pytest.fixture
def _places_of_this_test_only():
    """The same places for the whole module."""


def names(found):
    return [place.label for place in found]


def test_every_unit_is_loaded_with_its_region():
    assert (Province.objects.count(), Commune.objects.count(), CommuneSuccession.objects.count()) == (34, 3321, 10844)
    assert Commune.objects.filter(valid_from="2026-04-30", kind="phuong", province="75").count() == 10
    assert set(Province.objects.values_list("region", flat=True)) == {"north", "central", "south"}


def test_the_files_and_the_database_give_the_same_names():
    from_files, from_database = names_in_files(DATA), names_in_database()
    assert from_files.provinces == from_database.provinces
    assert from_files.communes == from_database.communes
    assert {code: set(units) for code, units in from_files.former.items()} == {
        code: set(units) for code, units in from_database.former.items()
    }


@pytest.mark.parametrize(
    ("typed", "meant"), [("Ban Mê Thuột", "Buôn Ma Thuột"), ("ban me thuot", "buon ma thuot"), ("bmt", "buon ma thuot")]
)
def test_communes_are_found_by_the_other_name_that_everybody_uses(typed, meant):
    assert find_communes(typed)
    assert {commune.code for commune in find_communes(typed)} == {commune.code for commune in find_communes(meant)}


@pytest.mark.parametrize(("typed", "code"), [("sài gòn", "79"), ("Đăk Nông", "68"), ("bắc cạn", "19"), ("HN", "01")])
def test_provinces_are_found_by_the_other_name_that_everybody_uses(typed, code):
    assert [province.code for province in find_provinces(typed)] == [code]


@pytest.mark.parametrize(
    ("title", "short"), [(title, short) for title in SHORT_TITLES for short in SHORT_TITLES[title]]
)
def test_short_title_says_what_the_full_one_says(title, short):
    assert keys_of(words_of(f"{short} Lục Ngạn"))[-1] == keys_of(words_of(f"{title} Lục Ngạn"))[-1] == "lucngan"


def test_loading_again_changes_nothing():
    told: list[str] = []
    load_places(report=told.append)
    assert told[-1] == "former communes: 0 added, 0 dropped"
    assert Commune.objects.count() == 3321


@pytest.mark.parametrize(
    "typed",
    [
        "Tân Cương",
        "tan cuong",
        "TÂN CƯƠNG",
        unicodedata.normalize("NFD", "Xã Tân Cương"),
        "xã Tân Cương, tỉnh Thái Nguyên",
        "x. tan cuong - thai nguyen",
        "Tân Cương Thái Nguyên",
        "Xóm Hồng Thái, Tân Cương, TP. Thái Nguyên, T.P Thái Nguyên",
        "tan cuong, tp thai nguyen, thai nguyen, Việt Nam",
    ],
)
def test_one_commune_written_in_many_ways(typed):
    assert names(find_communes(typed)) == ["Xã Tân Cương, Thái Nguyên"]


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("P.1, Q.8, TP HCM", "Phường Chánh Hưng, Hồ Chí Minh"),
        ("Phường 01 quận 8", "Phường Chánh Hưng, Hồ Chí Minh"),
        ("Bến Nghé, Quận 1", "Phường Sài Gòn, Hồ Chí Minh"),
        ("thi tran phong dien, Huế", "Phường Phong Điền, Huế"),
        ("Quí Lộc", "Xã Quý Lộc, Thanh Hóa"),
        ("Quan Sơn, Thanh Hoá", "Xã Quan Sơn, Thanh Hóa"),
        ("ea h’leo", "Xã Ea H'Leo, Đắk Lắk"),
        ("Ea H leo, Đắc Lắc", "Xã Ea H'Leo, Đắk Lắk"),
        ("Trảng Dài, Biên Hoà, Đồng Nai", "Phường Trảng Dài, Đồng Nai"),
    ],
)
def test_former_units_and_old_spellings_lead_to_today_s(typed, label):
    assert names(find_communes(typed))[0] == label


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("đảo Lý Sơn", "Đặc khu Lý Sơn, Quảng Ngãi"),
        ("dao ly son, quang ngai", "Đặc khu Lý Sơn, Quảng Ngãi"),
        ("huyện đảo Lý Sơn", "Đặc khu Lý Sơn, Quảng Ngãi"),
        ("Đảo Cô Tô", "Đặc khu Cô Tô, Quảng Ninh"),
        ("đặc khu Phú Quốc", "Đặc khu Phú Quốc, An Giang"),
        ("đảo Phú Quốc, Kiên Giang", "Đặc khu Phú Quốc, An Giang"),
        ("Thôn Đông, đảo Phú Quý, Bình Thuận", "Đặc khu Phú Quý, Lâm Đồng"),
        ("Côn Đảo", "Đặc khu Côn Đảo, Hồ Chí Minh"),
        ("quần đảo Trường Sa", "Đặc khu Trường Sa, Khánh Hòa"),
    ],
)
def test_an_island_is_found_with_and_without_what_it_is_called_before(typed, label):
    assert names(find_communes(typed)) == [label]


def test_the_commune_of_an_island_s_name_is_found_by_its_own_title():
    assert "Xã Cô Tô, An Giang" in names(find_communes("xã Cô Tô"))


@pytest.mark.parametrize(
    ("typed", "is_unknown"),
    [
        ("Không Có, Đại Từ, Thái Nguyên", True),
        ("Xã Qwerty, Thái Nguyên", True),
        ("Xóm Không Có, Đại Từ, Thái Nguyên", False),
        ("12 Hàng Bông, Hoàn Kiếm", False),
        ("Đại Từ, Thái Nguyên", False),
        ("Tân Cương, Thái Nguyên", False),
        ("Qwerty", False),
    ],
)
def test_a_commune_that_nobody_knows_is_told_from_a_former_name(typed, is_unknown):
    assert names_unknown_commune(typed) is is_unknown


def test_former_district_leads_to_all_that_took_it_in():
    found = find_communes("huyện Đại Từ")
    assert len(found) == 10
    assert {place.former for place in found} == {"Huyện Đại Từ, Tỉnh Thái Nguyên"}


def test_ambiguous_name_returns_several_own_names_first():
    found = find_communes("Hòa Bình")
    assert len(found) > 5
    assert [bool(place.former) for place in found] == sorted(bool(place.former) for place in found)
    assert names(find_communes("Hòa Bình", province="25")) == ["Phường Hòa Bình, Phú Thọ"]


def test_typed_tones_shut_other_tones_out():
    own = [{place.name for place in find_communes(typed) if not place.former} for typed in ("Tân Thành", "tan thanh")]
    assert own == [{"Tân Thành"}, {"Tân Thanh", "Tân Thành", "Tân Thạnh"}]


@pytest.mark.parametrize("typed", ["Tân Cương, Hà Nội", "Atlantis", "", ",,,", "12345", "☃" * 500, "a " * 5000])
def test_what_is_not_there_is_not_found(typed):
    assert find_communes(typed) == []


def test_slip_of_the_finger_brings_near_names():
    assert "Xã Tân Cương, Thái Nguyên" in names(near_communes("Tân Cươnh, Thái Nguyên"))
    assert names(near_communes("Tân Cương, Hà Nội")) == ["Xã Tân Cương, Thái Nguyên"]
    assert near_communes("qqqqqqqq") == []


@pytest.mark.parametrize(
    ("typed", "code"),
    [("tp hcm", "79"), ("T.P. Hồ Chí Minh", "79"), ("bac kan", "19"), ("Hoà Bình", "25"), ("dak lak", "66")],
)
def test_former_and_short_province_names_are_known(typed, code):
    assert [province.code for province in find_provinces(typed)] == [code]
