"""Certificates said in words."""

from __future__ import annotations

import pytest

from catalog.certificates.quality import QualityKind
from search.language.analysis import analyse
from search.language.certificates import SAID, read_certificates
from search.language.lexicon import Lexicon


def test_every_kind_can_be_said():
    assert list(SAID)
    assert set(SAID) == set(QualityKind.values)


@pytest.mark.parametrize(
    ("typed", "kinds", "rest"),
    [
        ("vietgap", ("vietgap",), ""),
        ("VietGAP", ("vietgap",), ""),
        ("chè viet-gap", ("vietgap",), "chè"),
        ("chứng nhận vietgap", ("vietgap",), ""),
        ("rau đạt tiêu chuẩn vietgap", ("vietgap",), "rau"),
        ("rau dat chuan vietgap", ("vietgap",), "rau"),
        ("rau hữu cơ", ("organic",), "rau"),
        ("rau huu co", ("organic",), "rau"),
        ("rau hữu co", ("organic",), "rau"),
        ("hu\u031b\u0303u co\u031b", ("organic",), ""),
        ("organic rau", ("organic",), "rau"),
        ("globalgap", ("globalgap",), ""),
        ("xoài GLOBALG.A.P.", ("globalgap",), "xoài"),
        ("vải chỉ dẫn địa lý", ("geographical_indication",), "vải"),
        ("vai chi dan dia ly", ("geographical_indication",), "vai"),
        ("miến ISO 22000:2018", ("iso_22000",), "miến 2018"),
        ("giò chứng nhận vệ sinh an toàn thực phẩm", ("food_safety",), "giò"),
        ("rau hữu cơ vietgap hữu cơ", ("organic", "vietgap"), "rau"),
    ],
)
def test_the_words_become_facts(typed, kinds, rest):
    query = analyse(typed, Lexicon())
    assert (query.facts.certificates, " ".join(query.words)) == (kinds, rest)


@pytest.mark.parametrize("typed", ["phân hữu cơ", "phan bon huu co", "chất hữu cơ", "nhan gap", "co rau", "gap"])
def test_other_things_are_no_certificate(typed):
    query = analyse(typed, Lexicon())
    assert query.facts.certificates == ()
    assert query.words == tuple(typed.split())


def test_only_what_leads_to_a_certificate_is_left_out():
    assert read_certificates(("nhan", "vietgap")) == (("vietgap",), ("nhan",))
    assert read_certificates(("chứng", "nhận")) == ((), ("chứng", "nhận"))
