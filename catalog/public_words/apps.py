"""Words that everybody reads: what reviews and questions share."""

from __future__ import annotations

from django.apps import AppConfig


class PublicWordsConfig(AppConfig):
    name = "catalog.public_words"
    label = "public_words"
