"""Raw Telex and VNI: the keys that a buyer pressed while the input method was off ("saauf rieeng", "sau62 rieng6").

A word is decoded only if the result is a Vietnamese syllable. Anything else ("st25", "ri6") stays as it is.
"""

from __future__ import annotations

import re

from core.tones import ACUTE, DOT, GRAVE, HOOK, TILDE, is_syllable, place_tone

TELEX_TONES = {"s": ACUTE, "f": GRAVE, "r": HOOK, "x": TILDE, "j": DOT, "z": ""}
VNI_TONES = {"1": ACUTE, "2": GRAVE, "3": HOOK, "4": TILDE, "5": DOT, "0": ""}
_CIRCUMFLEX = {"a": "â", "e": "ê", "o": "ô"}
_HORN = {"o": "ơ", "u": "ư"}
_ONSET = re.compile(r"(?:ngh|ng|nh|gh|gi(?=[aeiouyw])|qu|kh|ph|th|tr|ch|dd|[bcdghklmnpqrstvx])?")
_VOWEL = re.compile(r"[aeiouy]")


def decode(word: str) -> str | None:
    """The syllable that these keys stand for, or None where they stand for none or for the word as it is."""
    if not word.isascii() or not word.isalnum() or len(word) < 2:
        return None
    letters = word.lower()
    decoded = _decode_vni(letters) if re.search(r"\d", letters) else _decode_telex(letters)
    return decoded if decoded != letters else None


def _decode_telex(keys: str) -> str | None:
    onset = _ONSET.match(keys)[0]  # type: ignore[index]  # an optional pattern always matches
    rest, tone = keys[len(onset) :], ""
    onset = "đ" if onset == "dd" else onset
    letters: list[str] = []
    for key in rest:
        if key in TELEX_TONES and letters:
            tone = TELEX_TONES[key]
        elif key == "w":
            letters = _with_w(letters)
        elif key == "d" and onset == "d" and letters:
            onset = "đ"
        elif key in _CIRCUMFLEX and key in letters:
            letters[letters.index(key)] = _CIRCUMFLEX[key]
        else:
            letters.append(key)
    return _syllable(onset, letters, tone)


def _with_w(letters: list[str]) -> list[str]:
    """The letters after the key w: it puts a breve on a, horns on u and o, and alone it is the letter ư."""
    found = "".join(letters)
    for plain, marked in (("uo", "ươ"), ("ua", "ưa"), ("a", "ă"), ("o", "ơ"), ("u", "ư")):
        if plain in found:
            return list(found.replace(plain, marked, 1))
    return [*letters, "ư"]


def _decode_vni(keys: str) -> str | None:
    if not _VOWEL.search(keys) or keys[0].isdigit():
        return None
    tone = ""
    plain = "".join(key for key in keys if not key.isdigit())
    for key in (key for key in keys if key.isdigit()):
        if key in VNI_TONES:
            tone = VNI_TONES[key]
            continue
        marked = _with_digit(plain, key)
        if marked == plain and not (key == "7" and "ươ" in plain):
            return None
        plain = marked
    onset = re.match(r"đ|" + _ONSET.pattern, plain)[0]  # type: ignore[index]  # its last part is optional
    return _syllable(onset, list(plain[len(onset) :]), tone)


def _with_digit(plain: str, key: str) -> str:
    """The letters after the key 6 (circumflex), 7 (horn), 8 (breve) or 9 (đ): it marks the first letter that takes
    it."""
    choices = {
        "6": _CIRCUMFLEX.items(),
        "7": (("uo", "ươ"), ("ưo", "ươ"), *_HORN.items()),
        "8": (("a", "ă"),),
        "9": (("d", "đ"),),
    }
    start = 2 if plain.startswith(("qu", "gi")) and key != "9" else 0
    for letter, marked in choices[key]:
        if letter in plain[start:]:
            return plain[:start] + plain[start:].replace(letter, marked, 1)
    return plain


def _syllable(onset: str, letters: list[str], tone: str) -> str | None:
    bare = onset + "".join(letters)
    return place_tone(bare, tone) if is_syllable(bare) else None
