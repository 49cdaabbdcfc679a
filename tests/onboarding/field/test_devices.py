"""A volunteer's phone: its signing in is remembered, its PIN guarded, and a lost one gets nothing more."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from core.errors import NotAllowed
from core.models import AuditEntry
from onboarding.field.models import FieldAct, FieldDevice
from onboarding.field.services import DeviceRefused, lock_device, open_device, unlock_device
from onboarding.field.services.devices import MAX_WRONG_PINS
from tests.onboarding.field.phone import API, PROOF, FieldPhone
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db


def opened_with(phone: FieldPhone, proof: str = PROOF):
    return Client().post(f"{API}/devices/{phone.device_key}/open", headers={"Authorization": f"Bearer {proof}"})


def test_only_who_serves_in_a_team_sets_up_the_app(cast, standing_clock):
    for who in (cast.buyer, cast.head, cast.commune_officer, cast.operator):
        client = sign_in(Client(), who)
        said = {"name": "Điện thoại", "proof": PROOF}
        assert client.post(f"{API}/devices", said, content_type="application/json").status_code == 403
    assert not FieldDevice.objects.exists()


def test_the_token_and_the_pin_are_kept_as_digests_alone(phone):
    device = FieldDevice.objects.values().get()
    assert phone.token not in device.values()
    assert PROOF not in device.values()
    assert AuditEntry.objects.filter(action="enrol_field_device", actor=phone.user).count() == 1


def test_the_right_pin_gets_the_servers_half_and_a_wrong_one_does_not(phone):
    assert opened_with(phone).json()["server_part"] == phone.device.server_part
    wrong = opened_with(phone, "6" * 64)
    assert (wrong.status_code, wrong.json()["code"]) == (401, "wrong_pin")
    assert "server_part" not in wrong.json()


def test_wrong_pins_in_a_row_lock_the_phone_and_a_right_one_begins_the_count_anew(phone):
    for _time in range(MAX_WRONG_PINS - 1):
        opened_with(phone, "6" * 64)
    assert opened_with(phone).status_code == 200
    for _time in range(MAX_WRONG_PINS):
        assert opened_with(phone, "6" * 64).json()["code"] == "wrong_pin"
    assert opened_with(phone).json()["code"] == "device_locked"
    assert phone.device.locked_by is None


def test_a_locked_phone_sends_nothing_sees_nothing_and_opens_nothing(phone, cast, opened, now):
    """``opened`` is the act; it is refused as a whole, kept on the phone and done once the phone is found."""
    lock_device(key=phone.device.pk, actor=cast.leader, now=now)
    for answer in (
        phone.send(opened),
        phone.client.get(f"{API}/territory", headers=phone.headers),
        phone.begin(b"photo"),
        Client().post(f"{API}/devices/{phone.device_key}/open", headers={"Authorization": f"Bearer {PROOF}"}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "device_locked")
        assert answer.json()["message"]
    assert not FieldAct.objects.exists()
    unlock_device(key=phone.device.pk, actor=cast.leader, now=now)
    assert phone.statuses(opened) == ["done"]


def test_locking_ends_the_browser_session_in_which_it_was_set_up(cast, standing_clock):
    browser = sign_in(Client(), cast.volunteer)
    said = {"name": "Điện thoại", "proof": PROOF}
    answer = browser.post(f"{API}/devices", said, content_type="application/json")
    assert browser.get("/to/").status_code == 200
    lock_device(key=answer.json()["device"], actor=cast.leader, now=standing_clock)
    assert browser.get("/to/").status_code == 302


@pytest.mark.parametrize("who", ["other_volunteer", "head", "commune_officer", "stranger", "operator"])
def test_nobody_else_locks_it(phone, cast, now, who):
    with pytest.raises(NotAllowed):
        lock_device(key=phone.device.pk, actor=getattr(cast, who), now=now)


def test_its_holder_locks_it_and_only_the_leader_unlocks_it(phone, cast, now):
    lock_device(key=phone.device.pk, actor=cast.volunteer, now=now)
    with pytest.raises(NotAllowed):
        unlock_device(key=phone.device.pk, actor=cast.volunteer, now=now)
    unlock_device(key=phone.device.pk, actor=cast.leader, now=now)
    assert phone.device.locked_at is None
    acts = AuditEntry.objects.filter(subject_type="field.fielddevice").values_list("action", flat=True)
    assert list(acts.order_by("pk")) == ["enrol_field_device", "lock_field_device", "unlock_field_device"]


def test_signing_in_is_remembered_for_its_days_and_renewed_by_the_same_person_alone(phone, cast, settings):
    end = phone.device.expires_at
    assert end == phone.now + timedelta(days=settings.FIELD_SIGN_IN_DAYS)
    with time_machine.travel(end - timedelta(microseconds=1), tick=False):
        assert phone.send().status_code == 200
    with time_machine.travel(end, tick=False):
        answer = phone.send()
        assert (answer.status_code, answer.json()["code"]) == (401, "sign_in_again")
        somebody_else = sign_in(Client(), cast.leader)
        assert somebody_else.post(f"{API}/devices/{phone.device_key}/renew").status_code == 403
        assert sign_in(Client(), cast.volunteer).post(f"{API}/devices/{phone.device_key}/renew").status_code == 200
        assert phone.send().status_code == 200


def test_a_suspended_volunteer_is_told_so(phone, cast):
    cast.volunteer.is_active = False
    cast.volunteer.save()
    assert phone.send().json()["code"] == "suspended"
    with pytest.raises(DeviceRefused):
        open_device(key=phone.device.pk, proof=PROOF, now=phone.now)


def test_enrolling_needs_the_form_token(cast, standing_clock):
    client = sign_in(Client(enforce_csrf_checks=True), cast.volunteer)
    said = {"name": "Điện thoại", "proof": PROOF}
    assert client.post(f"{API}/devices", said, content_type="application/json").status_code == 403
