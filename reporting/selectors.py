"""Tables and series of figures: a fixed number of queries, whatever the number of households or areas."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from core.periods import ReportingPeriod
from households.models import Commune, DigitalTeam, Province
from reporting.access import Reach
from reporting.areas import Area, Breakdown, country, of_commune, of_province, of_team
from reporting.definitions import IndicatorDefinition, definition_of
from reporting.frames import Frame
from reporting.indicators import INDICATORS, Indicator
from reporting.rules import figure, figures_by


@dataclass(frozen=True, slots=True)
class Column:
    indicator: Indicator
    definition: IndicatorDefinition


@dataclass(frozen=True, slots=True)
class Row:
    """``area`` is None for households that opened their account without a team. ``values`` are in column order."""

    area: Area | None
    name: str
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FigureTable:
    frame: Frame
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: tuple[int, ...]


def columns_for(frame: Frame) -> tuple[Column, ...]:
    """Every indicator with the definition that holds at the end of the frame."""
    return tuple(Column(row, definition_of(row.code, frame.last_day)) for row in INDICATORS.values())


def breakdowns_of(area: Area) -> tuple[Breakdown, ...]:
    """Into what the figures of an area can be taken apart."""
    return {
        "country": (Breakdown.PROVINCE,),
        "province": (Breakdown.COMMUNE, Breakdown.TEAM),
        "commune": (Breakdown.TEAM,),
    }.get(area.kind, ())


def parts_of(area: Area, breakdown: Breakdown) -> list[Area]:
    """The provinces, communes or teams of an area, by name, also those without any figure: one query."""
    if breakdown == Breakdown.PROVINCE:
        return [of_province(province) for province in Province.objects.order_by("name")]
    if breakdown == Breakdown.COMMUNE:
        return [of_commune(row) for row in Commune.objects.filter(province_id=area.province).order_by("folded", "pk")]
    teams = DigitalTeam.objects.select_related("commune").filter(commune__province_id=area.province)
    if area.commune:
        teams = teams.filter(commune_id=area.commune)
    return [of_team(team) for team in teams.order_by("name", "pk")]


def figure_table(frame: Frame, breakdown: Breakdown | None) -> FigureTable:
    """All indicators of an area, in total and by its parts."""
    columns = columns_for(frame)
    if breakdown is None:
        return FigureTable(frame, columns, (), tuple(figure(column.definition, frame) for column in columns))
    by_part = [figures_by(column.definition, frame, breakdown) for column in columns]
    rows = [
        Row(part, part.name, tuple(numbers.get(_key(part), 0) for numbers in by_part))
        for part in parts_of(frame.area, breakdown)
    ]
    without_team = tuple(numbers.get(None, 0) for numbers in by_part)
    if any(without_team):
        rows.append(Row(None, _("Opened without a team"), without_team))
    total = tuple(
        sum(numbers.values()) if column.indicator.adds_up else figure(column.definition, frame)
        for column, numbers in zip(columns, by_part, strict=True)
    )
    return FigureTable(frame, columns, tuple(rows), total)


def _key(part: Area) -> Any:
    return int(part.code) if part.kind == "team" else part.code


def series(indicator: Indicator, frame: Frame, periods: Iterable[ReportingPeriod]) -> list[tuple[ReportingPeriod, int]]:
    """One figure of the same area over several periods, each by the definition of its time: a query per period."""
    found = []
    for period in periods:
        at = replace(frame, period=period)
        found.append((period, figure(definition_of(indicator.code, at.last_day), at)))
    return found


def choosable_areas(reach: Reach, current: Area) -> list[tuple[str, str]]:
    """Areas for the chooser: the person's own, what lies in them, and the one that is open."""
    found: dict[str, str] = {}
    if reach.everywhere:
        found |= {area.key: area.name for area in (country(), *parts_of(country(), Breakdown.PROVINCE))}
    for province in Province.objects.filter(pk__in=reach.provinces | ({current.province} - {""})):
        area = of_province(province)
        if reach.covers(area):
            found[area.key] = area.name
            found |= {part.key: f"– {part.name}" for part in parts_of(area, Breakdown.COMMUNE)}
    found |= {row.key: row.name for row in map(of_commune, Commune.objects.filter(pk__in=reach.communes))}
    teams = DigitalTeam.objects.select_related("commune").filter(pk__in=reach.teams)
    found |= {row.key: row.name for row in map(of_team, teams)}
    return list((found | {current.key: current.name}).items())
