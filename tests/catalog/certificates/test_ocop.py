"""Stars only with a certificate: written down, confirmed, and valid today."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from catalog.cards import card_of
from catalog.certificates.ocop import OcopPaper, check_paper, usual_expiry
from catalog.certificates.papers import BadCertificate
from catalog.certificates.services import announce_validity_changes, confirm_certificate, record_ocop_certificate
from catalog.models import OcopCertificate
from catalog.selectors import published_listings, with_card_data
from catalog.signals import listing_changed
from households.access import Acting, NotAllowed
from tests.factories.catalog import listing

PAPER = OcopPaper(
    holder="Trà nhà Hoa",
    number="1489/QĐ-UBND",
    issuing_authority="UBND tỉnh Thái Nguyên",
    stars=4,
    issued_date=date(2024, 5, 20),
)


@pytest.fixture
def certificate(own, now) -> OcopCertificate:
    return record_ocop_certificate(acting=own, listing=listing(own, now), paper=PAPER, now=now)


def stars_shown(now) -> int:
    return card_of(with_card_data(published_listings(), now.date()).get(), now).stars


@pytest.mark.parametrize(
    ("issued", "expiry"), [(date(2024, 5, 20), date(2027, 5, 20)), (date(2024, 2, 29), date(2027, 2, 28))]
)
def test_a_certificate_lasts_three_years(issued, expiry):
    assert usual_expiry(issued) == expiry


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("stars", {"stars": 2}),
        ("stars", {"stars": 6}),
        ("number", {"number": " "}),
        ("issuing_authority", {"issuing_authority": ""}),
        ("holder", {"holder": ""}),
        ("issued_date", {"issued_date": date(2026, 10, 15)}),
        ("expiry_date", {"expiry_date": date(2024, 5, 20)}),
        ("expiry_date", {"issued_date": date(2023, 10, 13)}),
    ],
)
def test_a_paper_that_cannot_be_right_names_its_field(now, field, changes):
    with pytest.raises(BadCertificate) as refused:
        check_paper(replace(PAPER, **changes), now.date())
    assert refused.value.field == field


def test_stars_wait_for_an_operators_confirmation(cast, certificate, now):
    assert stars_shown(now) == 0
    confirm_certificate(operator=cast.operator, certificate=certificate, now=now)
    assert stars_shown(now) == 4


def test_nobody_but_an_operator_confirms(cast, certificate, now):
    for name, user in cast.everyone().items():
        if name != "operator":
            with pytest.raises(NotAllowed):
                confirm_certificate(operator=user, certificate=certificate, now=now)


def test_stars_end_with_the_last_day_of_the_certificate(cast, certificate, now):
    confirm_certificate(operator=cast.operator, certificate=certificate, now=now)
    last = now.replace(year=2027, month=5, day=20)
    assert stars_shown(last) == 4
    assert stars_shown(last + timedelta(days=1)) == 0


def test_the_end_of_a_certificate_is_told_to_whoever_shows_stars(cast, certificate, now):
    confirm_certificate(operator=cast.operator, certificate=certificate, now=now)
    heard = []

    def hear(product_id, **_kwargs: object):
        heard.append(product_id)

    listing_changed.connect(hear)
    try:
        assert announce_validity_changes(today=date(2027, 5, 20)) == 0
        assert announce_validity_changes(today=date(2027, 5, 21)) == 1
    finally:
        listing_changed.disconnect(hear)
    assert heard == [certificate.product_id]


def test_one_certificate_is_written_down_once(own, certificate, now):
    with pytest.raises(BadCertificate) as refused:
        record_ocop_certificate(acting=own, listing=certificate.product, paper=PAPER, now=now)
    assert refused.value.field == "number"


def test_another_household_writes_nothing_on_it(cast, certificate, now):
    stranger = Acting(cast.other_head, cast.other_household)
    with pytest.raises(NotAllowed):
        record_ocop_certificate(acting=stranger, listing=certificate.product, paper=PAPER, now=now)
