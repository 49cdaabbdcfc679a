"""A household's public page, and the pictures on it."""

from __future__ import annotations

from django.urls import path

from catalog.storefront import picture_views, views

app_name = "storefront"

urlpatterns = [
    path("anh/<str:code>/", picture_views.household_pictures, name="pictures"),
    path("<slug:slug>_<str:code>/", views.household_storefront, name="household"),
]
