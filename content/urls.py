"""The editor, its documents, and every page; included last, because pages answer any address."""

from __future__ import annotations

from django.urls import include, path, re_path
from wagtail.admin import urls as admin_urls
from wagtail.documents import urls as document_urls

from content.views import serve_page

urlpatterns = [
    path("noi-dung/", include(admin_urls)),
    path("tai-lieu/", include(document_urls)),
    re_path(r"^(?P<path>(?:[\w\-]+/)*)$", serve_page, name="wagtail_serve"),
]
