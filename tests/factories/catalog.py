"""Listings for tests, made through the same services as real ones."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from accounts.models import User
from catalog.certificates.quality import QualityPaper
from catalog.certificates.services import confirm_certificate, record_quality_certificate
from catalog.listing.data import ListingData, data_of, version_of
from catalog.listing.services import (
    OfferChange,
    StockChange,
    draft_listing,
    propose_revision,
    publish_listing,
    set_offer,
)
from catalog.models import Category, ListingRevision, Photo, Product, QualityCertificate
from catalog.offer.models import StockRecord
from households.access import Acting


def category(code: str = "che-xanh", name: str = "Chè xanh") -> Category:
    return Category.objects.filter(code=code).first() or Category.add_root(
        code=code, slug=code, name=name, name_en="Green tea"
    )


def photo(user: User, now: datetime, *, ready: bool = True) -> Photo:
    """A photo's row; its files do not exist, its addresses do."""
    widths = [320, 640, 1280] if ready else []
    return Photo.objects.create(width=1280, height=960, widths=widths, uploaded_by=user, uploaded_at=now)


def listing_data(acting: Acting, **changes: Any) -> ListingData:
    typed: dict[str, Any] = {
        "title": "Chè Tân Cương loại một",
        "category_id": category().pk,
        "price": 120_000,
        "stock": 40,
        "sale_unit": "bag",
        "net_weight_g": 500,
        "harvest_months": (3, 4, 10),
        "origin_commune_id": acting.household.commune_id,
        "description": "Chè một tôm hai lá, sao tay.",
    }
    return ListingData(**(typed | changes))


def draft(acting: Acting, now: datetime, *, photos: int = 1, **changes: Any) -> Product:
    taken = [photo(acting.user, now) for _number in range(photos)]
    return draft_listing(acting=acting, data=listing_data(acting, **changes), photos=taken, key=uuid.uuid4(), now=now)


def listing(acting: Acting, now: datetime, **changes: Any) -> Product:
    """A listing on sale, published by the household itself: ``acting.user`` must be a member of it."""
    return publish_listing(checker=acting.user, listing=draft(acting, now, **changes), now=now)


def set_price(*, acting: Acting, listing: Product, price: int, now: datetime) -> Product:
    """As somebody who has just opened the page."""
    return _set(acting, listing, now, price=price)


def set_stock(*, acting: Acting, listing: Product, stock: int, now: datetime) -> Product:
    """As somebody who has just opened the page and writes an amount."""
    return _set(acting, listing, now, stock=StockChange(amount=stock))


def _set(acting: Acting, listing: Product, now: datetime, **wanted: Any) -> Product:
    seen = StockRecord.objects.get(product=listing)
    change = OfferChange(version=seen.version, key=uuid.uuid4(), **wanted)
    return set_offer(acting=acting, listing=listing, change=change, now=now)


def quality_paper(now: datetime, **changes: Any) -> QualityPaper:
    """A VietGAP certificate given last month, for a year."""
    issued = now.date() - timedelta(days=30)
    written: dict[str, Any] = {
        "kind": "vietgap",
        "number": "VG-19-0042",
        "holder": "Hợp tác xã chè Hồng Thái",
        "issuing_authority": "Trung tâm chứng nhận Việt Bắc",
        "issued_date": issued,
        "expiry_date": issued + timedelta(days=365),
    }
    return QualityPaper(**(written | changes))


def certified(listing: Product, acting: Acting, operator: User, now: datetime, **paper: Any) -> QualityCertificate:
    """The listing with a quality certificate that an operator has confirmed."""
    written = record_quality_certificate(acting=acting, listing=listing, paper=quality_paper(now, **paper), now=now)
    return confirm_certificate(operator=operator, certificate=written, now=now)


def proposed(
    acting: Acting,
    listing: Product,
    now: datetime,
    *,
    photos: Sequence[Photo] | None = None,
    replaces: int | None = None,
    **changes: Any,
) -> ListingRevision | None:
    """What ``acting`` proposes for a listing on sale: other words, or other photos."""
    listing.refresh_from_db()
    return propose_revision(
        acting=acting,
        listing=listing,
        data=replace(data_of(listing), **changes),
        photos=list(listing.photos.all()) if photos is None else photos,
        version=version_of(listing),
        replaces=replaces,
        now=now,
    )
