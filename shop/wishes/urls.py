"""What one keeps, and of what one wants to be told."""

from __future__ import annotations

from django.urls import path

from shop.wishes import views

app_name = "wishes"

urlpatterns = [
    path("", views.show_wishes, name="list"),
    path("giu/<int:pk>/", views.keep, name="keep"),
    path("bao/<int:pk>/", views.tell_me, name="tell"),
    path("bo/<int:pk>/", views.take_off, name="take_off"),
]
