"""Reports of listings."""

from __future__ import annotations

from django.apps import AppConfig


class FlagsConfig(AppConfig):
    name = "catalog.flags"
    label = "flags"
