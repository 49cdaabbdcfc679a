"""What the editor at /noi-dung/ offers beyond Wagtail's own."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.documents.views.documents import IndexView
from wagtail.models import Page

from content.choosers import ListingChooser, listing_chooser
from content.models import OperatorFacts, TrustPage
from core.name_order import by_name


@hooks.register("register_admin_viewset")  # type: ignore[untyped-decorator]  # Wagtail has no types
def offer_the_listing_chooser() -> ListingChooser:
    return listing_chooser


def titles_in_order(rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """``rows`` as they are sorted, but titles as Vietnamese sorts them: the database would put Đ behind Z."""
    order = rows.query.order_by
    if order[:1] == ("title",):
        return rows.order_by(by_name("title"), *order[1:])
    if order[:1] == ("-title",):
        return rows.order_by(by_name("title").desc(), *order[1:])
    return rows


@hooks.register("construct_explorer_page_queryset")  # type: ignore[untyped-decorator]  # Wagtail has no types
def sort_titles_of_pages(parent_page: Page, pages: QuerySet[Page, Any], request: HttpRequest) -> QuerySet[Page, Any]:
    """Of a search Wagtail sorts by columns alone, so that one stays as it is."""
    return pages if request.GET.get("q") else titles_in_order(pages)


class DocumentsInOrder(IndexView):
    def order_queryset(self, queryset: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        return titles_in_order(super().order_queryset(queryset))


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]  # Wagtail has no types
def show_documents_in_order() -> list[URLPattern]:
    """In place of Wagtail's own list, which stands behind these addresses."""
    return [
        path("documents/", DocumentsInOrder.as_view(), name="documents_in_order"),
        path("documents/results/", DocumentsInOrder.as_view(results_only=True), name="documents_in_order_results"),
    ]


@hooks.register("before_publish_page")  # type: ignore[untyped-decorator]  # Wagtail has no types
def require_facts(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A page that names facts nobody has written is not published; what was typed is saved as a draft before."""
    missing = page.missing_facts() if isinstance(page, TrustPage) else []
    if not missing:
        return None
    names = ", ".join(OperatorFacts.label_of(name) for name in missing)
    messages.error(
        request,
        _("Not published: first write these facts under Settings, facts about the operator: %(names)s.")
        % {"names": names},
    )
    return redirect("wagtailadmin_pages:edit", page.pk)
