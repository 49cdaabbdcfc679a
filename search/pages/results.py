"""What a page of results needs, whichever page it is: search, category, province."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Page, Paginator

from catalog.cards import ListingCard
from catalog.certificates.quality import QualityKind, in_order
from catalog.models import Category
from search.asking.facet_labels import FacetLabels
from search.asking.failover import ask_engines
from search.asking.finding import SearchRequest, SearchResult, find
from search.asking.parameters import MAX_PAGE, Parameters
from search.asking.ranking import Situation
from search.engines.port import Facet, SearchEngine
from search.language.lexicon import Lexicon
from search.language.normal import exact_words
from search.language.plan import did_you_mean
from search.language.query import Stage
from search.pages.cards import card_of_document
from search.pages.facets import SHOWN, Choice, FacetView, facet_views, sort_choices
from search.pages.fitting_categories import fitting_categories

FEW = 3
NEIGHBOURS = 3


@dataclass(frozen=True)
class ResultsPage:
    """Asked once by a view, shown by ``search/_results.html``."""

    ask: SearchRequest
    parameters: Parameters
    found: SearchResult
    better_text: str | None
    labels: FacetLabels

    @property
    def cards(self) -> list[ListingCard]:
        return [card_of_document(document, self.ask.situation.now) for document in self.found.listings]

    @property
    def nearby_cards(self) -> list[ListingCard]:
        """What comes near when little was found: the same thing elsewhere, other kinds of it."""
        return [card_of_document(document, self.ask.situation.now) for document in self.found.nearby]

    @cached_property
    def kinds(self) -> list[Category]:
        """Where nobody offers what was typed: the kinds of produce whose name fits."""
        return [] if self.found.total else fitting_categories(self.parameters.text, self.labels.categories)

    @property
    def facets(self) -> list[FacetView]:
        return facet_views(self.found.counts, self.parameters, self.labels)

    @cached_property
    def page_obj(self) -> Page[int]:
        """Some ten thousand results have pages; who wants more narrows the search."""
        shown = min(self.found.total, MAX_PAGE * self.ask.size)
        return Paginator(range(shown), self.ask.size).get_page(self.ask.page)

    @property
    def sortings(self) -> list[Choice]:
        return sort_choices(self.parameters)

    @property
    def stage(self) -> str:
        return self.found.step.stage.value if self.found.step else ""

    @property
    def searched_text(self) -> str:
        return self.found.step.text if self.found.step else ""

    @property
    def dropped(self) -> tuple[str, ...]:
        """What a relaxed search left out; the price limit is named by the template."""
        return self.found.step.dropped if self.found.step else ()

    @property
    def unproved(self) -> tuple[QualityKind, ...]:
        """Certificates that were asked for in words, and that nothing found here has."""
        wanted = self.found.step.query.facts.certificates if self.found.step and self.found.total else ()
        had = self.found.counts.get(Facet.CERTIFICATE, {})
        return () if any(had.get(kind) for kind in wanted) else in_order(wanted)

    @property
    def better_url(self) -> str:
        return self.parameters.with_text(self.better_text) if self.better_text else ""

    @property
    def is_unreadable(self) -> bool:
        """Something was typed, and there is no word in it: everything is shown."""
        return bool(self.parameters.text) and not exact_words(self.parameters.text)

    @property
    def is_limited(self) -> bool:
        """No index answered: what is shown comes from the newest listings only."""
        return self.found.engine == "plain"

    @property
    def neighbouring_months(self) -> list[Choice]:
        """When the chosen months give nothing: the next months that would."""
        if self.found.total:
            return []
        counts = self.found.counts.get(Facet.SEASON, {})
        months = [
            Choice(label, counts[value], False, self.parameters.only(Facet.SEASON, value))
            for value, label, _depth in self.labels.of(Facet.SEASON)
            if counts.get(value)
        ]
        return months[:NEIGHBOURS]


def results_for(parameters: Parameters, situation: Situation) -> ResultsPage:
    """The results of an address; what the page itself stands for is not offered as a choice."""
    asked = parameters.ask(situation, facets=tuple(facet for facet in SHOWN if facet not in parameters.fixed))
    found, better_text = ask_engines(lambda engine, lexicon: _find(engine, asked, lexicon), situation.now)
    return ResultsPage(asked, parameters, found, better_text, FacetLabels(situation.month))


def _find(engine: SearchEngine, asked: SearchRequest, lexicon: Lexicon) -> tuple[SearchResult, str | None]:
    """The results, and a better spelling where there are few of them."""
    found = find(engine, asked, lexicon)
    as_typed = found.step is not None and found.step.stage is Stage.AS_TYPED
    better = did_you_mean(asked.text, lexicon) if as_typed and 0 < found.total <= FEW else None
    return found, better
