"""What the catalogue tells whoever stands above it."""

from __future__ import annotations

from django.dispatch import Signal

# Sent inside the transaction that changes what buyers see of a listing: its text, photos, price or status, or whether
# it is sold out. Receivers get ``product_id`` and write their own outbox row in that transaction.
listing_changed = Signal()

# Sent inside the transaction in which buyers took goods of listings or gave them back. Receivers get ``product_ids``.
# Whether a listing is sold out is told by ``listing_changed`` too; how much is left only its own page shows.
stock_moved = Signal()

# Sent inside the transaction that notes that a photo of a listing will never be ready. Receivers get ``listing_id``.
photo_failed = Signal()
