"""Where households stood at a frame's end: a move afterwards takes no figure of an earlier day along."""

from __future__ import annotations

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.expressions import Combinable

from households.models import AccountEvent
from reporting.areas import Breakdown
from reporting.frames import Frame


def _first_moves_after(frame: Frame) -> QuerySet[AccountEvent]:
    """Of each household that moved at the frame's end or later, the first move: it left where it stood then."""
    moves = AccountEvent.objects.filter(kind=AccountEvent.Kind.MOVED, at__gte=frame.end)
    earlier = moves.filter(household=OuterRef("household")).filter(
        Q(at__lt=OuterRef("at")) | Q(at=OuterRef("at"), pk__lt=OuterRef("pk"))
    )
    return moves.filter(~Exists(earlier))


def stood_in_area(frame: Frame, path: str = "") -> Q:
    """The households that stood in the frame's area; ``path`` leads to the household from the rows that are asked."""
    area, stand = frame.area, frame.area.households(path)
    place = area.within or (area.code if area.kind in ("province", "commune") else "")
    if not place:
        return stand
    moves = _first_moves_after(frame)
    left = Q(left_commune=place) if area.commune else Q(left_commune__province=place)
    stood = Q(**{f"{path}pk__in": moves.filter(left).values("household")})
    if area.within:
        stood &= area.opened_by(path)
    return (stand & ~Q(**{f"{path}pk__in": moves.values("household")})) | stood


def part_stood_in(frame: Frame, breakdown: Breakdown, path: str = "") -> Combinable:
    """The value of ``breakdown`` that each row's household had at the frame's end."""
    if breakdown == Breakdown.TEAM:
        return F(path + breakdown)
    moves = _first_moves_after(frame)
    left = "left_commune__province" if breakdown == Breakdown.PROVINCE else "left_commune"
    where = moves.filter(household=OuterRef(f"{path}pk")).values(left)[:1]
    moved = Q(**{f"{path}pk__in": moves.values("household")})
    return Case(When(moved, then=Subquery(where)), default=F(path + breakdown), output_field=CharField())
