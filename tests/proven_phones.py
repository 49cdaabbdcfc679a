"""Visitors whose browser has proven to hold a phone."""

from __future__ import annotations

from django.test import Client
from django.utils import timezone

from accounts.phones import parse_phone


def remember_as_proven(client: Client, phone: str) -> Client:
    """As if ``client`` had written the code that was sent to ``phone`` just now."""
    session = client.session
    session["proven_phones"] = {parse_phone(phone): timezone.now().timestamp()}
    session.save()
    return client
