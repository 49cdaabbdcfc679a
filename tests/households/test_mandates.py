"""A mandate is given by the household, seen by it, and ends when it says so."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile

from core.models import AuditEntry
from households.access import NotAllowed, acting_for
from households.models import Scope
from households.models.agreement import GivenBy, SignedPaper
from households.services import BadMandate, give_mandate, withdraw_mandate
from tests.factories.households import TeamFactory, TeamMemberFactory


def give(cast, now, **changed: object):
    words = {
        "household": cast.household,
        "team": cast.team,
        "scopes": [Scope.LISTING],
        "given_how": GivenBy.CODE,
        "recorded_by": cast.volunteer,
        "now": now,
    }
    return give_mandate(**{**words, **changed})


def test_new_mandate_takes_the_place_of_the_old_one(cast, now):
    give(cast, now)
    cast.mandate.refresh_from_db()
    assert cast.mandate.withdrawn_at == now
    assert acting_for(cast.volunteer, cast.household, Scope.LISTING, now).team == cast.team
    with pytest.raises(NotAllowed):
        acting_for(cast.volunteer, cast.household, Scope.ORDERS, now)


def test_mandate_ends_on_its_day(cast, now):
    mandate = give(cast, now, days=30)
    assert mandate.expires_at == now + timedelta(days=30)
    with pytest.raises(NotAllowed):
        acting_for(cast.volunteer, cast.household, Scope.LISTING, mandate.expires_at)


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"scopes": []}, "scopes"), ({"days": 0}, "days"), ({"days": 731}, "days"), ({"given_how": "paper"}, "evidence")],
)
def test_unfit_mandate_is_refused_at_its_field(cast, now, changed, field):
    with pytest.raises(BadMandate) as refusal:
        give(cast, now, **changed)
    assert refusal.value.field == field


@pytest.mark.parametrize("days", [1, 730])
def test_mandate_lasts_from_one_day_to_two_years(cast, now, days):
    mandate = give(cast, now, days=days)
    last = mandate.expires_at - timedelta(microseconds=1)
    assert mandate.expires_at == now + timedelta(days=days)
    assert acting_for(cast.volunteer, cast.household, Scope.LISTING, last).team == cast.team


def test_member_of_another_team_of_the_place_records_no_mandate_for_this_one(cast, now):
    TeamMemberFactory(team=TeamFactory(commune=cast.commune), user=cast.stranger)
    with pytest.raises(NotAllowed):
        give(cast, now, recorded_by=cast.stranger)


def test_signed_paper_is_kept_with_the_mandate(cast, now):
    paper = SignedPaper(readable=ContentFile(b"jpeg", "paper.jpg"), as_sent=ContentFile(b"heic", "paper.heic"))
    mandate = give(cast, now, given_how=GivenBy.PAPER, evidence=paper)
    assert (mandate.evidence.read(), mandate.evidence_as_sent.read()) == (b"jpeg", b"heic")


def test_team_of_another_place_is_not_mandated(cast, now):
    with pytest.raises(BadMandate):
        give(cast, now, team=cast.other_team, recorded_by=cast.other_volunteer)


@pytest.mark.parametrize("name", ["other_volunteer", "other_head", "buyer", "stranger", "operator", "commune_officer"])
def test_nobody_else_records_a_mandate(cast, now, name):
    with pytest.raises(NotAllowed):
        give(cast, now, recorded_by=getattr(cast, name))


@pytest.mark.parametrize("name", ["head", "operator"])
def test_mandate_is_withdrawn_at_once(cast, now, name):
    withdraw_mandate(mandate=cast.mandate, actor=getattr(cast, name), now=now)
    with pytest.raises(NotAllowed):
        acting_for(cast.volunteer, cast.household, Scope.LISTING, now)
    withdraw_mandate(mandate=cast.mandate, actor=getattr(cast, name), now=now)
    assert AuditEntry.objects.filter(action="withdraw_mandate").count() == 1


@pytest.mark.parametrize("name", ["volunteer", "leader", "other_head", "buyer", "stranger"])
def test_nobody_else_withdraws_it(cast, now, name):
    with pytest.raises(NotAllowed):
        withdraw_mandate(mandate=cast.mandate, actor=getattr(cast, name), now=now)
