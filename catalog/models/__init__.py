"""Ours first, then everything of Oscar's that we did not replace."""

from catalog.models.product import Product  # isort: skip
from catalog.models.certificate import OcopCertificate  # isort: skip
from oscar.apps.catalogue.models import *
