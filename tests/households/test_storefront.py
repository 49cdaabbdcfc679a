"""Editing the storefront: two editors lose nothing; the public sees what is open."""

from __future__ import annotations

import pytest

from core.errors import ChangedMeanwhile
from core.models import AuditEntry
from households.access import Acting
from households.services import close_storefront, edit_household, open_storefront
from households.signals import household_changed


@pytest.fixture
def heard():
    """The ids of the households whose change was announced."""
    ids: list[int] = []

    def listen(sender, household_id, **_details: object):
        ids.append(household_id)

    household_changed.connect(listen)
    yield ids
    household_changed.disconnect(listen)


def test_volunteer_edits_on_the_household_s_behalf(cast, now, heard):
    acting = Acting(cast.volunteer, cast.household, cast.team)
    edited = edit_household(acting=acting, version=1, name="Chè Hoa Tân Cương", story="Ba đời làm chè.", now=now)
    assert (edited.version, edited.slug) == (2, "che-hoa-tan-cuong")
    entry = AuditEntry.objects.get(action="edit_household")
    assert entry.team_id == cast.team.pk
    assert entry.changes["name"] == ["Trà nhà Hoa", "Chè Hoa Tân Cương"]
    assert heard == [cast.household.pk]


def test_second_editor_gets_both_versions(cast, now):
    edit_household(acting=Acting(cast.head, cast.household), version=1, name="Trà bà Hoa", story="", now=now)
    with pytest.raises(ChangedMeanwhile) as refusal:
        edit_household(
            acting=Acting(cast.volunteer, cast.household, cast.team), version=1, name="Trà cô Hoa", story="", now=now
        )
    assert refusal.value.current.name == "Trà bà Hoa"
    assert refusal.value.current.version == 2


def test_same_words_twice_are_no_quarrel(cast, now, heard):
    words = {"version": 1, "name": "Trà bà Hoa", "story": "", "now": now}
    edit_household(acting=Acting(cast.head, cast.household), **words)
    edit_household(acting=Acting(cast.head, cast.household), **words)
    assert AuditEntry.objects.filter(action="edit_household").count() == 1
    assert len(heard) == 1


def test_storefront_closes_and_opens_once(cast, now, heard):
    acting = Acting(cast.head, cast.household)
    assert not close_storefront(acting=acting, now=now).is_selling
    assert open_storefront(acting=acting, now=now).is_selling
    open_storefront(acting=acting, now=now)
    assert len(heard) == 2
