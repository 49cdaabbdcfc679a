"""Oscar's catalogue in Django's admin, unchanged."""

from oscar.apps.catalogue.admin import *
