"""Vietnamese text on the floor: composing and folding."""

from __future__ import annotations

import re
import unicodedata


def nfc(text: str) -> str:
    """Composed form: phones and macOS paste decomposed letters."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Lower case, without tones and marks, đ as d: what "che tan cuong" and "Chè Tân Cương" share."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c))
    return bare.replace("đ", "d")


def slug(text: str) -> str:
    """The part of an address made from a name: "chè-tân cương" becomes "che-tan-cuong"."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
