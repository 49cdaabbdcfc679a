"""The field app below /to/app/, its uploads; marketplace/urls.py adds the API, whose namespace cannot be nested."""

from __future__ import annotations

from django.urls import path

from onboarding.field import tus, views

app_name = "field"

urlpatterns = [
    path("to/app/", views.app, name="app"),
    path("to/app/manifest.webmanifest", views.manifest, name="manifest"),
    path("to/app/worker.js", views.worker, name="worker"),
    path("to/dien-thoai/", views.devices, name="devices"),
    path("to/dien-thoai/<uuid:key>/khoa/", views.lock, name="lock"),
    path("to/dien-thoai/<uuid:key>/mo-khoa/", views.unlock, name="unlock"),
    path("to/api/v1/uploads/", tus.uploads, name="uploads"),
    path("to/api/v1/uploads/<uuid:key>/", tus.one_upload, name="upload"),
]
