"""What other search engines are told: where to go, and each page once under the site's own name."""

from __future__ import annotations

import re

import pytest

from search.pages import sitemaps
from tests.factories.catalog import draft, listing

FILES = ["trang", "danh-muc", "san-pham", "gian-hang", "xa"]


def addresses(client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/xml")
    return re.findall(r"<loc>(.*?)</loc>", response.content.decode())


def test_robots_are_told_what_is_nobodys_business_and_where_the_map_is(client, db, settings):
    text = client.get("/robots.txt").content.decode()
    assert {"Disallow: /quan-tri/", "Disallow: /gio-hang/", "Disallow: /tim/goi-y/"} <= set(text.splitlines())
    assert text.splitlines()[-1] == f"Sitemap: {settings.SITE_URL}/sitemap.xml"
    assert "Disallow: /danh-muc/" not in text


def test_the_map_names_every_public_page_and_each_of_them_opens(client, tea, acting, now, settings):
    hidden = draft(acting, now, title="Chưa bán")
    files = addresses(client, "/sitemap.xml")
    assert files == [f"{settings.SITE_URL}/sitemap-{name}.xml" for name in FILES]
    named = [address.removeprefix(settings.SITE_URL) for file in files for address in addresses(client, file)]
    assert any(f"_{tea.pk}/" in address for address in named)
    assert not any(f"san-pham/{hidden.slug}_{hidden.pk}/" in address for address in named)
    pages = [address for address in named if address != "/"]
    assert {client.get(address).status_code for address in pages} == {200}
    assert any(address.startswith("/gian-hang/") for address in pages)
    assert any(address.startswith("/danh-muc/") for address in pages)


def test_an_unknown_file_or_page_is_not_found(client, db):
    assert client.get("/sitemap-nope.xml").status_code == 404
    assert client.get("/sitemap-san-pham.xml?p=99").status_code == 404
    assert client.get("/sitemap-san-pham.xml?p=x").status_code == 404


def test_long_maps_come_in_several_files(client, acting, now, monkeypatch):
    monkeypatch.setattr(sitemaps.Ours, "limit", 2)
    for number in range(3):
        listing(acting, now, title=f"Chè {number}")
    files = [file for file in addresses(client, "/sitemap.xml") if "san-pham" in file]
    assert [file.partition("?")[2] for file in files] == ["", "p=2"]
    assert [len(addresses(client, file)) for file in files] == [2, 1]


@pytest.mark.usefixtures("standing_clock")
@pytest.mark.parametrize("path", ["/sitemap.xml", *(f"/sitemap-{name}.xml" for name in FILES)])
def test_a_map_takes_the_same_few_queries_for_more_rows(client, tea, acting, now, django_assert_max_num_queries, path):
    client.get(path)
    with django_assert_max_num_queries(12) as few:
        client.get(path)
    for number in range(10):
        listing(acting, now, title=f"Chè {number}")
    with django_assert_max_num_queries(len(few)):
        client.get(path)
