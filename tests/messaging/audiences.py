"""Whom the on-screen outbox is for: developers; elsewhere it does not exist (test_outbox_page.py)."""

from tests.doors import PUBLIC, Door

DOORS = {"messaging:outbox": Door(PUBLIC)}
