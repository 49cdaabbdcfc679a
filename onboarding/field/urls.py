"""The field app below /to/app/, its uploads; marketplace/urls.py adds the API, whose namespace cannot be nested."""

from __future__ import annotations

from django.urls import path

from onboarding.field import tus

app_name = "field"

urlpatterns = [
    path("to/api/v1/uploads/", tus.uploads, name="uploads"),
    path("to/api/v1/uploads/<uuid:key>/", tus.one_upload, name="upload"),
]
