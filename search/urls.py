"""Where searching lives."""

from __future__ import annotations

from django.urls import path

from search.pages import views

app_name = "search"

urlpatterns = [
    path("", views.search_page, name="search"),
    path("goi-y/", views.suggestions, name="suggest"),
    path("tinh-trang/", views.state, name="state"),
    path("luu/", views.save_search, name="save"),
    path("da-luu/", views.saved, name="saved"),
    path("da-luu/<int:pk>/bo/", views.forget_search, name="forget"),
]
