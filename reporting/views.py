"""Pages of figures for officers, leaders of teams and operators."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from reporting.charts import bar_chart, line_chart
from reporting.forms import FrameForm
from reporting.guards import Reader, figures_door
from reporting.indicators import INDICATORS, Indicator
from reporting.periods import months_up_to, show_period
from reporting.proofs import proof_of, records_of
from reporting.selectors import Column, FigureTable, Row, columns_for, figure_table, series

ROWS_ON_A_PAGE = 200
PROOFS_ON_A_PAGE = 50


@require_safe
@figures_door
def overview(request: HttpRequest, reader: Reader) -> HttpResponse:
    """All figures of an area, by its parts, with a picture of one of them."""
    form = FrameForm(request.GET, reach=reader.reach, now=reader.now)
    if not form.is_valid():
        return render(request, "reporting/overview.html", {"form": form}, status=400)
    frame = form.frame()
    table = figure_table(frame, form.cleaned_data["theo"])
    chosen = form.cleaned_data["chi_tieu"]
    place = list(INDICATORS).index(chosen)
    page = Paginator(table.rows, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = _context(form) | {
        "table": table,
        "tiles": list(zip(table.columns, table.total, strict=True)),
        "page_obj": page,
        "rows": [_linked(row, table, form) for row in page],
        "chosen": INDICATORS[chosen],
        "chart": bar_chart([(row.name, row.values[place]) for row in table.rows]),
        "breakdown": form.cleaned_data["theo"],
    }
    return render(request, "reporting/overview.html", context)


def _context(form: FrameForm) -> dict[str, Any]:
    asked = form.cleaned_data
    return {
        "form": form,
        "frame": form.frame(),
        "query": form.query(),
        "area": asked["noi"],
        "period": show_period(asked["ky"], cumulative=asked["luy_ke"]),
    }


def _linked(row: Row, table: FigureTable, form: FrameForm) -> dict[str, Any]:
    """A row with the address of its area and, for each figure, of the records behind it."""
    if row.area is None:
        return {"name": row.name, "query": "", "cells": [(number, "") for number in row.values]}
    query = form.query(noi=row.area.key)
    proofs = [f"{_proof_address(column.indicator.code)}?{query}" for column in table.columns]
    return {"name": row.name, "query": query, "cells": list(zip(row.values, proofs, strict=True))}


@cache
def _proof_address(code: str) -> str:
    return reverse("reporting:proof", kwargs={"code": code})


def _column(code: str, form: FrameForm) -> Column:
    return next(column for column in columns_for(form.frame()) if column.indicator.code == code)


def _valid_form(request: HttpRequest, reader: Reader) -> FrameForm:
    form = FrameForm(request.GET, reach=reader.reach, now=reader.now)
    if not form.is_valid():
        raise Http404
    return form


def _indicator(code: str) -> Indicator:
    if code not in INDICATORS:
        raise Http404
    return INDICATORS[code]


@require_safe
@figures_door
def indicator(request: HttpRequest, reader: Reader, code: str) -> HttpResponse:
    """One figure: what it means, where that comes from, and how it went over twelve months."""
    row, form = _indicator(code), _valid_form(request, reader)
    frame = form.frame()
    months = series(row, frame, months_up_to(frame.period, reader.now))
    context = _context(form) | {
        "column": _column(code, form),
        "figure": series(row, frame, [frame.period])[0][1],
        "months": [(show_period(period.code), number) for period, number in months],
        "chart": line_chart([(period.start.strftime("%m/%y"), number) for period, number in months]),
    }
    return render(request, "reporting/indicator.html", context)


@require_safe
@figures_door
def proof(request: HttpRequest, reader: Reader, code: str) -> HttpResponse:
    """The records that a figure counts, personal data masked."""
    form = _valid_form(request, reader)
    _indicator(code)
    column = _column(code, form)
    records = records_of(column.definition, form.frame())
    page = Paginator(records, PROOFS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = _context(form) | {
        "column": column,
        "page_obj": page,
        "proofs": [proof_of(row, column.definition) for row in page],
    }
    return render(request, "reporting/proof.html", context)
