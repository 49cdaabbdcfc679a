"""Operators keep teams and officers; places and households are only read there."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from households.models import DigitalTeam
from tests.sign_in import sign_in


@pytest.fixture
def desk(client, cast):
    cast.operator.user_permissions.set(Permission.objects.filter(content_type__app_label="households"))
    return sign_in(client, cast.operator)


def test_team_is_founded_with_its_people(desk, cast):
    rows = {"TOTAL_FORMS": 1, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}
    person = {"user": cast.stranger.pk, "role": "leader", "joined_at_0": "2026-10-01", "joined_at_1": "08:00"}
    typed = {"name": "Tổ Nam Tiến", "commune": cast.commune.pk, "founded_date": "2026-10-01"}
    typed |= {f"members-{name}": value for name, value in rows.items()}
    typed |= {f"members-0-{name}": value for name, value in person.items()}
    response = desk.post(reverse("admin:households_digitalteam_add"), typed)
    assert response.status_code == 302, response.context["errors"]
    assert DigitalTeam.objects.get(name="Tổ Nam Tiến").members.get().user == cast.stranger


def test_household_is_shown_without_its_phone_and_cannot_be_changed(desk, cast):
    url = reverse("admin:households_household_change", args=[cast.household.pk])
    page = desk.get(url)
    assertContains(page, cast.household.code)
    assertNotContains(page, cast.household.phone)
    assert desk.post(url, {"name": "x"}).status_code == 403


@pytest.mark.parametrize(
    "model", ["province", "commune", "household", "digitalteam", "communeofficer", "provinceofficer"]
)
def test_lists_open_and_are_searched(desk, model):
    assert desk.get(reverse(f"admin:households_{model}_changelist"), {"q": "tan"}).status_code == 200
