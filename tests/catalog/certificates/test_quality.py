"""Quality certificates: what may be written down, who confirms it, and on which days it is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from catalog.cards import card_of
from catalog.certificates.papers import BadCertificate
from catalog.certificates.quality import QualityKind, check_paper, in_order
from catalog.certificates.services import announce_validity_changes, confirm_certificate, record_quality_certificate
from catalog.models import QualityCertificate
from catalog.selectors import published_listings, with_card_data
from catalog.signals import listing_changed
from core.models import AuditEntry
from households.access import Acting, NotAllowed
from tests.factories.catalog import certified, listing, quality_paper


@pytest.fixture
def tea(own, now):
    return listing(own, now)


@pytest.fixture
def written(own, tea, now) -> QualityCertificate:
    return record_quality_certificate(acting=own, listing=tea, paper=quality_paper(now), now=now)


@pytest.fixture
def heard():
    """The listings of which word was sent."""
    told: list[int] = []

    def hear(product_id: int, **_more: object):
        told.append(product_id)

    listing_changed.connect(hear)
    yield told
    listing_changed.disconnect(hear)


def shown(now) -> tuple[str, ...]:
    return card_of(with_card_data(published_listings(), now.date()).get(), now).certificates


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("kind", {"kind": "chứng nhận làng"}),
        ("number", {"number": " "}),
        ("issuing_authority", {"issuing_authority": ""}),
        ("holder", {"holder": " "}),
        ("issued_date", {"issued_date": date(2027, 10, 15), "expiry_date": date(2028, 10, 15)}),
        ("expiry_date", {"expiry_date": None}),
        ("expiry_date", {"expiry_date": date(2026, 9, 14)}),
        ("expiry_date", {"issued_date": date(2024, 10, 13), "expiry_date": date(2026, 10, 13)}),
    ],
)
def test_a_paper_that_cannot_be_right_names_its_field(now, field, changes):
    with pytest.raises(BadCertificate) as refused:
        check_paper(replace(quality_paper(now), **changes), now.date())
    assert refused.value.field == field


@pytest.mark.parametrize("kind", QualityKind.values)
def test_only_the_food_safety_law_fixes_a_term(now, kind):
    paper = quality_paper(now, kind=kind, issued_date=date(2026, 3, 1), expiry_date=None)
    if kind == "food_safety":
        assert check_paper(paper, now.date()).expiry_date == date(2029, 3, 1)
    else:
        with pytest.raises(BadCertificate):
            check_paper(paper, now.date())


def test_kinds_are_shown_once_and_in_their_order():
    assert in_order(["food_safety", "organic", "vietgap", "organic", "unknown"]) == (
        QualityKind.VIETGAP,
        QualityKind.ORGANIC,
        QualityKind.FOOD_SAFETY,
    )


def test_it_waits_for_an_operators_confirmation(cast, written, now):
    assert shown(now) == ()
    confirm_certificate(operator=cast.operator, certificate=written, now=now)
    assert shown(now) == (QualityKind.VIETGAP,)


def test_nobody_but_an_operator_confirms(cast, written, now):
    for name, user in cast.everyone().items():
        if name != "operator":
            with pytest.raises(NotAllowed):
                confirm_certificate(operator=user, certificate=written, now=now)
    written.refresh_from_db()
    assert written.confirmed_at is None


def test_confirming_twice_keeps_the_first_confirmation(cast, written, now):
    confirm_certificate(operator=cast.operator, certificate=written, now=now)
    confirm_certificate(operator=cast.operator, certificate=written, now=now + timedelta(days=1))
    written.refresh_from_db()
    assert (written.confirmed_at, written.confirmed_by) == (now, cast.operator)
    assert AuditEntry.objects.filter(action="confirm_quality_certificate").count() == 1


def test_both_acts_stand_in_the_households_log(cast, written, now):
    confirm_certificate(operator=cast.operator, certificate=written, now=now)
    rows = AuditEntry.objects.filter(household_code=cast.household.code, action__endswith="quality_certificate")
    assert {row.action: row.actor for row in rows} == {
        "record_quality_certificate": cast.head,
        "confirm_quality_certificate": cast.operator,
    }
    assert rows[0].changes == {"number": ["", "VG-19-0042"], "kind": [None, "vietgap"]}


def test_it_is_shown_from_its_first_to_its_last_day(cast, own, tea, now):
    begins, ends = now.date() + timedelta(days=10), now.date() + timedelta(days=20)
    certified(tea, own, cast.operator, now, issued_date=begins, expiry_date=ends)
    days = {day: bool(shown(now + timedelta(days=day))) for day in (9, 10, 20, 21)}
    assert days == {9: False, 10: True, 20: True, 21: False}


def test_its_beginning_and_its_end_are_told_to_whoever_shows_it(cast, own, tea, now, heard):
    begins, ends = now.date() + timedelta(days=10), now.date() + timedelta(days=40)
    certified(tea, own, cast.operator, now, issued_date=begins, expiry_date=ends)
    heard.clear()
    told = {day: announce_validity_changes(today=now.date() + timedelta(days=day)) for day in (9, 10, 40, 41)}
    assert told == {9: 0, 10: 1, 40: 0, 41: 1}
    assert heard == [tea.pk, tea.pk]


def test_a_number_is_written_down_once_for_each_kind(own, written, tea, now):
    with pytest.raises(BadCertificate) as refused:
        record_quality_certificate(acting=own, listing=tea, paper=quality_paper(now, number=" VG-19-0042 "), now=now)
    assert refused.value.field == "number"
    record_quality_certificate(acting=own, listing=tea, paper=quality_paper(now, kind="organic"), now=now)
    assert QualityCertificate.objects.count() == 2


@pytest.mark.parametrize("wrong", [{"kind": "own word"}, {"expiry_date": date(2020, 1, 1)}, {"pk": None}])
def test_the_database_keeps_the_rules_too(written, wrong):
    for field, value in wrong.items():
        setattr(written, field, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        written.save()
    assert QualityCertificate.objects.get().kind == "vietgap"


def test_another_household_writes_nothing_on_it(cast, tea, now):
    stranger = Acting(cast.other_head, cast.other_household)
    with pytest.raises(NotAllowed):
        record_quality_certificate(acting=stranger, listing=tea, paper=quality_paper(now), now=now)
    assert not QualityCertificate.objects.exists()
