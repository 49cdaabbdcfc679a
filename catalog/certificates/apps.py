"""Certificates of a listing: written down by the household, confirmed by an operator, shown while they are valid."""

from __future__ import annotations

from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "catalog.certificates"
    label = "certificates"
