"""The app's page, manifest and worker; its words; what is taken from others; the page on which a phone is locked."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest
from django.test import Client

from catalog.units import SaleUnit
from core.models import AuditEntry
from marketplace.page_policies import SITE
from onboarding.field import views
from onboarding.field.words import WORDS, words
from tests.onboarding.field.phone import PROOF
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db
STATIC = Path(views.__file__).parent / "static"
#: As npm packed it: `npm pack idb@8.0.4`, its files build/index.js and LICENSE.
IDB = {
    "idb-8.0.4.js": "e01b45d2e088a7197e8b41ba9b51a0876969da67cc08e6efbc3d5d7ab6ac836c",
    "idb-8.0.4.LICENSE.txt": "873a2f333fda393ec3464f4579209b019d98e97c3bf498b10e85f630162fd708",
}


@pytest.mark.parametrize("name", IDB)
def test_what_is_taken_from_others_is_as_they_made_it(name):
    content = (STATIC / "field" / "vendor" / name).read_bytes()
    assert hashlib.sha256(content).hexdigest() == IDB[name]


def test_the_page_is_the_same_for_everybody_and_keeps_the_sites_policy(client, cast):
    page = client.get("/to/app/")
    assert page.headers["Content-Security-Policy"] == SITE
    assert "unsafe" not in SITE
    signed_in = sign_in(Client(), cast.volunteer).get("/to/app/")
    assert signed_in.content == page.content
    assert cast.volunteer.full_name not in signed_in.content.decode()


def test_the_worker_keeps_every_file_that_the_modules_name(client):
    worker = client.get("/to/app/worker.js")
    assert worker.headers["Content-Type"].startswith("text/javascript")
    kept = set(json.loads(re.search(r"KEPT = (\[.*?\]);", worker.content.decode().replace("\\u002D", "-"))[1]))
    modules = list((STATIC / "field").glob("*.js"))
    named = {f"/static/field/{module.name}" for module in modules}
    for module in modules:
        for found in re.findall(r'from "\./([^"]+)"', module.read_text(encoding="utf-8")):
            named.add(f"/static/field/{found}")
    assert named <= kept
    assert "/to/app/" in kept


def test_a_changed_file_makes_phones_load_the_app_anew(monkeypatch, tmp_path):
    before = views.app_digest()
    changed = tmp_path / "app.js"
    changed.write_text("changed")
    find = views.finders.find
    monkeypatch.setattr(views.finders, "find", lambda name: str(changed) if name == "field/app.js" else find(name))
    assert views.app_digest.__wrapped__() != before


def test_the_manifest_makes_it_installable(client):
    manifest = client.get("/to/app/manifest.webmanifest")
    assert manifest.headers["Content-Type"] == "application/manifest+json"
    said = manifest.json()
    assert (said["display"], said["start_url"], said["scope"]) == ("standalone", "/to/app/", "/to/app/")
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in said["icons"]}
    for icon in said["icons"]:
        assert (STATIC / icon["src"].removeprefix("/static/")).exists()


def test_every_word_that_the_scripts_say_is_there_in_both_languages():
    text = "".join(module.read_text(encoding="utf-8") for module in (STATIC / "field").glob("*.js"))
    said = set(re.findall(r'\bt\("(\w+)"', text)) | set(re.findall(r'\bsay\("(\w+)"', text))
    assert said <= WORDS.keys() | {"other_language"}
    prefixes = set(re.findall(r"\bt\(`(\w+)\$\{", text))
    assert prefixes == {"act_", "closed_", "consent_", "do_", "field_", "scope_", "state_", "status_"}
    for language, spoken in words().items():
        assert spoken.keys() == WORDS.keys() | {"other_language"}
        assert all(spoken.values()), language
    english, vietnamese = words()["en"], words()["vi"]
    assert {code for code in WORDS if english[code] == vietnamese[code]} == set()


def test_the_scripts_know_every_unit(client):
    settings = re.search(
        r'id="settings" type="application/json">(.*?)</script>', client.get("/to/app/").content.decode()
    )
    assert [unit for unit, _names in json.loads(settings[1])["units"]] == SaleUnit.values


def test_signing_out_of_the_site_leaves_what_waits_in_the_app(cast, standing_clock):
    browser = sign_in(Client(), cast.volunteer)
    browser.post("/to/api/v1/devices", {"name": "Máy", "proof": PROOF}, content_type="application/json")
    assert browser.post("/dang-xuat/").headers["Clear-Site-Data"] == '"cache"'


class TestLockingPage:
    def test_the_leader_locks_and_unlocks_the_phone_of_a_member(self, phone, cast):
        leader = sign_in(Client(), cast.leader)
        assert "Điện thoại của tổ" in leader.get("/to/dien-thoai/").content.decode()
        leader.post(f"/to/dien-thoai/{phone.device_key}/khoa/")
        assert phone.device.locked_by == cast.leader
        leader.post(f"/to/dien-thoai/{phone.device_key}/mo-khoa/")
        assert phone.device.locked_at is None
        assert AuditEntry.objects.filter(action="unlock_field_device", actor=cast.leader).count() == 1

    @pytest.mark.parametrize("who", ["other_volunteer", "head", "stranger", "commune_officer"])
    def test_others_see_and_lock_nothing(self, phone, cast, who):
        other = sign_in(Client(), getattr(cast, who))
        assert "Điện thoại của tổ" not in other.get("/to/dien-thoai/").content.decode()
        other.post(f"/to/dien-thoai/{phone.device_key}/khoa/")
        assert phone.device.locked_at is None
