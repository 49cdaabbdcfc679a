"""What people say around the thing: to whom they speak, that they want to buy, what it is for.

"Chị ơi có bán củ nén không ạ" asks for củ nén; "yến sào cho người già" asks for yến sào, and for nothing else if there
is none that says so. A frame is cut off the text; a purpose stays in the query as words that help and hide nothing.
"""

from __future__ import annotations

import re

from core.text import fold
from search.language.spelling import word_set

_WHO = r"(?:em|minh|toi|tui|chi|anh|co|chu|bac|con|chau|nha em|nha minh|moi nguoi)"
_ADDRESSED = rf"(?:{_WHO}|shop|ad|admin|ban|ca nha|ba con|cac bac|moi nguoi)"
_BEFORE = tuple(
    re.compile(rf"^(?:{frame})\b[ ,]*")
    for frame in (
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
    re.compile(rf"[ ,]+(?:{frame})[ ?.!]*$")
    for frame in (
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
# Typed without tones only those that are no other word of a market.
_BARE_PURPOSES = word_set("cho lam bieu tang nau chung tri uong pha cung")


def without_request_words(text: str, *, is_finished: bool = True) -> str:
    """A settled lower-case text without what is said to the shop; the whole text where nothing else would be left.

    The end of a text that is still being typed is left alone: it may become anything.
    """
    while (shorter := _without_beginning(text)) != text:
        text = shorter
    while is_finished and (shorter := _without_end(text)) != text:
        text = shorter
    return text


def _without_beginning(text: str) -> str:
    for frame in _BEFORE:
        if (found := frame.match(fold(text))) and found.end() < len(text):
            return text[found.end() :]
    return _TONED_BEFORE.sub("", text) or text


def _without_end(text: str) -> str:
    """A particle goes only from behind two words: "mộc nhỉ" is a slip of mộc nhĩ."""
    for frame in _AFTER:
        if (found := frame.search(fold(text))) and found.start() > 0:
            return text[: found.start()]
    shorter = _TONED_AFTER.sub("", text)
    return shorter if len(shorter.split()) > 1 else text


def begins_purpose(word: str) -> bool:
    """May the words from here on say what the thing is for?"""
    return word in PURPOSES or word in _BARE_PURPOSES
