"""Prices, sale units and weights as lists write them: "25k/kg", "1tr2", "túi 500g", "tạ"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from catalog.units import SaleUnit
from core.money import MAX_DONG, show_dong
from core.spreadsheets import Cell
from core.text import fold
from onboarding.lists.values import Unreadable, said

MIN_DONG = 500
"""Nothing is sold for less; a smaller number was meant in thousands, which the list has to say."""
MAX_IN_THOUSANDS = 10_000
"""Under a heading that says "nghìn đồng", what is larger was written in dong all the same."""
MIN_BARE_GRAMS = 10
OUTER_PACKINGS = ("thùng", "két", "sọt", "rổ", "giỏ", "lốc", "combo", "set", "chục", "mâm", "khay")
"""They hold several of what a name tells the weight of."""

WORDS_OF_UNIT: dict[SaleUnit, tuple[str, ...]] = {
    SaleUnit.KILOGRAM: ("kg", "kgs", "ký", "kí", "ki lô", "kilo", "ki lô gam", "kilogam", "kilogram", "cân"),
    SaleUnit.BUNCH: ("bó", "mớ", "xâu", "túm", "chùm"),
    SaleUnit.BOX: ("hộp", "thùng", "rổ", "sọt", "giỏ", "két"),
    SaleUnit.BAG: ("túi", "bao", "bịch"),
    SaleUnit.JAR: ("hũ", "lọ", "thố", "lon"),
    SaleUnit.BOTTLE: ("chai", "bình", "lít", "tuýp"),
    SaleUnit.PACK: ("gói", "set", "combo", "phần", "suất", "cặp", "lạng", "lốc", "xấp"),
    SaleUnit.PIECE: (
        *("quả", "trái", "cái", "con", "củ", "bắp", "chiếc", "cây", "bánh", "chậu", "đôi", "buồng", "viên", "miếng"),
        *("ống", "thanh", "bầu", "ổ", "cuộn", "khúc", "bông", "cành", "bát", "sản phẩm"),
    ),
    SaleUnit.CHUC: ("chục",),
    SaleUnit.HAND: ("nải",),
    SaleUnit.TRAY: ("vỉ", "khay", "mâm"),
}
"""How sale units are written; each is kept as the list says it, and sold as the unit before it."""
GRAMS_OF_UNIT = {"lạng": 100, "yến": 10_000, "tạ": 100_000, "tấn": 1_000_000}
"""Units that are weights themselves. Yến, tạ and tấn are sold by the kilogram here."""
WRITTEN_UNITS = {fold(word): (word, unit) for unit, words in WORDS_OF_UNIT.items() for word in words}
WRITTEN_UNITS |= {fold(word): ("kg", SaleUnit.KILOGRAM) for word in WORDS_OF_UNIT[SaleUnit.KILOGRAM]}
WRITTEN_UNITS |= {fold(word): (word, SaleUnit.KILOGRAM) for word in ("yến", "tạ", "tấn")}
_SMALL_GRAMS = ("g", "gr", "gam", "gram", "grams")
_GRAMS_IN = {**dict.fromkeys(_SMALL_GRAMS, 1), "lang": 100, "yen": 10_000, "ta": 100_000, "tan": 1_000_000}
_GRAMS_IN |= {fold(word): 1000 for word in WORDS_OF_UNIT[SaleUnit.KILOGRAM]}
_NUMBER = r"\d+(?:[.,\s]\d+)*"
_OF_WEIGHTS = "|".join(sorted(_GRAMS_IN, key=len, reverse=True))
_WEIGHT = re.compile(rf"({_NUMBER})\s*({_OF_WEIGHTS})(?![a-z])(?:\s*(\d)\b)?")
_PIECES = re.compile(r"(\d{1,3})\s*(?:qua|trai|cai|con|cu|bap|chiec|hat|goi|tui|banh|mieng|vien)\b")
_AMOUNT = re.compile(
    rf"(?:(?P<millions>{_NUMBER})\s*(?:trieu|tr)\s*(?P<half>ruoi)?)?\s*"
    rf"(?:(?P<thousands>{_NUMBER})\s*(?:nghin|ngan|ng|k))?\s*(?P<rest>{_NUMBER})?\s*(?:dong|vnd|d|₫)?\.?"
)

# "25k 1kg", "25.000đ (kg)": the unit of the price without a stroke before it.
_ONE_OF = re.compile(r"(.+?)\s*\(?\s*(?:1\s*)?([a-z]+)\s*\)?")
_THOUSANDS = re.compile(
    r"\b(nghin|ngan|ng)\b|(?:\b|x\s*)1[.,]?000(?!\s*(?:g|gr|gram|ml)\b)|(?<!\d)000\s*(?:d|vnd)|[(\s]k\s*[/)]|\(k\b"
)
_RANGE = re.compile(rf"\d\s*[-–]\s*{_NUMBER}\s*(?:{_OF_WEIGHTS})(?![a-z])")
_TIMES = re.compile(r"\b(\d{1,3})\s*(?:[a-z]+\s*)?[x×*]\s*$"), re.compile(r"^\s*[x×*]\s*(\d{1,3})\b")

_PACKS = "|".join(word for word, (_said, unit) in WRITTEN_UNITS.items() if unit != SaleUnit.KILOGRAM and word != "loc")
_PACKED = re.compile(rf"\b(?:{_PACKS})\s*(?:loai\s*)?{_NUMBER}\s*(?:{_OF_WEIGHTS}|ml|lit|l|qua|trai|con|goi|vien)\b")


@dataclass(frozen=True, slots=True)
class SaleMeasure:
    """What one priced thing is: the word of the list, the sale unit that it means, its weight and its pieces."""

    word: str
    unit: SaleUnit
    net_weight_g: int | None = None
    pieces: int | None = None

    @property
    def grams(self) -> int | None:
        """The weight of one, also where the unit itself says it."""
        return 1000 if self.word == "kg" else self.net_weight_g


def number_of(text: str, *, grouped: bool = True) -> Decimal:
    """ "1.250.000", "1,5", "1.250,50" as a number; ``grouped``: three digits after a single mark are thousands."""
    bare = re.sub(r"\s", "", text)
    marks = re.findall(r"[.,]", bare)
    if len(set(marks)) == 2:
        bare = bare.replace(marks[0], "")
    elif len(marks) > 1 or (marks and grouped and re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", bare)):
        bare = re.sub(r"[.,]", "", bare)
    return Decimal(bare.replace(",", "."))


def price_of(cell: Cell, *, heading: str) -> tuple[Decimal, str]:
    """Dong, and the words of the unit that the price is for, empty when none is said. Raises Unreadable."""
    text = fold(said(cell))
    amount, _mark, per = (part.strip() for part in text.partition("/"))
    amount = re.sub(r"^(?:(?:gia|khoang|tu|chi|vnd|₫|~|≈)\s*)+(?=\d)|\s*,?-$", "", amount)
    match = _AMOUNT.fullmatch(amount)
    if not match and not per and (one := _ONE_OF.fullmatch(amount)) and one[2] in WRITTEN_UNITS:
        match, per = _AMOUNT.fullmatch(one[1]), one[2]
    if not match or not any(match.group("millions", "thousands", "rest")):
        raise Unreadable("bad_price", _("Write one price in dong, for example 25.000 or 25k."))
    dong = _dong(match)
    if not match["millions"] and not match["thousands"]:
        dong *= _factor(heading, dong)
    if not per and (stands := re.search(r"/\s*(?:1\s*)?([a-z]+)", heading)):
        per = stands[1]
    return dong, per


def _dong(match: re.Match[str]) -> Decimal:
    """1tr2 is 1.200.000, 25k5 is 25.500: a short rest says the next places."""
    millions, thousands, rest = match.group("millions", "thousands", "rest")
    total = Decimal(0)
    if millions:
        total += number_of(millions, grouped=False) * 1_000_000
    if thousands:
        total += number_of(thousands) * 1_000
    if match["half"]:
        total += 500_000
    if rest:
        step = 1_000 if thousands else 1_000_000 if millions else 0
        short = step and re.fullmatch(r"[0-9]{1,3}", rest)
        total += int(rest) * step // 10 ** len(rest) if short else number_of(rest)
    return total


def _factor(heading: str, dong: Decimal) -> int:
    if dong >= MAX_IN_THOUSANDS:
        return 1
    if re.search(r"\btrieu\b", heading):
        return 1_000_000
    return 1_000 if _THOUSANDS.search(heading) else 1


def whole_price(dong: Decimal) -> int:
    """Whole dong within what is sold here. Raises Unreadable."""
    if dong != int(dong):
        raise Unreadable("bad_price", _("The price is no whole dong. Write it as 25.000."))
    if dong < MIN_DONG:
        raise Unreadable("bad_price", _("This price is too small. Write all its zeros, for example 25.000."))
    if dong > MAX_DONG:
        raise Unreadable("bad_price", _("The price is more than %(most)s.") % {"most": show_dong(MAX_DONG)})
    return int(dong)


def measure_of(words: str) -> SaleMeasure:
    """The sale unit out of "kg", "Túi 500g", "vỉ 10 quả", "500 gr/hộp", "tạ". Raises Unreadable."""
    text = re.sub(r"[()\[\]:]", " ", fold(words))
    text = re.sub(r"\b(dong|vnd|d)\s*/", " ", text)
    weight, text_without = _weight_in(text)
    # "Xấp 10 cái" is not sold by the cái.
    named = [word for word in re.split(r"[^a-z]+", _PIECES.sub(_without_many, text_without)) if word]
    for size in (3, 2, 1):
        for start in range(len(named) - size + 1):
            if found := WRITTEN_UNITS.get(" ".join(named[start : start + size])):
                word, unit = found
                grams = weight or GRAMS_OF_UNIT.get(word)
                return SaleMeasure(word, unit, grams, _pieces_in(text_without, unit))
    if weight == 1000:
        return SaleMeasure("kg", SaleUnit.KILOGRAM)
    if weight:
        return SaleMeasure("gói", SaleUnit.PACK, weight)
    raise Unreadable("bad_unit", _("This unit is not known. Write for example kg, túi, hộp, chai, quả or bó."))


def _without_many(counted: re.Match[str]) -> str:
    return " " if int(counted[1]) > 1 else counted[0]


def weight_in_name(name: str, measure: SaleMeasure) -> int | None:
    """The weight that a name tells of the one packing in which its product is sold: "Hạt điều 500g", by the hộp."""
    if measure.unit == SaleUnit.KILOGRAM or measure.net_weight_g or measure.word in OUTER_PACKINGS:
        return None
    return _weight_in(fold(name))[0]


def packing_in(name: str) -> str:
    """The packing that a product's name tells: "túi 5kg" of "Gạo ST25 (túi 5kg)"; empty when it tells none."""
    in_brackets = re.search(r"\(([^()]+)\)\s*$", name)
    if in_brackets and _PACKED.fullmatch(fold(in_brackets[1]).strip()):
        return in_brackets[1]
    found = _PACKED.search(fold(name))
    return found[0] if found else ""


def _pieces_in(text: str, unit: SaleUnit) -> int | None:
    """ "vỉ 10 quả" and "chục 12" say how many are in one."""
    counted = re.search(r"\b(\d{1,3})\b", text) if unit == SaleUnit.CHUC else _PIECES.search(text)
    return int(counted[1]) if counted and int(counted[1]) > 1 else None


def _weight_in(text: str) -> tuple[int | None, str]:
    """The grams that a text says with their unit, and the text without them; "1kg2" is 1200, a lone "kg" no weight.

    "10 x 20g" is 200, a span such as "2-3 kg" none.
    """
    text = re.sub(r"\b1/2(?=\s*[a-z])|½|\bnua(?= (can|kg|ky|ki)\b)", "0,5", text)
    match = _WEIGHT.search(text)
    if not match or _RANGE.search(text):
        return None, text
    each = _GRAMS_IN[match[2]]
    grams = number_of(match[1], grouped=each == 1) * each + int(match[3] or 0) * each // 10
    before, after = text[: match.start()], text[match.end() :]
    if times := _TIMES[0].search(before) or _TIMES[1].search(after):
        grams *= int(times[1])
    return int(grams), f"{before} {after}"


def weight_of(cell: Cell, *, heading: str) -> int | None:
    """Grams out of "500g", "0,5 kg", "Túi 500 gr", or a bare number in the unit that its heading says.

    None for what says a volume or how many are packed together, and no weight. Raises Unreadable.
    """
    text = fold(said(cell))
    weight, _rest = _weight_in(text)
    if weight is None and re.fullmatch(_NUMBER, text):
        amount = number_of(text)
        if re.search(r"\bkg\b|\bki ?lo", heading):
            weight = int(number_of(text, grouped=False) * 1000)
        elif re.search(r"\b(g|gr|gam|gram)\b", heading) or (amount == int(amount) and amount >= MIN_BARE_GRAMS):
            weight = int(amount)
        elif amount != int(amount):
            weight = int(amount * 1000)
    elif weight is None and (
        re.search(r"\d\s*(ml|l|lit)\b", text) or re.search("quy cach|dong goi|dung tich", heading)
    ):
        return None
    if not weight or weight < 1:
        raise Unreadable("bad_weight", _("Write the weight with its unit, for example 500 g or 1,5 kg."))
    return weight


def price_for(dong: Decimal, per: str, measure: SaleMeasure | None) -> Decimal:
    """The price of one sale unit where the list says it per kilogram, or per tạ. Raises Unreadable."""
    if not per or measure is None:
        return dong
    said_for = measure_of(per)
    if said_for.word == measure.word or (said_for.unit == measure.unit and not (said_for.grams and measure.grams)):
        return dong
    if measure.pieces and said_for.unit == SaleUnit.PIECE and not said_for.pieces:
        return dong * measure.pieces
    if not (said_for.grams and measure.grams):
        message = _("The price is for one %(price_unit)s, the unit is %(unit)s. Say how much one weighs.")
        raise Unreadable("other_unit", message % {"price_unit": said_for.word, "unit": measure.word})
    return dong * measure.grams / said_for.grams


def stock_of(cell: Cell, *, measure: SaleMeasure | None) -> int:
    """How many sale units out of "50", "50 kg", "2 tạ", "1.200". Raises Unreadable."""
    text = re.sub(r"\(.*?\)", "", fold(said(cell))).strip()
    if re.fullmatch(r"(da |dang )?het( hang)?", text):
        return 0
    match = re.fullmatch(rf"(?:(?:khoang|con|hon|tren)\s*|~)?({_NUMBER})\s*([a-z ]*)", text)
    if not match:
        raise Unreadable("bad_stock", _("Write how many you have to sell as a whole number."))
    amount, word = number_of(match[1]), match[2].strip()
    counted = WRITTEN_UNITS.get(word)
    if counted and measure and counted[1] != measure.unit and not (word in _GRAMS_IN and measure.grams):
        message = _("The stock is counted by the %(stock_unit)s, the unit is %(unit)s.")
        raise Unreadable("other_unit", message % {"stock_unit": counted[0], "unit": measure.word})
    if word in _GRAMS_IN and measure and measure.grams:
        amount = number_of(match[1], grouped=_GRAMS_IN[word] <= 1000) * _GRAMS_IN[word] / measure.grams
    if amount != int(amount) or amount < 0:
        raise Unreadable("bad_stock", _("Write how many you have to sell as a whole number."))
    return int(amount)
