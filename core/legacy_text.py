"""Vietnamese written before Unicode: read again as what its font showed.

Lists of communes are often kept in the fonts of the nineteen-nineties, which draw Vietnamese letters at the codes of
Western European ones: TCVN3 (.VnTime, also called ABC) one code for each letter, VNI (VNI-Times) a letter and its mark.
A file in UTF-8 that was once opened as Western European and saved again looks alike, and is read back the same way.
No kept Python library knows these tables; they follow http://vietunicode.sourceforge.net/charset.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from core.text import nfc
from core.tones import is_syllable, split_tone

_TCVN3 = dict(
    zip(
        "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\u00adõö÷øùúûüýþ¡¢£¤¥¦§",
        "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂÊÔƠƯĐ",
        strict=True,
    )
)
_VNI_TONES = dict(zip("ùøûõï", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_VNI_BREVE = dict(zip("êéèúüë", "ăắằẳẵặ", strict=True))
_VNI_CIRCUMFLEX = {"a": dict(zip("âáàåãä", "âấầẩẫậ", strict=True))}
_VNI_CIRCUMFLEX |= {"e": dict(zip("âáàåãä", "êếềểễệ", strict=True)), "o": dict(zip("âáàåãä", "ôốồổỗộ", strict=True))}
_VNI_ALONE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "í": "í", "ì": "ì"}
_WORD = re.compile(r"[^\W\d_]+")
_CAPITAL = re.compile(r"[A-Z¡¢£¤¥¦§]")
# What is no letter in Unicode touches letters in words of TCVN3 only.
_SIGNS = r"[µ¶·¸¹¨»¼½¾©®ª«¬\u00ad×÷¡¢£¤¥¦§]"
_SIGN_IN_A_WORD = re.compile(rf"(?<=[^\W\d_]){_SIGNS}|{_SIGNS}(?=[^\W\d_])")


def _vni_table() -> dict[str, str]:
    pairs = dict(_VNI_ALONE)
    pairs |= {"a" + mark: letter for mark, letter in _VNI_BREVE.items()}
    pairs |= {base + mark: letter for base, marks in _VNI_CIRCUMFLEX.items() for mark, letter in marks.items()}
    bases = {"a": "a", "e": "e", "o": "o", "u": "u", "y": "y", "ô": "ơ", "ö": "ư"}
    pairs |= {base + mark: nfc(letter + tone) for base, letter in bases.items() for mark, tone in _VNI_TONES.items()}
    return {**pairs, **{pair.upper(): letter.upper() for pair, letter in pairs.items()}}


_VNI = _vni_table()
_VNI_PAIR = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))


def from_tcvn3(text: str) -> str:
    """ "NguyÔn V¨n Tó" as "Nguyễn Văn Tú"; a word in capitals stays one, although its marks have no capitals."""
    return _in_capitals(text, lambda word: "".join(_TCVN3.get(letter, letter) for letter in word))


def from_vni(text: str) -> str:
    """ "Nguyeãn Vaên Tuù" as "Nguyễn Văn Tú"."""
    return _VNI_PAIR.sub(lambda found: _VNI[found[0]], text)


def from_reopened_utf8(text: str) -> str:
    """ "NguyÃªn" as "Nguyên": UTF-8 that a program took for Western European. Not such a text: as it is."""
    try:
        return b"".join(_western(letter) for letter in text).decode("utf-8")
    except UnicodeError:
        return text


READINGS: Mapping[str, Callable[[str], str]] = {
    "tcvn3": from_tcvn3,
    "vni": from_vni,
    "utf-8": from_reopened_utf8,
}


def _western(letter: str) -> bytes:
    try:
        return letter.encode("cp1252")
    except UnicodeEncodeError:
        return letter.encode("latin-1")


def _in_capitals(text: str, read: Callable[[str], str]) -> str:
    """Read word by word; a word without a small ASCII letter and with several capitals was meant in capitals.

    So was each word of a text that has no small one at all.
    """
    shouted = not re.search(r"[a-z]", text) and len(_CAPITAL.findall(text)) > 2
    words = []
    for word in re.split(r"(\s+)", text):
        capitals = shouted or (len(_CAPITAL.findall(word)) > 1 and not re.search(r"[a-z]", word))
        words.append(read(word).upper() if capitals else read(word))
    return "".join(words)


def reading_of(text: str) -> str:
    """The name in ``READINGS`` under which the text is Vietnamese and without which it is not; "unicode" when it shows
    itself to be that; empty when it could be either, as plain ASCII is."""
    if text.isascii():
        return ""
    if any(unicodedata.normalize("NFC", letter) > "\u00ff" and letter.isalpha() for letter in nfc(text)):
        reopened = from_reopened_utf8(text)
        return "utf-8" if reopened != text and is_vietnamese(reopened) else "unicode"
    if is_vietnamese(text):
        return ""
    fitting = [name for name, read in READINGS.items() if read(text) != text and is_vietnamese(read(text))]
    return fitting[0] if fitting else ""


def is_vietnamese(text: str) -> bool:
    """Whether each word with a marked letter could be a Vietnamese syllable, in small letters, capitals or a title."""
    if _SIGN_IN_A_WORD.search(text):
        return False
    marked = [word for word in _WORD.findall(nfc(text)) if word.isalpha() and not word.isascii()]
    return all(_is_marked_syllable(word) for word in marked)


def _is_marked_syllable(word: str) -> bool:
    if word not in (word.lower(), word.upper(), word.capitalize()):
        return False
    bare, tone = split_tone(word.lower())
    stopped = bare.endswith(("c", "ch", "p", "t"))
    return is_syllable(bare) and not (stopped and tone not in ("\u0301", "\u0323"))


def repaired_rows(rows: Iterable[Sequence[object]]) -> list[list[object]]:
    """The rows of one sheet with their texts in composed Unicode; a column is read as its clear cells are.

    "Tó" is a word in Unicode and "Tú" in TCVN3: what stands below it in its column, or in the whole sheet when nothing
    there is clear, decides.
    """
    table = [list(row) for row in rows]
    seen: dict[int, Counter[str]] = {}
    for row in table:
        for at, cell in enumerate(row):
            if isinstance(cell, str) and (reading := reading_of(cell)):
                seen.setdefault(at, Counter())[reading] += 1
    whole = Counter(reading for column in seen.values() for reading in column.elements())
    if not set(whole) - {"unicode"}:
        return [[nfc(cell) if isinstance(cell, str) else cell for cell in row] for row in table]
    usual = whole.most_common(1)[0][0]
    kinds = {at: column.most_common(1)[0][0] for at, column in seen.items()}
    return [[_repaired(cell, kinds.get(at, usual)) for at, cell in enumerate(row)] for row in table]


def _repaired(cell: object, usual: str) -> object:
    if not isinstance(cell, str):
        return cell
    reading = reading_of(cell) or usual
    return nfc(READINGS[reading](cell) if reading in READINGS else cell)


def decoded(content: bytes) -> str:
    """A text file's words, whatever it was saved as: UTF-8, UTF-16, Windows-1258, or a code page for repair above.

    Raises UnicodeDecodeError when it is no text.
    """
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return content.decode(encoding)
    head = content[:4000]
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        half = head[first::2]
        if half and half.count(0) > len(half) * 0.6:
            return content.decode(encoding)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        western = content.decode("latin-1")
    try:
        windows = nfc(content.decode("cp1258"))
    except UnicodeDecodeError:
        return western
    return windows if _share(windows) > max(_share(read(western)) for read in READINGS.values()) else western


def _share(text: str) -> float:
    """How much of what is marked reads as Vietnamese, word by word."""
    words = [word for word in re.split(r"[\s,;|\"/().:-]+", text) if word and not word.isascii()]
    return sum(is_vietnamese(word) for word in words) / len(words) if words else 0
