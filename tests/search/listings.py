"""A small contents of listings for search tests, and short ways of asking."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.periods import VIETNAM
from search.engines.documents import ListingDocument, Named, Signpost
from search.engines.port import Question, SearchEngine
from search.language.clauses import Anything, Best, Clause, Every, Phrase, TextField
from search.language.normal import folded_words

FRUIT, TEA, RICE = Named("2", "Trái cây"), Named("3", "Trà"), Named("4", "Gạo")
FARM_PRODUCE = Named("1", "Nông sản")
THAI_NGUYEN, BAC_NINH = Named("19", "Thái Nguyên"), Named("24", "Bắc Ninh")
HOA, BINH = Named("HN-1", "Trà nhà Hoa"), Named("HN-2", "Vườn nhà Bình")

BASE = ListingDocument(
    sku="", title="", version=1, province=THAI_NGUYEN, household=HOA, delivers_to=("19", "24"), unit="kg",
    published_at=datetime(2026, 9, 1, tzinfo=VIETNAM),
)  # fmt: skip


def listing(sku: str, title: str, category: Named = FRUIT, **changes: object) -> ListingDocument:
    return replace(BASE, **{"sku": sku, "title": title, "categories": (FARM_PRODUCE, category), **changes})


LISTINGS = (
    listing("SAU-RIENG", "Sầu riêng Ri6", price=90_000, harvest_months=(5, 6, 7), household=BINH, province=BAC_NINH),
    listing("RIENG", "Củ riềng tươi", price=20_000, household=BINH, description="Riềng thơm, không sấu"),
    listing("TRA", "Chè Tân Cương", TEA, price=150_000, ocop_stars=4, certificates=("vietgap",)),
    listing("TRA-2", "Chè nõn tôm", TEA, price=450_000, ocop_stars=3, in_stock=False),
    listing("GAO", "Gạo ST25 túi 5 kg", RICE, price=180_000, net_weight_g=5000, delivers_to=("19",)),
)

SIGNPOSTS = (
    Signpost(kind="category", key="3", name="Trà", other_names=("chè",), listings=2),
    Signpost(kind="province", key="19", name="Thái Nguyên", listings=4),
    Signpost(kind="commune", key="05503", name="Tân Cương", detail="Thái Nguyên", listings=1),
)


def named(text: str, score: float = 1.0, prefix: bool = False) -> Clause:
    """Every word in the name or the description, without tones; the name counts double."""
    *firm, last = folded_words(text)
    parts = [_anywhere(word, score) for word in firm] + [_anywhere(last, score, prefix)]
    return Every(tuple(parts))


def _anywhere(word: str, score: float, prefix: bool = False) -> Clause:
    in_name = Phrase(TextField.NAME, (word,), prefix=prefix, score=2 * score)
    return Best((in_name, Phrase(TextField.DESCRIPTION, (word,), prefix=prefix, score=score)))


def everything(**asked: object) -> Question:
    return Question(clause=Anything(), **asked)


def skus(engine: SearchEngine, question: Question) -> list[str]:
    return [document.sku for document in engine.fetch(engine.search(question).candidates)]
