"""The server's side of tus 1.0.0 (https://tus.io/protocols/resumable-upload): the core, and creation."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from catalog.photos.reading import MAX_BYTES
from core.numbers import whole_number
from onboarding.field.doors import device_of
from onboarding.field.models import FieldDevice, FieldUpload
from onboarding.field.services import DeviceRefused, UploadRefused, begin_upload, receive_piece
from onboarding.field.services.uploads import MAX_PIECE_BYTES

VERSION = "1.0.0"
_SHA256 = re.compile(r"[0-9a-f]{64}")
View = Callable[..., HttpResponse]


def _tus(view: View) -> View:
    """A request of an enrolled phone in our version of tus; what is refused is answered as tus asks.

    No form token: a page of others cannot send the phone's token in a header.
    """

    @csrf_exempt
    @wraps(view)
    def answered(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            device = device_of(request, timezone.now())
            if request.method != "OPTIONS" and request.headers.get("Tus-Resumable") != VERSION:
                response = HttpResponse(status=412)
                response["Tus-Version"] = VERSION
            else:
                response = view(request, device, **kwargs)
        except (DeviceRefused, UploadRefused) as refusal:
            response = JsonResponse({"code": refusal.code, "message": str(refusal)}, status=refusal.status)
        response["Tus-Resumable"] = VERSION
        response["Cache-Control"] = "no-store"
        return response

    return answered


@_tus
def uploads(request: HttpRequest, device: FieldDevice) -> HttpResponse:
    """OPTIONS says what we can, POST begins an upload or finds the one of the same content."""
    if request.method == "OPTIONS":
        response = HttpResponse(status=204)
        response["Tus-Version"], response["Tus-Extension"] = VERSION, "creation"
        response["Tus-Max-Size"] = str(MAX_BYTES)
        return response
    if request.method != "POST":
        return HttpResponse(status=405)
    length = whole_number(request.headers.get("Upload-Length", ""))
    sha256 = _announced_sha256(request.headers.get("Upload-Metadata", ""))
    if length is None or not sha256:
        raise UploadRefused(_("A photo announces its length and its SHA-256."), status=400)
    upload = begin_upload(user=device.user, sha256=sha256, length=length, now=timezone.now())
    response = HttpResponse(status=201)
    response["Location"] = reverse("field:upload", kwargs={"key": upload.key})
    response["Upload-Offset"] = str(upload.offset)
    return response


@_tus
def one_upload(request: HttpRequest, device: FieldDevice, key: UUID) -> HttpResponse:
    """HEAD says how much is here, PATCH brings the next piece."""
    upload = FieldUpload.objects.filter(pk=key, user=device.user).first()
    if upload is None:
        return HttpResponse(status=404)
    if request.method == "HEAD":
        response = HttpResponse(status=200)
        response["Upload-Length"] = str(upload.length)
    elif request.method == "PATCH":
        upload = receive_piece(upload=upload, offset=_offset(request), content=_piece(request))
        response = HttpResponse(status=204)
    else:
        return HttpResponse(status=405)
    response["Upload-Offset"] = str(upload.offset)
    return response


def _offset(request: HttpRequest) -> int:
    if request.content_type != "application/offset+octet-stream":
        raise UploadRefused(_("A piece is sent as application/offset+octet-stream."), status=415)
    offset = whole_number(request.headers.get("Upload-Offset", ""))
    if offset is None:
        raise UploadRefused(_("A piece says at which offset it begins."), status=400)
    return offset


def _piece(request: HttpRequest) -> bytes:
    content: bytes = request.read(MAX_PIECE_BYTES + 1)
    if len(content) > MAX_PIECE_BYTES:
        raise UploadRefused(_("A piece has at most one megabyte."), status=413)
    return content


def _announced_sha256(metadata: str) -> str:
    """Of ``Upload-Metadata``: pairs of a name and a value in base64, with commas; empty where there is none."""
    for pair in metadata.split(","):
        name, _blank, value = pair.strip().partition(" ")
        if name == "sha256":
            try:
                text = base64.b64decode(value, validate=True).decode("ascii")
            except (binascii.Error, UnicodeDecodeError):
                return ""
            return text if _SHA256.fullmatch(text) else ""
    return ""
