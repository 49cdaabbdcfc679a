"""What an order tells the rooms above it, inside the transaction that changed it."""

from django.dispatch import Signal

# After household orders of one order entered another state. Sent with order and now (aware). Whoever listens and fails
# undoes the change.
household_orders_moved = Signal()
