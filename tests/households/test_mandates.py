"""A mandate is given by the household, seen by it, and ends when it says so."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile

from core.models import AuditEntry
from households.access import NotAllowed, acting_for, valid_mandates
from households.models import Mandate, Scope
from households.models.agreement import GivenBy, SignedPaper
from households.services import BadMandate, give_mandate, give_mandate_again, withdraw_mandate
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


def test_ended_mandate_is_given_again_by_the_household_with_the_same_words(cast, now):
    withdraw_mandate(mandate=cast.mandate, actor=cast.head, now=now)
    with pytest.raises(NotAllowed):
        acting_for(cast.volunteer, cast.household, Scope.LISTING, now)
    later = now + timedelta(minutes=29)
    again = give_mandate_again(mandate=cast.mandate, actor=cast.head, now=later)
    assert (again.scopes, again.expires_at) == (cast.mandate.scopes, cast.mandate.expires_at)
    assert (again.given_how, again.given_at) == (GivenBy.SELF, later)
    assert acting_for(cast.volunteer, cast.household, Scope.LISTING, later).team == cast.team
    cast.mandate.refresh_from_db()
    assert cast.mandate.withdrawn_at == now
    assert AuditEntry.objects.get(action="give_mandate", subject_id=again.pk).actor == cast.head


@pytest.mark.parametrize("who", ["volunteer", "leader", "operator", "other_head"])
def test_nobody_but_the_household_gives_an_ended_mandate_again(cast, now, who):
    withdraw_mandate(mandate=cast.mandate, actor=cast.head, now=now)
    with pytest.raises(NotAllowed):
        give_mandate_again(mandate=cast.mandate, actor=getattr(cast, who), now=now)


def test_mandate_that_ended_half_an_hour_ago_stays_ended(cast, now):
    withdraw_mandate(mandate=cast.mandate, actor=cast.head, now=now)
    with pytest.raises(BadMandate):
        give_mandate_again(mandate=cast.mandate, actor=cast.head, now=now + timedelta(minutes=30))


def test_mandate_that_was_never_ended_or_has_a_follower_is_not_given_again(cast, now):
    with pytest.raises(BadMandate):
        give_mandate_again(mandate=cast.mandate, actor=cast.head, now=now)
    give(cast, now)
    with pytest.raises(BadMandate):
        give_mandate_again(mandate=cast.mandate, actor=cast.head, now=now)


def paper_beside(cast, now) -> Mandate:
    """A paper for orders alone, photographed now, that holds after its wait beside what the team has."""
    return Mandate.objects.create(
        household=cast.household,
        team=cast.team,
        scopes=[Scope.ORDERS],
        given_at=now,
        given_how=GivenBy.PAPER,
        holds_from=now + timedelta(hours=72),
        evidence="paper.jpg",
        expires_at=now + timedelta(days=90),
        recorded_by=cast.volunteer,
    )


def test_a_paper_that_waits_keeps_nobody_from_giving_the_ended_mandate_again(cast, now):
    paper = paper_beside(cast, now)
    withdraw_mandate(mandate=cast.mandate, actor=cast.head, now=now)
    again = give_mandate_again(mandate=cast.mandate, actor=cast.head, now=now + timedelta(minutes=5))
    assert list(valid_mandates(now + timedelta(hours=71))) == [again]
    assert list(valid_mandates(now + timedelta(hours=72))) == [paper]


def test_what_a_paper_had_replaced_neither_comes_back_nor_bars_the_paper(cast, now):
    """The first stands without an end beside the paper that replaced it; only the paper is given again."""
    paper, later = paper_beside(cast, now), now + timedelta(hours=80)
    withdraw_mandate(mandate=paper, actor=cast.head, now=later)
    assert not valid_mandates(later).filter(team=cast.team).exists()
    withdraw_mandate(mandate=cast.mandate, actor=cast.head, now=later)
    with pytest.raises(BadMandate):
        give_mandate_again(mandate=cast.mandate, actor=cast.head, now=later)
    again = give_mandate_again(mandate=paper, actor=cast.head, now=later + timedelta(minutes=5))
    assert list(valid_mandates(later + timedelta(minutes=5))) == [again]
    assert again.scopes == [Scope.ORDERS]
    with pytest.raises(BadMandate):
        give_mandate_again(mandate=paper, actor=cast.head, now=later + timedelta(minutes=6))


def test_household_whose_account_closed_meanwhile_gives_no_mandate_again(cast, now):
    withdraw_mandate(mandate=cast.mandate, actor=cast.head, now=now)
    type(cast.household).objects.filter(pk=cast.household.pk).update(closed_at=now)
    with pytest.raises(BadMandate):
        give_mandate_again(mandate=cast.mandate, actor=cast.head, now=now)
