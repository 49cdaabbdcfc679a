"""What households tells the apps above it."""

from django.dispatch import Signal

# Sent inside the transaction when what the public sees of a household changed. Argument: household_id.
household_changed = Signal()

# Sent inside the transaction when the account was closed or the consent withdrawn. Arguments: household, actor, now,
# reason.
account_closed = Signal()
