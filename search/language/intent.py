"""Request phrases and purposes: what buyers say around the thing they look for.

A request phrase is said to the shop: "chị ơi có bán … không ạ" in "chị ơi có bán củ nén không ạ". It is cut off the
text. A purpose says what the thing is for: "cho người già" in "yến sào cho người già". It stays in the query, where it
adds points and hides nothing.
"""

from __future__ import annotations

import re

from core.text import fold
from search.language.spelling import word_set

_WHO = r"(?:em|minh|toi|tui|chi|anh|co|chu|bac|con|chau|nha em|nha minh|moi nguoi)"
_ADDRESSED = rf"(?:{_WHO}|shop|ad|admin|ban|ca nha|ba con|cac bac|moi nguoi)"
_BEFORE = tuple(
    re.compile(rf"^(?:{phrase})\b[ ,]*")
    for phrase in (
        rf"{_ADDRESSED} oi",
        rf"(?:lam on )?cho (?:{_WHO} )?(?:hoi|dat|xin)(?: mua| xem| tham)?(?: gia)?(?: cua)?",
        rf"(?:{_WHO} )?(?:dang |rat )?(?:muon|can|kiem|tim)(?: kiem| can)? (?:mua|dat|tim|hoi mua)",
        rf"(?:{_WHO} )(?:dang )?(?:muon|can|tim|kiem)",
        r"(?:tim |kiem |hoi |biet )?(?:cho|noi|dia chi|cua hang|ben|shop|nha|ai|dau)(?: nao)?(?: co)? (?:ban|mua)",
        r"(?:o dau|dau) (?:co )?(?:ban|mua)",
        r"nen mua|dat mua|hoi mua|co ban|ban co|shop co|co mua|xin gia|hoi gia|bao gia|mua ban",
    )
)
_TONED_BEFORE = re.compile(r"^(?:muốn|tìm|kiếm|cần(?! (?:tây|nước|tàu|ta|dại)\b))[ ,]+")
_AFTER = tuple(
    re.compile(rf"[ ,]+(?:{phrase})[ ?.!]*$")
    for phrase in (
        r"(?:(?:ban|mua|dat) )?(?:o|tai) dau(?: ban| co| mua)?(?: ngon| re| tot| uy tin| chuan| gan day)*",
        r"(?:loai |cho |hang |ben |nha |noi |shop )?nao(?: ban| co)?(?: thi)?(?: ngon| tot| re| uy tin| nhat| chuan)*",
        r"(?:gia )?(?:bao nhieu|the nao|ra sao|nhieu tien)(?: tien)?"
        r"(?: (?:(?:1|mot|moi) )?(?:kg|ki|can|hop|tui|chuc|qua|trai))?",
        r"(?:co )?(?:gi|mon gi|dac san gi|cai gi)(?: ngon| la| hay| noi tieng)*",
        r"(?:con |co )?(?:khong|hok)(?: a| vay| nhi| the| shop| chi| anh| em| ban)*",
    )
)
_TONED_AFTER = re.compile(r"(?<=\w)[ ,]+(?:ạ|nhé|nha|nhỉ|vậy|với|hông|hem|ko|k)[ ?.!]*$")

PURPOSES = word_set(
    """
    cho để làm biếu tặng nấu chưng trị chữa dùng ăn uống pha cúng thờ đãi giảm chấm xào hầm nhậu nhắm cuốn ngâm chế
    đem mang bày chống mừng dành kho nhúng
    """
)
# Those of them that may also be typed bare, because the bare form is no other word of a market.
_BARE_PURPOSES = word_set("cho lam bieu tang nau chung tri uong pha cung")


def without_request_words(text: str, *, is_finished: bool = True) -> str:
    """A lower-case text of settled spelling without its request phrases, but the whole text where nothing else is left.

    The end of a text that the buyer is still typing (``is_finished`` false) is kept, because it may become any word.
    """
    while (shorter := _without_beginning(text)) != text:
        text = shorter
    while is_finished and (shorter := _without_end(text)) != text:
        text = shorter
    return text


def _without_beginning(text: str) -> str:
    """The text without the request phrase in front."""
    for phrase in _BEFORE:
        if (found := phrase.match(fold(text))) and found.end() < len(text):
            return text[found.end() :]
    return _TONED_BEFORE.sub("", text) or text


def _without_end(text: str) -> str:
    """The text without the request phrase at its end. A final particle is cut only behind two words or more, because
    "mộc nhỉ" is a slip of mộc nhĩ (wood ear)."""
    for phrase in _AFTER:
        if (found := phrase.search(fold(text))) and found.start() > 0:
            return text[: found.start()]
    shorter = _TONED_AFTER.sub("", text)
    return shorter if len(shorter.split()) > 1 else text


def begins_purpose(word: str) -> bool:
    """May this word begin a purpose?"""
    return word in PURPOSES or word in _BARE_PURPOSES
