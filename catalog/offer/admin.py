"""Oscar's admin for partners, unchanged."""

from oscar.apps.partner.admin import *
