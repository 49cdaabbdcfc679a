"""What households tells the apps above it."""

from django.dispatch import Signal

# Sent inside the transaction when what the public sees of a household changed. Argument: household_id.
household_changed = Signal()
