"""The consent texts that the project carries, put into the database."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from onboarding.models import ConsentText

FOLDER = Path(__file__).resolve().parents[1] / "data" / "consent"
VALID_FROM = {"2026-1": date(2026, 1, 1)}


def load_consent_texts() -> int:
    """Add the versions that are missing; one that people may have agreed to is never changed."""
    added = 0
    for path in sorted(FOLDER.glob("*.txt")):
        version, language = path.stem.split(".")
        body = path.read_text(encoding="utf-8").strip()
        _text, is_new = ConsentText.objects.get_or_create(
            version=version, language=language, defaults={"body": body, "valid_from": VALID_FROM[version]}
        )
        added += is_new
    return added
