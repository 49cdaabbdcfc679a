"""The editor, its documents, and every page; included last, because pages answer any address."""

from __future__ import annotations

from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail.admin import urls as admin_urls
from wagtail.documents import urls as document_urls

from content.views import serve_page

to_sign_in = RedirectView.as_view(pattern_name="account_request_login_code", query_string=True)

urlpatterns = [
    path("noi-dung/", include(admin_urls)),
    path("tai-lieu/", include(document_urls)),
    # Wagtail asks for this name when a page is for signed-in people, even where another address is set.
    path("noi-dung-rieng/", to_sign_in, name="wagtailcore_login"),
    re_path(r"^(?P<path>(?:[\w\-]+/)*)$", serve_page, name="wagtail_serve"),
]
