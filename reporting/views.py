"""Pages of figures for officers, leaders of teams and operators."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core import audit
from core.paging import page_of
from reporting.charts import bar_chart, line_chart
from reporting.forms import FrameForm
from reporting.frames import Frame, months_up_to, show_period
from reporting.guards import Reader, figures_reader_required
from reporting.indicators import indicators_on
from reporting.indicators.declaration import Indicator
from reporting.selectors import FigureTable, figure_series, figure_table

ROWS_ON_A_PAGE = 200
RECORDS_ON_A_PAGE = 50


@require_safe
@figures_reader_required
def show_overview(request: HttpRequest, reader: Reader) -> HttpResponse:
    """All figures of an area, by its parts, with a picture of one of them."""
    form = FrameForm(request.GET, areas=reader.areas, now=reader.now)
    if not form.is_valid():
        return render(request, "reporting/overview.html", {"form": form}, status=400)
    frame, asked = form.frame(), form.cleaned_data
    indicators = indicators_on(frame.last_day)
    table = figure_table(frame, indicators, asked["breakdown"])
    column = list(indicators).index(asked["indicator"])
    page = page_of(request, table.rows, per_page=ROWS_ON_A_PAGE)
    context = _shared_context(form) | {
        "table": table,
        "tiles": list(zip(table.indicators, table.total, table.total_in_doubt, strict=True)),
        "page_obj": page,
        "rows": _with_addresses(table, page, form),
        "chosen": indicators[asked["indicator"]],
        "chart": bar_chart([(row.name, row.values[column]) for row in table.rows]),
        "breakdown": asked["breakdown"],
    }
    return render(request, "reporting/overview.html", context)


def _shared_context(form: FrameForm) -> dict[str, Any]:
    asked = form.cleaned_data
    return {
        "form": form,
        "frame": form.frame(),
        "query": form.query(),
        "area": asked["area"],
        "period": show_period(asked["period"], is_cumulative=asked["cumulative"]),
    }


def _with_addresses(table: FigureTable, rows: Any, form: FrameForm) -> list[dict[str, Any]]:
    """Each row with the address of its area and, for each figure, of the records behind it."""
    records = [reverse("reporting:proof", kwargs={"code": row.code}) for row in table.indicators]
    found = []
    for row in rows:
        query = form.query(row.area)
        addresses = [f"{address}?{query}" for address in records]
        found.append(
            {"name": row.name, "query": query, "cells": list(zip(row.values, row.in_doubt, addresses, strict=True))}
        )
    return found


def _require_figure(request: HttpRequest, reader: Reader, code: str) -> tuple[FrameForm, Indicator]:
    """What was asked for, and the indicator's version that holds in it. Raises Http404 if there is none."""
    form = FrameForm(request.GET, areas=reader.areas, now=reader.now)
    if not form.is_valid():
        raise Http404
    indicator = indicators_on(form.frame().last_day).get(code)
    if indicator is None:
        raise Http404
    return form, indicator


def _in_doubt(indicator: Indicator, frame: Frame) -> int | None:
    doubtful = indicator.of_these_in_doubt
    return doubtful.figure(frame) if doubtful else None


@require_safe
@figures_reader_required
def show_indicator(request: HttpRequest, reader: Reader, code: str) -> HttpResponse:
    """One figure: what it means, where that comes from, and how it went over twelve months."""
    form, indicator = _require_figure(request, reader, code)
    frame = form.frame()
    months = figure_series(code, frame, months_up_to(frame.period, reader.now))
    context = _shared_context(form) | {
        "indicator": indicator,
        "figure": indicator.figure(frame),
        "in_doubt": _in_doubt(indicator, frame),
        "months": [(show_period(period.code), number) for period, number in months],
        "chart": line_chart([(period.start.strftime("%m/%y"), number) for period, number in months]),
    }
    return render(request, "reporting/indicator.html", context)


@require_safe
@figures_reader_required
def show_records(request: HttpRequest, reader: Reader, code: str) -> HttpResponse:
    """The records behind a figure, personal data masked, and what they make together: the figure.

    Who read which, of which area, is a row in the audit trail.
    """
    form, indicator = _require_figure(request, reader, code)
    changes = {"figure": ["", code], "asked": ["", form.query()]}
    audit.record(action="read_records", subject=reader.user, now=reader.now, actor=reader.user, changes=changes)
    records = indicator.records(form.frame())
    page = page_of(request, records, per_page=RECORDS_ON_A_PAGE)
    context = _shared_context(form) | {
        "indicator": indicator,
        "figure": indicator.figure(form.frame()),
        "in_doubt": _in_doubt(indicator, form.frame()),
        "records_make": indicator.added_up(records),
        "page_obj": page,
        "records": [indicator.record_of(row) for row in page],
    }
    return render(request, "reporting/proof.html", context)
