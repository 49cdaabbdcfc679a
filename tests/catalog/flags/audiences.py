"""Everybody may report a listing."""

from __future__ import annotations

from tests.catalog.listing.audiences import listing_of
from tests.doors import PUBLIC, Door

DOORS = {"flags:flag": Door(PUBLIC, kwargs=listing_of)}
