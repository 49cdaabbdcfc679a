"""What a page of results shows, for the search page and the pages of categories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

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
from search.language.needs import Need
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
    """The results of one request with everything that ``search/_results.html`` shows."""

    request: SearchRequest
    parameters: Parameters
    found: SearchResult
    better_text: str | None
    labels: FacetLabels

    @property
    def cards(self) -> list[ListingCard]:
        now, near = self.request.situation.now, self.found.near
        return [
            card_of_document(document, now, near_to=self.searched_text if document.sku in near else "")
            for document in self.found.listings
        ]

    @property
    def nearby_cards(self) -> list[ListingCard]:
        """What is nearby when little was found: the same thing from elsewhere, other kinds of it."""
        return [card_of_document(document, self.request.situation.now) for document in self.found.nearby]

    @cached_property
    def kinds(self) -> list[Category]:
        """The categories that fit the text, where no listing was found."""
        return [] if self.found.total else fitting_categories(self.parameters.text, self.labels.categories)

    @cached_property
    def facets(self) -> list[FacetView]:
        return facet_views(self.found.counts, self.parameters, self.labels)

    @property
    def chosen(self) -> list[Choice]:
        """Every choice that narrows the page, as a link that drops it, in the order of the facets."""
        return [choice for facet in self.facets for choice in facet.choices if choice.is_chosen]

    @cached_property
    def page_obj(self) -> Page[int]:
        """Django's page. Only the first ``MAX_PAGE`` pages can be asked for; who wants more narrows the search."""
        shown = min(self.found.total, MAX_PAGE * self.request.size)
        return Paginator(range(shown), self.request.size).get_page(self.request.page)

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
        """The words that a relaxation left out; the template names the price limit ("price")."""
        return self.found.step.dropped if self.found.step else ()

    @cached_property
    def understood(self) -> list[tuple[str, str]]:
        """Each need that was typed, with what it was taken to ask for, where listings were found by it."""
        concepts = self.found.step.query.concepts if self.found.step and self.found.total else ()
        return [(" ".join(concept.typed), self._serving(concept.needs)) for concept in concepts if concept.needs]

    def _serving(self, needs: Sequence[Need]) -> str:
        """What serves a need, in the reader's language: "Chè (trà); Trái cây (Tháng 8, Tháng 9)"."""
        return "; ".join(filter(None, (self._way(need) for need in needs)))

    def _way(self, need: Need) -> str:
        category = self.labels.category(need.category)
        said = [
            category.local_name if category else "",
            _("OCOP, %(stars)s stars or more") % {"stars": need.min_stars} if need.min_stars else "",
            str(QualityKind(need.certificate).label) if need.certificate in QualityKind.values else "",
        ]
        months = ", ".join(str(MONTHS[month]) for month in need.months)
        what = ", ".join(filter(None, said))
        return f"{what} ({months})" if what and months else what or months

    @property
    def unproved(self) -> tuple[QualityKind, ...]:
        """Certificates that the text asks for and no listing found here has."""
        wanted = self.found.step.query.facts.certificates if self.found.step and self.found.total else ()
        had = self.found.counts.get(Facet.CERTIFICATE, {})
        return () if any(had.get(kind) for kind in wanted) else in_order(wanted)

    @property
    def better_url(self) -> str:
        return self.parameters.with_text(self.better_text) if self.better_text else ""

    @property
    def is_unreadable(self) -> bool:
        """Has the typed text no word in it, so that everything is shown?"""
        return bool(self.parameters.text) and not exact_words(self.parameters.text)

    @property
    def is_limited(self) -> bool:
        """Did no index answer, so that only the newest listings were searched?"""
        return self.found.engine == "plain"

    @property
    def neighbouring_months(self) -> list[Choice]:
        """The next months that have listings, where the chosen ones have none."""
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
    """The results of an address. The facets that the page itself stands for are not offered."""
    asked = parameters.request(situation, facets=tuple(facet for facet in SHOWN if facet not in parameters.fixed))
    found, better_text = ask_engines(lambda engine, lexicon: _find(engine, asked, lexicon), situation.now)
    return ResultsPage(asked, parameters, found, better_text, FacetLabels(situation.month))


def _find(engine: SearchEngine, asked: SearchRequest, lexicon: Lexicon) -> tuple[SearchResult, str | None]:
    """The results, and a better spelling where they are few."""
    found = find(engine, asked, lexicon)
    as_typed = found.step is not None and found.step.stage is Stage.AS_TYPED
    better = did_you_mean(asked.text, lexicon) if as_typed and 0 < found.total <= FEW else None
    return found, better
