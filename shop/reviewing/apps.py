"""Reviews by whoever bought."""

from __future__ import annotations

from django.apps import AppConfig


class ReviewingConfig(AppConfig):
    name = "shop.reviewing"
    label = "reviewing"
