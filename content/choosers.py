"""How editors pick a listing: only what buyers can see is offered."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.permission_policies import BlanketPermissionPolicy
from wagtail.permissions import register_permission_policy

from catalog.models import Product
from catalog.selectors import published_listings


class _OnSale:
    def get_object_list(self) -> QuerySet[Product, Any]:
        return published_listings().order_by("-published_at")


class ChooseListing(_OnSale, ChooseView):
    pass


class ChooseListingResults(_OnSale, ChooseResultsView):
    pass


class ListingChooser(ChooserViewSet):
    model = Product  # type: ignore[assignment]  # Wagtail's default is read as None alone
    icon = "tag"
    choose_one_text = _("Choose a listing")  # type: ignore[assignment]  # lazy, as Wagtail's own
    choose_another_text = _("Choose another listing")  # type: ignore[assignment]  # lazy, as Wagtail's own
    choose_view_class = ChooseListing
    choose_results_view_class = ChooseListingResults
    per_page = 20


# Whoever may edit pages may pick what everybody can see.
register_permission_policy(Product, BlanketPermissionPolicy(None))
listing_chooser = ListingChooser("listing_chooser", url_prefix="listing-chooser")
ListingChooserBlock = listing_chooser.get_block_class(name="ListingChooserBlock", module_path="content.choosers")
