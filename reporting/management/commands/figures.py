"""Compute figures from the database's facts or from a history in a folder, without a web server."""

from __future__ import annotations

import json
import os
from argparse import ArgumentTypeError
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from core.periods import BadPeriod, ReportingPeriod, parse_period, vietnam_date
from households.places.boundaries import boundaries
from reporting.facts.closing import BadClosedFacts, closed_and_open
from reporting.facts.definitions import Part
from reporting.facts.figures import BadOrder, FactSource, Figure, FigureQuestion, UnanswerableQuestion, compute
from reporting.facts.history import BadFacts, read_history
from reporting.facts.live import LiveFacts, LiveUnits
from reporting.facts.spark import ENGINES_AND_SPARK, EngineMissing


def a_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is no day; write it as 2022-03-14") from error


def a_moment(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is no moment; write it as 2022-03-14T09:30:00+07:00") from error
    if at.tzinfo is None:
        raise ArgumentTypeError(f"{text!r} has no offset from UTC; write Z or +07:00 behind it")
    return at


def a_period(text: str) -> ReportingPeriod:
    try:
        return parse_period(text)
    except BadPeriod as error:
        raise ArgumentTypeError(f"{text!r}: {error}") from error


class Command(BaseCommand):
    help = "Compute figures of an area and a period; docs/indicators.md says what every word means."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--area", required=True, help="country, P:CODE, D:CODE, C:CODE or T:NAME")
        parser.add_argument("--on", type=a_day, help="the day whose boundaries hold; usually today")
        parser.add_argument(
            "--period", type=a_period, required=True, help="2022, 2022-H1, 2022-Q1, 2022-03, 2022-W09 or 2022-03-14"
        )
        parser.add_argument("--code", action="append", default=[], help="an indicator; more than one may be given")
        parser.add_argument("--as-of", type=a_moment, help="the moment of knowledge; usually now")
        parser.add_argument("--by", type=Part, choices=list(Part), help="take each figure apart")
        parser.add_argument("--engine", choices=list(ENGINES_AND_SPARK), default="duckdb")
        parser.add_argument("--facts", type=Path, help="a folder with facts.csv, read instead of the database")
        parser.add_argument("--json", type=Path, help="write the figures to this file")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        question = FigureQuestion(
            area=options["area"],
            on=options["on"] or vietnam_date(now),
            period=options["period"],
            as_of=options["as_of"] or now,
            codes=tuple(options["code"]),
            by=options["by"],
        )
        try:
            folder = options["facts"]
            if folder:
                source = FactSource(read_history(folder), boundaries())
            elif options["engine"] == "database":
                source = FactSource(LiveFacts(), LiveUnits(), is_in_order=True)
            else:
                source = closed_and_open()
            with ENGINES_AND_SPARK[options["engine"]]() as engine:
                figures = compute(engine, source, question)
            if options["json"]:
                write_json(options["json"], figures)
        except (BadClosedFacts, BadFacts, BadOrder, EngineMissing, UnanswerableQuestion, OSError) as error:
            raise CommandError(str(error), returncode=2) from error
        for figure in figures:
            self.stdout.write(f"{figure.code} {figure.value}")
            for part, number in figure.parts.items():
                self.stdout.write(f"  {part} {number}")


def write_json(path: Path, figures: list[Figure]) -> None:
    """The whole file or none: a reader never finds half of it."""
    text = json.dumps({"figures": [asdict(figure) for figure in figures]}, ensure_ascii=False, indent=2)
    part = path.with_name(f"{path.name}.part")
    part.write_text(text + "\n", encoding="utf-8")
    os.replace(part, path)
