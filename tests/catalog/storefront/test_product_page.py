"""The product page: all that a buyer needs to decide, in a fixed number of queries."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta

import pytest
from django.contrib.sites.models import Site
from django.utils import timezone

from catalog.categories import load_categories
from catalog.certificates.ocop import OcopPaper
from catalog.certificates.services import confirm_certificate, record_ocop_certificate
from catalog.listing.services import take_down_listing, withdraw_listing
from catalog.models import Category
from catalog.storefront.structured_data import as_script
from households.access import Acting
from tests.accessibility import problems
from tests.factories.catalog import draft, listing, photo, set_stock
from tests.sign_in import sign_in


@pytest.fixture
def on_sale(cast, own):
    """Everything that a listing can have."""
    load_categories()
    now = timezone.now()
    made = listing(own, now, photos=3, category_id=Category.objects.get(code="che-xanh").pk, max_transit_days=10)
    paper = OcopPaper(
        holder="Trà nhà Hoa",
        number="1489/QĐ-UBND",
        issuing_authority="UBND tỉnh Thái Nguyên",
        stars=4,
        issued_date=now.date() - timedelta(days=30),
        expiry_date=date(2099, 12, 31),
    )
    certificate = record_ocop_certificate(acting=own, listing=made, paper=paper, now=now)
    confirm_certificate(operator=cast.operator, certificate=certificate, now=now)
    return made


def text_of(response) -> str:
    return response.content.decode().replace("\u00a0", " ")


def test_a_buyer_reads_price_origin_season_stock_and_certificate(client, on_sale):
    page = text_of(client.get(on_sale.get_absolute_url()))
    for said in (
        "Chè Tân Cương loại một",
        "120.000 đ",
        "240.000 đ",
        "500 g",
        "Tân Cương, Thái Nguyên",
        "1489/QĐ-UBND",
        "UBND tỉnh Thái Nguyên",
        "31/12/2099",
        "Trà nhà Hoa",
        "Chè xanh",
        "Chè một tôm hai lá",
    ):
        assert said in page, said
    assert 'class="harvest' in page


def test_the_page_keeps_the_rules_of_accessible_pages(client, on_sale):
    assert problems(text_of(client.get(on_sale.get_absolute_url()))) == []


def test_the_page_takes_few_queries_even_for_somebody_signed_in(
    client, cast, own, on_sale, django_assert_max_num_queries
):
    """Eight for the listing, seven for what stands around it, one for the tariff; two more for a session."""
    Site.objects.clear_cache()
    listing(own, timezone.now())
    with django_assert_max_num_queries(16):
        client.get(on_sale.get_absolute_url())
    sign_in(client, cast.buyer)
    with django_assert_max_num_queries(18):
        client.get(on_sale.get_absolute_url())


def test_more_products_photos_and_sellers_cost_no_query_more(client, cast, own, on_sale, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    now = timezone.now()
    listing(own, now)
    with CaptureQueriesContext(
        connection,
    ) as before:
        client.get(on_sale.get_absolute_url())
    for acting in (own, Acting(cast.other_head, cast.other_household)) * 3:
        listing(acting, now)
    for position in range(5):
        extra = photo(cast.head, now)
        extra.listing, extra.position = on_sale, 3 + position
        extra.save()
    with django_assert_num_queries(len(before)):
        client.get(on_sale.get_absolute_url())


def test_an_old_name_in_the_address_leads_to_the_right_one(client, on_sale):
    answer = client.get(f"/san-pham/ten-cu_{on_sale.pk}/")
    assert (answer.status_code, answer.url) == (301, on_sale.get_absolute_url())


def test_the_page_names_its_canonical_address_and_describes_the_product_to_machines(client, on_sale, settings):
    page = text_of(client.get(on_sale.get_absolute_url()))
    address = settings.SITE_URL + on_sale.get_absolute_url()
    assert f'<link rel="canonical" href="{address}">' in page
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])
    offer = data["offers"]
    assert (data["@type"], data["name"], len(data["image"])) == ("Product", "Chè Tân Cương loại một", 3)
    assert (offer["price"], offer["priceCurrency"], offer["url"]) == (120_000, "VND", address)
    assert offer["availability"].endswith("/InStock")
    assert all(image.startswith(settings.SITE_URL) for image in data["image"])


def test_words_of_a_household_cannot_end_the_script_for_machines():
    assert "</script>" not in as_script({"name": "</script><script>alert(1)</script>"})


def test_what_is_sold_out_says_so_and_cannot_be_put_into_a_basket(client, own, on_sale):
    set_stock(acting=own, listing=on_sale, stock=0, now=timezone.now())
    page = text_of(client.get(on_sale.get_absolute_url()))
    assert 'name="quantity"' not in page
    assert "message--warning" in page


def test_a_listing_off_sale_leads_to_the_storefront(client, own, on_sale):
    withdraw_listing(acting=own, listing=on_sale, now=timezone.now())
    answer = client.get(on_sale.get_absolute_url())
    assert answer.status_code == 410
    assert f"/gian-hang/{own.household.slug}_{own.household.code}/" in text_of(answer)
    assert "Chè Tân Cương loại một" not in text_of(answer)


def test_a_listing_taken_down_shows_nothing_of_itself(client, cast, on_sale):
    take_down_listing(operator=cast.operator, listing=on_sale, reason="Hàng giả", now=timezone.now())
    answer = client.get(on_sale.get_absolute_url())
    assert answer.status_code == 410
    assert "Hàng giả" not in text_of(answer)


def test_drafts_and_what_never_was_are_not_found(client, own):
    made = draft(own, timezone.now())
    assert client.get(made.get_absolute_url()).status_code == 404
    assert client.get("/san-pham/gi-do_999999/").status_code == 404
    with pytest.raises(AssertionError):
        assert client.post(made.get_absolute_url()).status_code == 200


def test_a_photo_still_being_made_ready_leaves_its_place_empty(client, cast, own):
    now = timezone.now()
    made = listing(own, now)
    made.photos.update(widths=[])
    page = client.get(made.get_absolute_url())
    assert page.status_code == 200
    assert "<picture>" not in text_of(page)


def test_the_page_is_complete_in_english(client, on_sale):
    client.cookies["django_language"] = "en"
    page = client.get(on_sale.get_absolute_url()).content.decode()
    assert '<html lang="en">' in page
    for said in ("Put into the basket", "Grown and sold by", "Green tea", "dry and cool place", "Left: 40 bag"):
        assert said in page
