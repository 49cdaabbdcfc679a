"""A small market that the language tests share."""

from __future__ import annotations

import pytest

from search.language.lexicon import Lexicon
from search.language.places import Places
from search.language.query import PlaceMeaning
from search.language.synonyms import Closeness, Synonym, SynonymTable, Untoned
from search.language.vocabulary import Vocabulary

NAMES = (
    "Sầu riêng Ri6",
    "Sầu riêng Dona",
    "Riềng củ tươi",
    "Rau muống hạt",
    "Gạo ST25 túi 5kg",
    "Gạo ST24",
    "Cà phê rang xay",
    "Cà phê nhân xanh",
    "Bưởi năm roi",
    "Thịt trâu gác bếp",
    "Mật ong rừng",
    "Mật ong hoa nhãn",
    "Nước mắm Phú Quốc",
    "Trứng gà ta",
    "Xoài cát Hòa Lộc",
    "Thanh long ruột đỏ",
    "Vải thiều sấy",
    "Dưa hấu",
    "Dừa xiêm",
    "Dứa Đồng Giao",
)
RULES = (
    Synonym("lợn", "heo", both_ways=True),
    Synonym("dứa", "thơm", both_ways=True),
    Synonym("mướp đắng", "khổ qua", both_ways=True),
    Synonym("mận", "roi", closeness=Closeness.NEAR),
    Synonym("roi", "mận An Phước", untoned=Untoned.YES),
    Synonym("ngô", "bắp", both_ways=True),
    Synonym("ngò", "rau mùi"),
)
PLACES = (
    ("Bắc Ninh", PlaceMeaning(provinces=("24",))),
    ("Huế", PlaceMeaning(provinces=("46",))),
    ("Huyện Lục Ngạn", PlaceMeaning(communes=("07525", "07531"), around=("24",))),
    ("Thanh Long", PlaceMeaning(communes=("01234",), around=("04",))),
    ("Mai", PlaceMeaning(communes=("00001",), around=("01",))),
)


@pytest.fixture(scope="session")
def lexicon():
    vocabulary = Vocabulary.of(NAMES, ("Trái cây", "Rau củ", "Gạo"))
    return Lexicon(SynonymTable(RULES, vocabulary.is_only_reading), Places(PLACES), vocabulary)
