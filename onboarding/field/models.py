"""What the server keeps of the field: phones, their acts, what each phone was shown, photos on their way."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.private_files import private_files


class FieldDevice(models.Model):
    """A volunteer's phone with the field app. Only digests of its token and of the proof of its PIN are kept.

    ``server_part`` is the server's half of the key to what the phone keeps, in hexadecimal digits; a locked phone never
    gets it. ``expires_at`` ends the remembered signing in. ``session_key`` names the browser session in which it was
    enrolled, which ends when the phone is locked. ``wrong_pins`` are those since the last right one.
    """

    key = models.UUIDField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="field_devices")
    name = models.CharField(_("phone"), max_length=80)
    token_digest = models.CharField(max_length=64, unique=True)
    proof_digest = models.CharField(max_length=64)
    server_part = models.CharField(max_length=64)
    session_key = models.CharField(max_length=40, blank=True)
    enrolled_at = models.DateTimeField(_("enrolled"))
    expires_at = models.DateTimeField(_("signed in until"))
    seen_at = models.DateTimeField(_("last heard of"))
    wrong_pins = models.PositiveSmallIntegerField(default=0)
    locked_at = models.DateTimeField(_("locked"), null=True)
    locked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.name} ({self.user_id})"

    def is_signed_in(self, now: datetime) -> bool:
        return self.locked_at is None and now < self.expires_at


class FieldAct(models.Model):
    """One act from a phone with its final answer; the key was made on the phone, so it is held once.

    What was typed is in the rows that the act wrote; here is only its ``digest``, by which the same key with other
    content shows. ``happened_at`` is the phone's time put right, ``phone_time`` what its clock said. ``based_on`` is
    the version that the volunteer saw, null for what is new. ``conflicts`` names the fields that somebody else changed.
    """

    class Status(models.TextChoices):
        DONE = "done", _("done")
        REFUSED = "refused", _("refused")
        CONFLICT = "conflict", _("somebody else changed the same")

    key = models.UUIDField(primary_key=True)
    device = models.ForeignKey(FieldDevice, models.PROTECT, related_name="acts")
    kind = models.CharField(_("kind"), max_length=20)
    digest = models.CharField(max_length=64)
    household_code = models.CharField(_("household code"), max_length=20, blank=True)
    based_on = models.PositiveIntegerField(null=True)
    phone_time = models.DateTimeField(_("by the phone's clock"))
    happened_at = models.DateTimeField(_("happened"))
    learned_at = models.DateTimeField(_("learned"))
    status = models.CharField(_("status"), max_length=8, choices=Status.choices)
    code = models.CharField(max_length=40, blank=True)
    message = models.TextField(_("why"), blank=True)
    at_field = models.CharField(max_length=40, blank=True)
    conflicts = models.JSONField(default=list)
    result = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["device", "-learned_at"], name="field_act_of_device"),
            models.Index(fields=["status", "learned_at"], name="field_act_by_status"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class TerritorySnapshot(models.Model):
    """What a phone was shown under a cursor: for each item its name and a digest, packed (``territory.pack``)."""

    device = models.ForeignKey(FieldDevice, models.CASCADE, related_name="snapshots")
    cursor = models.CharField(max_length=43, unique=True)
    digests = models.BinaryField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.device_id} {self.made_at:%Y-%m-%d %H:%M}"


class FieldUpload(models.Model):
    """A photo on its way, by tus. ``sha256`` names its content; ``offset`` bytes of ``length`` are here.

    ``content`` is the whole file once all of it is here.
    """

    key = models.UUIDField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    length = models.PositiveIntegerField()
    offset = models.PositiveIntegerField(default=0)
    content = models.FileField(storage=private_files, upload_to="field", blank=True)
    begun_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "sha256"], name="field_upload_once"),
            models.CheckConstraint(condition=models.Q(offset__lte=models.F("length")), name="field_upload_not_longer"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.offset}/{self.length}"

    @property
    def is_complete(self) -> bool:
        return bool(self.content)


class UploadPiece(models.Model):
    """Some bytes of an upload, kept as a row so that they and the offset come in one transaction."""

    upload = models.ForeignKey(FieldUpload, models.CASCADE, related_name="pieces")
    offset = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        ordering = ("offset",)
        constraints = [models.UniqueConstraint(fields=["upload", "offset"], name="upload_piece_once")]

    def __str__(self) -> str:
        return f"{self.upload_id} +{self.offset}"


class SentPhoto(models.Model):
    """Which photo of a listing came from which content, so that the same one sent again is no second picture."""

    listing = models.ForeignKey("catalogue.Product", models.CASCADE, related_name="+")
    sha256 = models.CharField(max_length=64)
    photo = models.ForeignKey("catalogue.Photo", models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["listing", "sha256"], name="sent_photo_once")]

    def __str__(self) -> str:
        return f"{self.listing_id} {self.sha256[:8]}"
