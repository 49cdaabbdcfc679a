"""Vietnamese text on the floor: one composed form, one spelling, and the bare form that all typing shares."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from core.tones import place_tone, split_tone

_WORD = re.compile(r"[^\W_]+")
_VOWELS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"
_TWO_VOWELS = re.compile(f"[{_VOWELS}]{{2}}", re.IGNORECASE)
_LONE_Y = re.compile(r"\b(qu|[bcdđghklmnpqrstvx]{1,3})([yỳýỷỹỵ])(?=(?:t|n|nh|p)?\b)", re.IGNORECASE)
_Y_TO_I = str.maketrans("yỳýỷỹỵYỲÝỶỸỴ", "iìíỉĩịIÌÍỈĨỊ")


def nfc(text: str) -> str:
    """Composed form: phones and macOS paste decomposed letters."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Lower case, without tones and marks, đ as d: what "che tan cuong" and "Chè Tân Cương" share."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c))
    return bare.replace("đ", "d")


def letters_and_digits(typed: str) -> str:
    """What counts of a number or code that somebody typed: blanks of every kind, dashes and dots are left out."""
    return "".join(character for character in unicodedata.normalize("NFKC", typed) if character.isalnum())


def slug(text: str, *, allow_unicode: bool = False, fallback: str = "ten") -> str:
    """The part of an address made from a name: "chè-tân cương" becomes "che-tan-cuong". Oscar says allow_unicode.

    Never empty: a name without a Latin letter or a digit (Khmer, Chinese, "!!!") gives ``fallback``, because an address
    with nothing in this place cannot be made, and a page that lists it would break.
    """
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-") or fallback


def words(text: str) -> list[str]:
    """The words of a text in composed lower case: runs of letters and digits."""
    return _WORD.findall(nfc(text).lower())


def has_marks(text: str) -> bool:
    """Was this typed with a tone, a vowel mark or đ?"""
    return fold(text) != nfc(text).casefold()


def settle_tones(text: str) -> str:
    """The tone on its settled vowel: hoà as hòa, thuỷ as thủy, xòai as xoài; qu keeps its u to itself (quý)."""
    return _WORD.sub(lambda found: _settled(found[0]), nfc(text))


@lru_cache(maxsize=20_000)
def _settled(word: str) -> str:
    if not _TWO_VOWELS.search(word):
        return word
    settled = place_tone(*split_tone(word.lower()))
    if len(settled) != len(word) or fold(settled) != fold(word):
        return word
    return "".join(new.upper() if old.isupper() else new for old, new in zip(word, settled, strict=True))


def settle_yi(text: str) -> str:
    """A lone y after a consonant as i: kỹ as kĩ, quý as quí, quýt as quít. For comparing, never for showing."""
    return _LONE_Y.sub(lambda found: found[1] + found[2].translate(_Y_TO_I), nfc(text))
