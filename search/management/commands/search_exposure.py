"""Measure who gets the first page of results."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from households.places.loading import DATA
from households.places.units import names_in_files
from search.asking.current_lexicon import current_lexicon
from search.asking.finding import SearchRequest, find
from search.asking.ranking import Situation
from search.asking.synonym_rules import shipped_synonyms
from search.engines import registry
from search.engines.documents import ListingDocument
from search.engines.port import Facet, SearchEngine
from search.language.lexicon import Lexicon
from search.relevance import exposure
from search.relevance.folder import read_set
from search.relevance.running import engine_with, lexicon_for

COMMON = 60


class Command(BaseCommand):
    help = "Print the share of first-page places by size of household, for the commonest words of the catalogue."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--engine", choices=settings.SEARCH_ENGINES, default=settings.SEARCH_ENGINES[0])
        parser.add_argument(
            "--set", type=Path, metavar="FOLDER", dest="folder", help="of this catalogue, not of the shop"
        )

    def handle(self, *_args: Any, engine: str, folder: Path | None, **_options: Any) -> None:
        self.situation = Situation(timezone.now())
        if folder is None:
            self._measure(registry.engine(engine), current_lexicon())
            return
        places = names_in_files(DATA)
        with engine_with(read_set(folder), places, engine) as reading:
            self._measure(reading, lexicon_for(reading, places, shipped_synonyms()))

    def _measure(self, engine: SearchEngine, lexicon: Lexicon) -> None:
        self.engine, self.lexicon = engine, lexicon
        queries = [head.replace("_", " ") for head, _ in self.lexicon.vocabulary.heads.most_common(COMMON)]
        pages = {query: self._first_page(query) for query in queries}
        self.stdout.write("size of household     households  listings  first-page places")
        for share in exposure.shares(self._sellers(""), queries, pages.__getitem__, self._sellers):
            self.stdout.write(f"{share.size:<20} {share.households:>10} % {share.listings:>7} % {share.places:>17} %")
        largest = exposure.largest_share(pages.values())
        self.stdout.write(f"the most present household holds {largest} % of a first page on average")

    def _first_page(self, query: str) -> tuple[ListingDocument, ...]:
        return find(self.engine, SearchRequest(text=query, situation=self.situation), self.lexicon).listings

    def _sellers(self, query: str) -> Mapping[str, int]:
        """Every household with what it has for a query, by its number of listings."""
        asked = SearchRequest(text=query, facets=(Facet.HOUSEHOLD,), situation=self.situation)
        return find(self.engine, asked, self.lexicon).counts.get(Facet.HOUSEHOLD, {})
