"""The tone of a Vietnamese syllable: taken off, and put where the settled spelling has it.

The settled spelling is the older one, which the list of communes uses too: hòa, thủy, khỏe, but hoàn, quý, xoài.
"""

from __future__ import annotations

import re
import unicodedata

GRAVE, ACUTE, HOOK, TILDE, DOT = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
TONES = frozenset((GRAVE, ACUTE, HOOK, TILDE, DOT))

_SYLLABLE = re.compile(
    r"(?P<onset>ngh|ng|nh|gh|gi(?=[aăâeêoôơuưiy])|qu|kh|ph|th|tr|ch|[bcdđghklmnpqrstvxfjwz])?"
    r"(?P<nucleus>[aăâeêioôơuưy]{1,3})"
    r"(?P<final>ng|nh|ch|[ckmnpt])?"
)
_NUCLEUS = re.compile(
    r"[aăâeêioôơuưy]|ai|ao|au|ay|âu|ây|eo|êu|ia|i[eê]u?|iu|oa[ioy]?|oă|oeo?|oi|oo|ôi|ơi|ua|uây?|uê|ui|u[oô]i?|uou|uơ"
    r"|uy[aeêu]?|ưa|ươ[iu]?|ưi|ưu|y[eê]u?"
)
_NO_ONSET = frozenset("fjwz")
_MARKED = re.compile(r"[ăâêôơư]")


def split_tone(word: str) -> tuple[str, str]:
    """The word without its tone, and the tone as a combining mark: "riềng" gives ("riêng", GRAVE)."""
    letters = unicodedata.normalize("NFD", word)
    tone = next((letter for letter in letters if letter in TONES), "")
    bare = "".join(letter for letter in letters if letter not in TONES)
    return unicodedata.normalize("NFC", bare), tone


def place_tone(bare: str, tone: str) -> str:
    """Put a tone on a lower-case syllable that has none; what is not a syllable comes back as it is."""
    syllable = _SYLLABLE.fullmatch(bare)
    if syllable is None or not tone:
        return bare
    spot = syllable.start("nucleus") + _bearer(syllable["nucleus"], closed=bool(syllable["final"]))
    return unicodedata.normalize("NFC", bare[: spot + 1] + tone + bare[spot + 1 :])


def _bearer(nucleus: str, *, closed: bool) -> int:
    """Which vowel of the nucleus bears the tone."""
    marked = [found.start() for found in _MARKED.finditer(nucleus)]
    if marked:
        return marked[-1]
    if len(nucleus) == 3 or (len(nucleus) == 2 and closed):
        return 1
    return 0


def is_syllable(bare: str) -> bool:
    """Could a word without its tone be a Vietnamese syllable? Missing vowel marks are forgiven ("rieng")."""
    found = _SYLLABLE.fullmatch(bare)
    return found is not None and _NUCLEUS.fullmatch(found["nucleus"]) is not None and found["onset"] not in _NO_ONSET
