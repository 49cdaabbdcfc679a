"""Signed papers: what was sent, unchanged, beside it a copy that every browser shows, and what it says yes to."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, cast
from uuid import uuid4

from django.core.files.base import File

from catalog.photos.containers import kind_of
from catalog.photos.paper import readable_paper
from households.models import Mandate
from households.models.agreement import SignedPaper
from onboarding.models import Consent

if TYPE_CHECKING:
    from collections.abc import Mapping

AgreementOnPaper = Mandate | Consent

#: The word in an address for what a paper says yes to.
PAPER_KINDS: dict[str, type[Mandate | Consent]] = {"uy-quyen": Mandate, "dong-y": Consent}
_ENDINGS: Mapping[str, str] = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "HEIF": "heic", "AVIF": "avif"}


def kind_of_paper(paper: AgreementOnPaper) -> str:
    """Its word in addresses."""
    return next(kind for kind, model in PAPER_KINDS.items() if isinstance(paper, model))


def signed_paper(photo: File[bytes]) -> SignedPaper:
    """Both copies under names of our own. Raises PhotoRefused for what is no photograph."""
    readable = readable_paper(photo)
    sent = cast(IO[bytes], photo.open("rb"))
    ending = _ENDINGS[kind_of(sent.read(512))]
    return SignedPaper(readable=readable, as_sent=File(sent, f"{uuid4()}.{ending}"))
