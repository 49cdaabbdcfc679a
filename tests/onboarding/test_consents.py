"""Consent on paper, and what its withdrawal does."""

from __future__ import annotations

import errno
import io
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from catalog.photos.reading import PhotoRefused
from core.private_files import FileNotKept
from households.access import NotAllowed, valid_mandates
from onboarding.models import Consent, ConsentText, OnboardingCase
from onboarding.selectors import current_consent_text
from onboarding.services import (
    confirm_signed_paper,
    consent_on_paper,
    consent_signed_in,
    load_consent_texts,
    reveal_phone,
    withdraw_consent,
)
from tests.catalog import pictures
from tests.factories.onboarding import CaseFactory, ConsentFactory


def paper(size=(900, 1200)) -> ContentFile:
    picture = io.BytesIO()
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (21.0, 33.0, 0.0)}
    Image.new("RGB", size, "white").save(picture, "JPEG", exif=exif)
    return ContentFile(picture.getvalue(), "paper.jpg")


def grey_paper() -> bytes:
    """A sheet scanned in 16-bit grey: light paper with a darker signature, all of it above 255."""
    sheet = Image.new("I;16", (900, 1200), 60_000)
    sheet.paste(9_000, (300, 900, 600, 1000))
    return pictures.encoded(sheet, "PNG")


@pytest.fixture
def text(now) -> ConsentText:
    return current_consent_text("vi", now.date())


def test_texts_stand_ready_in_both_languages_and_load_once(db, now):
    assert load_consent_texts() == 0
    assert {current_consent_text(language, now.date()).language for language in ("vi", "en", "hmn")} == {"vi", "en"}


def test_signed_paper_is_kept_without_its_place_and_without_an_address(case, cast, now, text):
    consent = consent_on_paper(case=case, text=text, photo=paper(), actor=cast.volunteer, now=now)
    with Image.open(consent.evidence) as kept:
        assert kept.size == (900, 1200)
        assert not kept.getexif()
    with pytest.raises(ValueError, match="URL"):
        assert consent.evidence.url
    assert case.household.members.get().user is None


@pytest.mark.parametrize("kind", ["jpeg", "heic", "16-bit grey png"])
def test_signed_paper_is_kept_as_it_was_sent_beside_a_readable_copy(case, cast, now, text, kind):
    content = {"jpeg": pictures.jpeg(900, 1200), "heic": pictures.heic(), "16-bit grey png": grey_paper()}[kind]
    sent = SimpleUploadedFile("giấy của Hoa.bin", content, "text/html")
    consent = consent_on_paper(case=case, text=text, photo=sent, actor=cast.volunteer, now=now)
    assert consent.evidence_as_sent.read() == content
    assert consent.evidence_as_sent.name.endswith({"jpeg": ".jpg", "heic": ".heic"}.get(kind, ".png"))
    assert "Hoa" not in consent.evidence_as_sent.name
    with Image.open(consent.evidence) as readable:
        assert readable.format == "JPEG"
        darkest, brightest = readable.convert("L").getextrema()
    assert brightest - darkest > 25, "a white sheet shows no signature"


def test_a_full_disk_is_a_message_and_records_no_consent(case, cast, now, text, monkeypatch):
    def no_room(storage, name, content):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("django.core.files.storage.FileSystemStorage._save", no_room)
    with pytest.raises(FileNotKept):
        consent_on_paper(case=case, text=text, photo=paper(), actor=cast.volunteer, now=now)
    assert not Consent.objects.exists()


@pytest.mark.parametrize("content", [b"", b"MZ not a picture", b"<svg xmlns='http://www.w3.org/2000/svg'/>"])
def test_what_is_no_photograph_is_refused(case, cast, now, text, content):
    with pytest.raises(PhotoRefused):
        consent_on_paper(case=case, text=text, photo=ContentFile(content, "paper.jpg"), actor=cast.volunteer, now=now)
    assert not Consent.objects.exists()


def test_withdrawal_closes_the_storefront_and_ends_what_the_team_may_do(cast, now):
    ConsentFactory(household=cast.household)
    case = CaseFactory(household=cast.household, team=cast.team)
    withdraw_consent(household=cast.household, actor=cast.head, now=now)
    cast.household.refresh_from_db()
    case.refresh_from_db()
    assert (cast.household.is_selling, cast.household.closed_at) == (False, now)
    assert not valid_mandates(now).filter(household=cast.household).exists()
    assert case.outcome == OnboardingCase.Outcome.GIVEN_UP
    assert Consent.objects.get().withdrawn_at == now


def test_household_consents_again_on_its_own_and_its_account_opens_again(cast, now, text):
    ConsentFactory(household=cast.household)
    withdraw_consent(household=cast.household, actor=cast.head, now=now)
    later = now + timedelta(days=2)
    consent = consent_signed_in(household=cast.household, text=text, actor=cast.head, now=later)
    cast.household.refresh_from_db()
    assert (consent.given_how, consent.team) == ("self", None)
    assert (cast.household.consented_at, cast.household.has_open_account) == (later, True)


@pytest.mark.parametrize("name", ["volunteer", "leader", "other_head", "operator", "stranger"])
def test_nobody_else_consents_signed_in(cast, now, text, name):
    with pytest.raises(NotAllowed):
        consent_signed_in(household=cast.household, text=text, actor=getattr(cast, name), now=now)


def test_paper_opens_no_account_before_the_phone_is_confirmed(case, cast, now, text):
    consent = consent_on_paper(case=case, text=text, photo=paper(), actor=cast.volunteer, now=now)
    confirm_signed_paper(paper=consent, checker=cast.leader, now=now)
    case.household.refresh_from_db()
    assert (case.household.consented_at, case.household.opened_at) == (now, None)


@pytest.mark.parametrize("name", ["volunteer", "leader", "other_head", "stranger", "commune_officer"])
def test_nobody_else_withdraws_it(cast, now, name):
    ConsentFactory(household=cast.household)
    with pytest.raises(NotAllowed):
        withdraw_consent(household=cast.household, actor=getattr(cast, name), now=now)


def test_team_reads_the_phone_under_a_mandate_and_the_household_sees_it(cast, now):
    assert reveal_phone(household=cast.household, actor=cast.volunteer, now=now) == cast.head.phone
    cast.mandate.withdrawn_at = now
    cast.mandate.save()
    with pytest.raises(NotAllowed):
        reveal_phone(household=cast.household, actor=cast.volunteer, now=now)
    CaseFactory(household=cast.household, team=cast.team)
    assert reveal_phone(household=cast.household, actor=cast.volunteer, now=now) == cast.head.phone


@pytest.mark.parametrize("name", ["other_volunteer", "other_head", "buyer", "stranger", "province_officer"])
def test_nobody_else_reads_the_phone(cast, now, name):
    CaseFactory(household=cast.household, team=cast.team)
    with pytest.raises(NotAllowed):
        reveal_phone(household=cast.household, actor=getattr(cast, name), now=now)
