"""The place that a visitor gave once: kept in a cookie of the browser, so that no session has to begin for it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from core.text import fold
from households.places.finding import find_communes, near_communes
from households.places.index import FoundCommune, place_index
from households.places.names import key_of

PLACE_COOKIE = "noi_giao"
KEPT_SECONDS = 365 * 24 * 60 * 60
MIN_LETTERS = 2


def chosen_place(request: HttpRequest) -> FoundCommune | None:
    """Where the visitor has goods sent; None until he says so, and for a commune that is none of today's."""
    code = request.COOKIES.get(PLACE_COOKIE)
    return place_index().by_code.get(code) if code else None


def keep_place(response: HttpResponseBase, code: str) -> None:
    """Remember the commune of this code in the visitor's browser."""
    response.set_cookie(
        PLACE_COOKIE, code, max_age=KEPT_SECONDS, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )


def communes_beginning(text: str, most: int) -> list[FoundCommune]:
    """What an unfinished text may become: communes that it names, then those whose name begins so, then near ones."""
    begun = key_of(text.split(",")[0])
    if len(begun) < MIN_LETTERS:
        return []
    found = {commune.code: commune for commune in find_communes(text)}
    if "," not in text:
        for name, units in place_index().by_name.items():
            if name.startswith(begun) and len(found) < most * 4:
                found.update({unit.commune.code: unit.commune for unit in units if unit.commune.code not in found})
    if not found:
        found = {commune.code: commune for commune in near_communes(text)}
    typed = fold(text.split(",")[0])
    ordered = sorted(found.values(), key=lambda commune: not fold(commune.name).startswith(typed))
    return ordered[:most]


def communes_of_province(code: str) -> list[FoundCommune]:
    """Today's communes of a province, by their names."""
    return [commune for commune in place_index().by_code.values() if commune.province.code == code]
