"""What the catalogue tells whoever stands above it."""

from __future__ import annotations

from django.dispatch import Signal

# Sent inside the transaction that changes what buyers see of a listing: its text, photos, price, stock or status.
# Receivers get ``product_id`` and write their own outbox row in that transaction.
listing_changed = Signal()

# Sent inside the transaction that notes that a photo of a listing will never be ready. Receivers get ``listing_id``.
photo_failed = Signal()
