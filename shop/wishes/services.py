"""Keeping a listing for later, and telling who waits for one that was sold out."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from oscar.apps.wishlists.models import Line, WishList

from accounts.models import User
from catalog.cards import product_url
from catalog.models import Product
from catalog.selectors import published_listings
from core.errors import DomainError
from core.locks import lock_row
from core.transactions import in_transaction
from messaging.services import send_message
from shop.wishes.models import StockAlert

MAX_WISHES = 100
MAX_ALERTS = 20


class NoRoom(DomainError):
    code = "no_room"


@in_transaction
def keep_for_later(*, user: User, product: Product) -> None:
    """Put the listing on the person's list; one that is there stays once. Raises NoRoom."""
    lock_row(User.objects.all(), pk=user.pk)
    kept = wishes_of(user)
    if kept.filter(product=product).exists():
        return
    if kept.count() >= MAX_WISHES:
        raise NoRoom(_("You keep as many products as there is room for. Take one off first."))
    wishes = WishList.objects.filter(owner=user).first() or WishList.objects.create(owner=user)
    Line.objects.create(wishlist=wishes, product=product, title=product.title)


@in_transaction
def take_off(*, user: User, product_id: int) -> None:
    wishes_of(user).filter(product=product_id).delete()


def wishes_of(user: User) -> QuerySet[Line]:
    """The lines of every list of this person, the last kept first."""
    return Line.objects.filter(wishlist__owner=user).order_by("-pk")


@in_transaction
def ask_to_be_told(*, user: User, product: Product, now: datetime) -> StockAlert:
    """Remember to tell this person once the listing can be ordered again. Raises NoRoom."""
    lock_row(User.objects.all(), pk=user.pk)
    waiting = StockAlert.objects.filter(user=user, told_at=None)
    if there := waiting.filter(product=product).first():
        return there
    if waiting.count() >= MAX_ALERTS:
        raise NoRoom(_("You wait for as many products as there is room for. Those that come back make room."))
    return StockAlert.objects.create(user=user, product=product, asked_at=now)


def due_alerts() -> QuerySet[StockAlert]:
    """Those whose listing is on sale and has something left."""
    back = published_listings().filter(stockrecords__num_in_stock__gt=Coalesce(F("stockrecords__num_allocated"), 0))
    waiting = StockAlert.objects.filter(told_at=None, product__in=back.values("pk"), user__is_active=True)
    return waiting.select_related("user", "product").order_by("pk")


@in_transaction
def tell(*, alert: StockAlert, now: datetime) -> None:
    """Write the message and end the alert; two processes at the same moment send it once."""
    if not StockAlert.objects.filter(pk=alert.pk, told_at=None).update(told_at=now):
        return
    with translation.override(settings.LANGUAGE_CODE):
        words = gettext("%(title)s is back on Chợ Nhà Nông: %(address)s") % {
            "title": alert.product.title,
            "address": settings.SITE_URL + product_url(alert.product.slug, alert.product.pk),
        }
        send_message(phone=alert.user.phone, text=words, key=f"stock-alert:{alert.pk}", now=now)
