"""Where households stood when something counted: a move afterwards takes no figure of an earlier day along.

A row that counts at the frame's end stands where its household stood then; one that happened at a moment of its own,
an order, where the household stood at that moment. ``path`` leads from the rows that are asked to their household,
``moment`` to the row's own moment; without one the frame's end holds.
"""

from __future__ import annotations

from django.db.models import Case, CharField, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from households.models import AccountEvent
from reporting.areas import Breakdown
from reporting.frames import Frame

LEFT = {Breakdown.PROVINCE: "left_commune__province", Breakdown.COMMUNE: "left_commune"}


def _moves() -> QuerySet[AccountEvent]:
    return AccountEvent.objects.filter(kind=AccountEvent.Kind.MOVED)


def _moved_since(frame: Frame, path: str, moment: str) -> Q:
    """The households whose place of today may be another than the one that counts: few."""
    since = frame.window_start if moment else frame.end
    return Q(**{f"{path}pk__in": _moves().filter(at__gte=since).values("household")})


def _then(frame: Frame, path: str, moment: str, *, left: str, current: str) -> Combinable:
    """What the first move afterwards left behind; of a household that did not move, what it has today."""
    after = {"at__gt": OuterRef(moment)} if moment else {"at__gte": frame.end}
    moves = _moves().filter(household=OuterRef(f"{path}pk"), **after).order_by("at", "pk")
    return Coalesce(Subquery(moves.values(left)[:1]), F(path + current), output_field=CharField())


def stood_in_area(frame: Frame, path: str = "", moment: str = "") -> Q:
    """The rows whose household stood in the frame's area."""
    area, stand = frame.area, frame.area.households(path)
    place = area.within or (area.code if area.kind in ("province", "commune") else "")
    if not place:
        return stand
    moved, level = _moved_since(frame, path, moment), Breakdown.COMMUNE if area.commune else Breakdown.PROVINCE
    stood = moved & Q(Exact(_then(frame, path, moment, left=LEFT[level], current=level), Value(place)))
    if area.within:
        stood &= area.opened_by(path)
    return (stand & ~moved) | stood


def part_stood_in(frame: Frame, breakdown: Breakdown, path: str = "", moment: str = "") -> Combinable:
    """The value of ``breakdown`` that each row's household had."""
    if breakdown == Breakdown.TEAM:
        return F(path + breakdown)
    then = _then(frame, path, moment, left=LEFT[breakdown], current=breakdown)
    return Case(
        When(_moved_since(frame, path, moment), then=then), default=F(path + breakdown), output_field=CharField()
    )


def commune_name_then(frame: Frame, path: str = "", moment: str = "") -> Combinable:
    """The name of the commune in which each row's household stood."""
    return _then(frame, path, moment, left="left_commune__name", current="commune__name")


def village_name_then(frame: Frame, path: str = "", moment: str = "") -> Combinable:
    """The village in which each row's household stood; empty where it moved since, for moves keep the commune alone."""
    moved = _moved_since(frame, path, moment)
    return Case(When(moved, then=Value("")), default=F(f"{path}village_name"), output_field=CharField())
