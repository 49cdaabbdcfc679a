"""Ours first, then everything of Oscar's that we did not replace."""

from catalog.models.category import Category  # isort: skip
from catalog.models.product import ListingStatus, Product, Storage  # isort: skip
from catalog.models.event import ListingEvent  # isort: skip
from catalog.certificates.models import Certificate, OcopCertificate, QualityCertificate  # isort: skip
from catalog.models.photo import Photo, PhotoFailure, Portrait  # isort: skip
from catalog.reviews.models import Review  # isort: skip
from catalog.questions.models import ListingQuestion  # isort: skip
from catalog.flags.models import ListingFlag  # isort: skip
from catalog.storefront.models import TrackRecord  # isort: skip
from catalog.models.revision import OPEN_REVISION, ListingRevision, RevisionEvent, RevisionStatus  # isort: skip
from oscar.apps.catalogue.models import *  # type: ignore[assignment]  # Oscar defines each class only where we did not

__all__ = [
    "OPEN_REVISION",
    "Category",
    "Certificate",
    "ListingEvent",
    "ListingFlag",
    "ListingQuestion",
    "ListingRevision",
    "ListingStatus",
    "OcopCertificate",
    "Photo",
    "PhotoFailure",
    "Portrait",
    "Product",
    "QualityCertificate",
    "Review",
    "RevisionEvent",
    "RevisionStatus",
    "Storage",
    "TrackRecord",
]
