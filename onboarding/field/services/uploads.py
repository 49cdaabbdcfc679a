"""Photos on their way: pieces kept as rows until the last one has come, then one file that its content names."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.photos.reading import MAX_BYTES
from core.errors import DomainError
from core.locks import lock_row
from core.transactions import in_transaction
from onboarding.field.models import FieldUpload, UploadPiece

MAX_PIECE_BYTES = 1024 * 1024
MAX_OPEN_UPLOADS = 200
"""Of one person, not complete: four days without signal at fifty photos a day."""
KEPT_FOR = timedelta(days=14)


class UploadRefused(DomainError):
    """``status`` is the HTTP status that tus asks for."""

    def __init__(self, message: object, *, status: int, code: str = "upload_refused") -> None:
        super().__init__(message)
        self.status, self.code = status, code


def begin_upload(*, user: User, sha256: str, length: int, now: datetime) -> FieldUpload:
    """The upload of this content: a new one, the one that broke off, or the complete one. Raises UploadRefused."""
    if not 0 < length <= MAX_BYTES:
        raise UploadRefused(_("A photo has at most 30 MB."), status=413)
    known = FieldUpload.objects.filter(user=user, sha256=sha256).first()
    if known is None and FieldUpload.objects.filter(user=user, content="").count() >= MAX_OPEN_UPLOADS:
        raise UploadRefused(_("Two hundred photos of yours are half sent. Wait until they have arrived."), status=429)
    if known is None:
        start = {"key": uuid4(), "length": length, "begun_at": now}
        known, _is_new = FieldUpload.objects.get_or_create(user=user, sha256=sha256, defaults=start)
    if known.length != length:
        raise UploadRefused(_("This photo was announced with another length."), status=409)
    return known


def receive_piece(*, upload: FieldUpload, offset: int, content: bytes) -> FieldUpload:
    """The upload with these bytes behind ``offset``. Raises UploadRefused: 409 where another offset is next.

    With the last piece the content must be what was announced; otherwise all of it is forgotten and sent again.
    """
    try:
        upload, is_right = _receive(upload, offset, content)
    except IntegrityError as error:  # the same piece came twice at one moment
        raise UploadRefused(_("This piece is here already."), status=409) from error
    if not is_right:
        raise UploadRefused(_("The photo arrived changed. It is sent again."), status=460, code="changed_content")
    return upload


@in_transaction
def _receive(upload: FieldUpload, offset: int, content: bytes) -> tuple[FieldUpload, bool]:
    row = lock_row(FieldUpload.objects.all(), pk=upload.pk)
    if offset != row.offset:
        raise UploadRefused(_("Another piece of the photo is next."), status=409)
    if offset + len(content) > row.length:
        raise UploadRefused(_("More arrived than was announced."), status=413)
    if content:
        UploadPiece.objects.create(upload=row, offset=offset, content=content)
        row.offset += len(content)
    is_right = True
    if row.offset == row.length and not row.is_complete:
        whole = b"".join(bytes(piece.content) for piece in row.pieces.all())
        row.pieces.all().delete()
        is_right = hashlib.sha256(whole).hexdigest() == row.sha256
        if is_right:
            row.content.save(f"{row.key}", ContentFile(whole), save=False)
        else:
            row.offset = 0
    row.save(update_fields=["offset", "content"])
    return row, is_right


def forget_old_uploads(*, now: datetime) -> int:
    """Delete what began long ago: it is on its listing, or its phone will send it again. How many there were."""
    old = list(FieldUpload.objects.filter(begun_at__lte=now - KEPT_FOR))
    for upload in old:
        if upload.content:
            upload.content.delete(save=False)
        upload.delete()
    return len(old)
