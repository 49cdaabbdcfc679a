"""Every page type: whole, light, in both languages, and cheap whatever is on sale."""

import pytest
from django.conf import settings
from wagtail.models import PageViewRestriction

from content.models import ProvincePage
from tests.accessibility import problems

PAGES = ["/", "/huong-dan/", "/huong-dan/uy-quyen/", "/tin-tuc/", "/tin-tuc/sao-ocop/", "/tinh/", "/tinh/thai-nguyen/"]
MAX_QUERIES = 14  # two more when somebody is signed in: the session and the person
MAX_BYTES = 150_000


@pytest.mark.parametrize("address", PAGES)
def test_page_keeps_the_rules_of_accessibility(client, home, tea, address):
    page = client.get(address)
    assert page.status_code == 200
    assert problems(page.content.decode()) == []


@pytest.mark.parametrize("address", PAGES)
def test_page_weighs_little_with_its_stylesheet(client, home, tea, address):
    stylesheet = (settings.ROOT / "static" / "css" / "site.css").stat().st_size
    assert stylesheet < 36_000
    assert len(client.get(address).content) + stylesheet < MAX_BYTES


@pytest.mark.parametrize("address", PAGES)
def test_page_costs_the_same_for_more_listings(client, home, add_listings, now, address, django_assert_max_num_queries):
    add_listings(2, now)
    client.get(address)  # Wagtail remembers where the site stands
    with django_assert_max_num_queries(MAX_QUERIES) as few:
        client.get(address)
    add_listings(5, now)
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(address)


@pytest.mark.parametrize("address", ["/", "/tinh/thai-nguyen/"])
def test_somebody_signed_in_costs_two_queries_more(
    client, home, add_listings, cast, now, address, django_assert_max_num_queries
):
    add_listings(2, now)
    client.force_login(cast.buyer)
    client.get(address)
    with django_assert_max_num_queries(MAX_QUERIES + 2):
        client.get(address)


def test_a_page_for_members_of_a_group_is_closed_to_others(client, home):
    province = ProvincePage.objects.get(slug="bac-ninh")
    PageViewRestriction.objects.create(page=province.get_parent(), restriction_type="login")
    assert client.get("/tinh/bac-ninh/").status_code == 302
    assert client.get("/huong-dan/").status_code == 200


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/", ["In season now", "Buy by kind", "How the market works", "Green tea"]),
        ("/huong-dan/", ["Guides", "For farming households", "What a mandate is"]),
        ("/tinh/thai-nguyen/", ["On sale now", "Harvest calendar", "Households that sell"]),
    ],
)
def test_the_switch_turns_page_and_texts_english(client, home, tea, address, words):
    client.post("/ngon-ngu/", {"language": "en"})
    page = client.get(address).content.decode()
    assert [word for word in words if word not in page] == []
    assert problems(page) == []


def test_a_guide_without_english_is_read_in_vietnamese(client, home):
    client.post("/ngon-ngu/", {"language": "en"})
    page = client.get("/huong-dan/uy-quyen/").content.decode()
    assert "What a mandate is" in page
    assert "Tài khoản ngân hàng không bao giờ nằm trong ủy quyền" in page


def test_home_offers_search_season_categories_provinces_and_the_three_ways(client, home, tea):
    page = client.get("/").content.decode()
    wanted = ['name="q"', "Đang mùa", "Chè Tân Cương", "/tinh/thai-nguyen/", "/huong-dan/#ho", "/huong-dan/#to"]
    assert [part for part in wanted if part not in page] == []


def test_a_province_shows_its_own_listings_seasons_and_households(client, home, tea, cast):
    page = client.get("/tinh/thai-nguyen/").content.decode()
    assert "Chè Tân Cương" in page
    assert "Trà nhà Hoa" in page
    assert page.count('class="harvest') == 12
    other = client.get("/tinh/bac-ninh/").content.decode()
    assert "Chè Tân Cương" not in other
    assert "Chưa có hộ nào ở đây đăng bán" in other


def test_a_page_taken_off_is_not_found(client, home):
    ProvincePage.objects.get(slug="bac-ninh").unpublish()
    assert client.get("/tinh/bac-ninh/").status_code == 404


def test_an_address_without_its_last_stroke_is_completed(client, home):
    assert client.get("/huong-dan")["Location"] == "/huong-dan/"


@pytest.mark.parametrize(("language", "said"), [("en", True), ("vi", False)])
def test_text_without_english_says_so_and_is_marked_as_vietnamese(client, home, language, said):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = client.get("/huong-dan/uy-quyen/").content.decode()
    assert ("in Vietnamese only" in page, '<div class="prose" lang="vi">' in page) == (said, said)
    assert problems(page) == []
