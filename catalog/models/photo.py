"""A listing's photo: taken by a phone, shown only as clean renditions."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.private_files import private_files


class PhotoFailure(models.TextChoices):
    """Why a photo will never have renditions, and what its sender does about it."""

    UNREADABLE = "unreadable", _("This photo is damaged and cannot be read. Choose another one, or take it again.")
    LOST = "lost", _("We lost this photo. Send it again.")
    NOT_STORED = "not_stored", _("We had no room to keep this photo. Send it again.")


class Portrait(models.TextChoices):
    """What a picture of a household shows; buyers see one of each on its storefront."""

    FACE = "face", _("who we are")
    LAND = "land", _("our land")


class Photo(models.Model):
    """``portrays`` is the household whose storefront shows the photo as its ``portrait``: then it is of no listing.

    ``listing`` is empty from upload until the form is saved; ``upload`` from the renditions onward.

    ``aside_of`` is the listing beside which the photo is kept, since ``set_aside_at``, without being shown to buyers:
    it was removed from it, or belongs to a change that is not published. ``review`` is set instead for the photo of a
    review, whose ``uploaded_by`` is empty when its buyer has no account.
    The upload is kept private and only until its renditions exist: it may hold the place where it was taken.
    ``widths`` are the renditions that exist; ``width`` and ``height`` are of the upright picture. ``tries`` counts how
    often the renditions were begun. With a ``failure`` they are tried no more, and the photo counts as none.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    listing = models.ForeignKey("catalogue.Product", models.SET_NULL, null=True, blank=True, related_name="photos")
    aside_of = models.ForeignKey(
        "catalogue.Product", models.SET_NULL, null=True, blank=True, related_name="photos_aside"
    )
    review = models.ForeignKey("catalogue.Review", models.SET_NULL, null=True, blank=True, related_name="photos")
    set_aside_at = models.DateTimeField(null=True)
    portrays = models.ForeignKey(
        "households.Household", models.CASCADE, null=True, blank=True, related_name="portraits"
    )
    portrait = models.CharField(_("what it shows of the household"), max_length=4, choices=Portrait.choices, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    upload = models.FileField(_("file as uploaded"), storage=private_files, max_length=120, blank=True)
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    widths = models.JSONField(_("widths"), default=list, blank=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    failure = models.CharField(_("failure"), max_length=12, choices=PhotoFailure.choices, blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField(_("uploaded"), db_index=True)

    class Meta:
        app_label = "catalogue"
        ordering = ("position", "pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(aside_of__isnull=True) | models.Q(listing__isnull=True, set_aside_at__isnull=False),
                name="photo_aside_or_shown",
            ),
            models.CheckConstraint(
                condition=models.Q(portrays__isnull=True, portrait="")
                | models.Q(portrays__isnull=False, listing__isnull=True, aside_of__isnull=True)
                & ~models.Q(portrait=""),
                name="photo_portrays_or_sells",
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)

    @property
    def is_ready(self) -> bool:
        return bool(self.widths)
