"""The village and today's commune of a row, from a commune's name or code, or from an address in one cell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from core.spreadsheets import Cell
from core.text import fold
from households.models import CommuneSuccession
from households.places.finding import find_communes, find_provinces, near_communes
from households.places.index import FoundCommune, place_index
from households.places.names import key_of, keys_of, other_keys_of, words_of
from onboarding.lists.values import Unreadable, said

_VILLAGE = re.compile(
    r"(thon|xom|ap|ban|buon|lang|khu pho|khu|to dan pho|tdp|kdc|khu dan cu|khom|phum|soc|to|tieu khu|so nha|duong|kp)\b"
    r"[\s.]*\S",
)
_COMMUNE = re.compile(r"(xa|phuong|thi tran|dac khu|x|p|tt)[\s.]+\S|p\.?\d+$")
MAX_OPTIONS = 4


@dataclass(frozen=True, slots=True)
class WrittenPlace:
    """What a row says of where it belongs; empty where it says nothing."""

    village: str = ""
    commune: str = ""
    district: str = ""
    province: str = ""


def place_in(text: str) -> WrittenPlace:
    """A heading line or an address taken apart: "Xóm Hồng Thái, xã Tân Cương, TP Thái Nguyên"."""
    parts = [part.strip(" .:") for part in re.split(r"[,;\n]|\s[-–]\s", text) if part.strip(" .:")]
    at = next((at for at, part in enumerate(parts) if _COMMUNE.match(fold(part))), None)
    if at is None:
        at = next((at for at, part in enumerate(parts) if not _VILLAGE.match(fold(part))), len(parts))
    return WrittenPlace(
        village=", ".join(parts[:at]),
        commune=parts[at] if at < len(parts) else "",
        district=", ".join(parts[at + 1 :]),
    )


def names_a_place(text: str) -> bool:
    """Whether a line among the rows is a heading such as "II. Thôn Đồng Tiến" or "Xã Tân Cương"."""
    bare = fold(without_number(text))
    return bool(_VILLAGE.match(bare) or _COMMUNE.match(bare))


def without_number(text: str) -> str:
    """ "II. Thôn Đồng Tiến" as "Thôn Đồng Tiến"."""
    return re.sub(r"^\s*(?:[IVXLC]+|\d{1,3}|[A-Z])\s*[.)/:-]\s*", "", text).strip(" .:")


class PlacesOfList:
    """Today's commune for what is written; asked once for each spelling. ``province`` is a code and narrows it."""

    def __init__(self, province: str | None) -> None:
        self.province = province
        self._known: dict[WrittenPlace, FoundCommune | Unreadable] = {}

    def commune_of(self, place: WrittenPlace) -> FoundCommune:
        """Raises Unreadable, which offers what may be meant."""
        if place not in self._known:
            try:
                self._known[place] = self._found(place)
            except Unreadable as refusal:
                self._known[place] = refusal
        found = self._known[place]
        if isinstance(found, Unreadable):
            raise found
        return found

    def _found(self, place: WrittenPlace) -> FoundCommune:
        if not place.commune:
            raise Unreadable("missing", _("Write the commune."))
        if re.fullmatch(r"\d{1,5}", place.commune):
            return self._by_code(place.commune.zfill(5))
        province = self._province(place)
        area = ", ".join(filter(None, (place.district, place.province)))
        options = _so_named(place.commune, find_communes(", ".join(filter(None, (place.commune, area))), province))
        if not options and area:
            options = _so_named(place.commune, find_communes(place.commune, province))
        if not options:
            near = _labels(near_communes(place.commune, province))
            message = _("“%(place)s” is no commune of today or before.") % {"place": place.commune}
            hint = _("Do you mean %(places)s?") % {"places": near} if near else ""
            raise Unreadable("unknown_commune", " ".join(filter(None, (message, hint))))
        if len(options) > 1:
            message = _("“%(place)s” may be %(places)s. Write today's commune, or its code.")
            raise Unreadable("ambiguous_commune", message % {"place": place.commune, "places": _labels(options)})
        return options[0]

    def _province(self, place: WrittenPlace) -> str | None:
        named = find_provinces(place.province) if place.province else []
        if len(named) != 1:
            return self.province
        if self.province not in (None, named[0].code):
            raise Unreadable("other_province", _("This row belongs to another province than the list."))
        return named[0].code

    def _by_code(self, code: str) -> FoundCommune:
        """A code of today, or of before when it led to one commune. Raises Unreadable."""
        index = place_index().by_code
        found = index.get(code) or index.get(self._by_former_code.get(code, ""))
        if found is None:
            raise Unreadable("unknown_commune", _("No commune has the code %(code)s.") % {"code": code})
        if self.province not in (None, found.province.code):
            raise Unreadable("other_province", _("This row belongs to another province than the list."))
        return found

    @cached_property
    def _by_former_code(self) -> dict[str, str]:
        rows = CommuneSuccession.objects.exclude(former_code="").values_list("former_code", "commune_id")
        return dict(rows)


def _so_named(written: str, options: list[FoundCommune]) -> list[FoundCommune]:
    """Those that bear the written name, today or before: not what lies in the district that was written after it."""
    words = words_of(written)
    keys = {key for length in range(1, len(words) + 1) for key in keys_of(words[:length])}
    return [option for option in options if keys & set(_keys_of_option(option))]


def _keys_of_option(option: FoundCommune) -> list[str]:
    own = [key_of(option.name), key_of(option.former.split(",")[0])]
    return [*own, *(other for key in own for other in other_keys_of(key))]


def _labels(options: list[FoundCommune]) -> str:
    return "; ".join(f"{option.label} ({option.code})" for option in options[:MAX_OPTIONS])


def words_of_code(cell: Cell) -> str:
    """A commune's code as five digits: a number has lost its leading zeros. Other words as they are."""
    words = said(cell)
    return words.zfill(5) if re.fullmatch(r"[0-9]{1,5}", words) else words
