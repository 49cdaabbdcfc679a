"""Where the visitor says where goods are to be sent."""

from __future__ import annotations

from django.urls import path

from shop.shipping import views

app_name = "delivery"

urlpatterns = [
    path("", views.choose_place, name="place"),
    path("goi-y/", views.suggest_places, name="suggest"),
]
