"""A household's public page."""

from __future__ import annotations

from django.urls import path

from catalog.storefront import views

app_name = "storefront"

urlpatterns = [path("<slug:slug>_<str:code>/", views.household_storefront, name="household")]
