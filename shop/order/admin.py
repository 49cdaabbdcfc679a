"""Oscar's admin for orders, unchanged."""

from oscar.apps.order.admin import *
