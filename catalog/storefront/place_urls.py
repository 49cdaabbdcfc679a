"""Places and seasons, as visitors go to them."""

from __future__ import annotations

from django.urls import path

from catalog.storefront import place_views

app_name = "place"

urlpatterns = [
    path("xa/<slug:slug>_<str:code>/", place_views.commune_page, name="commune"),
    path("gan-toi/", place_views.near_me, name="near"),
    path("dang-mua/", place_views.in_season, name="in_season"),
]
