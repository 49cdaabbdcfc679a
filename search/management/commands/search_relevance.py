"""Measure how well the search answers a judged set."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils import timezone

from core.errors import DomainError
from households.places.index import names_in_database
from households.places.loading import DATA
from households.places.units import PlaceNames, names_in_files
from search.asking.ranking import Situation
from search.asking.synonym_rules import shipped_synonyms, synonyms_in_force
from search.engines.port import SearchUnavailable
from search.language.synonyms import Synonym
from search.relevance.folder import JudgedSet, read_set
from search.relevance.report import figures
from search.relevance.running import engine_with, lexicon_for, ranked


class Command(BaseCommand):
    help = "Score a judged set: nDCG@10, recall@20 and empty answers for each kind of query."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--set", required=True, type=Path, metavar="FOLDER", dest="folder")
        parser.add_argument("--engine", required=True, choices=("tantivy", "elasticsearch"))
        parser.add_argument("--json", type=Path, metavar="FILE", help="write every ranking there, best first")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["engine"] == "elasticsearch" and not settings.ELASTICSEARCH_URL:
            raise CommandError("Set ELASTICSEARCH_URL to the address of a server first.")
        try:
            judged = read_set(options["folder"])
            rankings = self._run(judged, options["engine"])
        except (DomainError, SearchUnavailable) as error:
            raise CommandError(str(error)) from error
        for row in figures(judged, rankings):
            self.stdout.write(str(row))
        if options["json"]:
            options["json"].write_text(json.dumps({"ranked": rankings}, ensure_ascii=False, indent=1), encoding="utf-8")

    def _run(self, judged: JudgedSet, engine_name: str) -> dict[str, tuple[str, ...]]:
        places, rules = self._known()
        with engine_with(judged, places, engine_name) as engine:
            lexicon = lexicon_for(engine, places, rules)
            return dict(ranked(judged, engine, lexicon, Situation(now=timezone.now())))

    def _known(self) -> tuple[PlaceNames, list[Synonym]]:
        """Places and rules of the database; those that the project carries where it holds none."""
        try:
            places, rules = names_in_database(), synonyms_in_force()
        except DatabaseError:
            places, rules = PlaceNames({}, {}), []
        if not places.communes:
            self.stderr.write("No places in the database: the files of the project are used.")
            places = names_in_files(DATA)
        if not rules:
            self.stderr.write("No regional names in the database: the shipped ones are used.")
            rules = shipped_synonyms()
        return places, rules
