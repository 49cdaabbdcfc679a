"""A certificate that an operator refuses, and the photo of the paper that only an operator sees."""

from __future__ import annotations

import io

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from PIL import Image

from catalog.certificates.ocop import OcopPaper
from catalog.certificates.papers import BadCertificate
from catalog.certificates.selectors import certificates_to_confirm, papers_of_other_listings
from catalog.certificates.services import (
    confirm_certificate,
    record_ocop_certificate,
    record_quality_certificate,
    refuse_certificate,
)
from catalog.models import OcopCertificate, QualityCertificate
from core.models import AuditEntry
from households.access import Acting, NotAllowed
from messaging.models import OutgoingMessage
from operations.selectors import waiting_work
from tests.accessibility import problems
from tests.catalog import pictures
from tests.catalog.certificates.test_pages import address, typed
from tests.factories.catalog import listing, quality_paper
from tests.sign_in import sign_in

WAITING = {"quality": "/van-hanh/chung-nhan/", "ocop": "/van-hanh/ocop/"}
REASON = "Số trên giấy là HC-2026/71."


@pytest.fixture
def tea(own):
    return listing(own, timezone.now())


@pytest.fixture(params=["quality", "ocop"])
def waiting(request, own, tea):
    """A paper of each kind that waits for an operator, and the way to the list it stands in."""
    now = timezone.now()
    if request.param == "quality":
        made = record_quality_certificate(acting=own, listing=tea, paper=quality_paper(now), now=now)
    else:
        paper = OcopPaper(holder="H", number="1/QĐ", issuing_authority="U", stars=4, issued_date=now.date())
        made = record_ocop_certificate(acting=own, listing=tea, paper=paper, now=now)
    return made, WAITING[request.param]


def test_a_refusal_is_told_to_the_household_and_written_down(client, cast, tea, waiting):
    made, way = waiting
    sign_in(client, cast.operator)
    page = client.get(way).content.decode()
    assert f"{way}{made.pk}/tu-choi/" in page
    assert problems(page) == []
    client.post(f"{way}{made.pk}/tu-choi/", {"reason": REASON})
    made.refresh_from_db()
    assert (made.refused_by, made.refusal_reason, made.confirmed_at) == (cast.operator, REASON, None)
    row = AuditEntry.objects.get(action=f"refuse_{made.act_name}")
    assert (row.actor, row.household_code, row.changes["reason"]) == (cast.operator, cast.household.code, ["", REASON])
    message = OutgoingMessage.objects.get(key=f"refuse:{made.act_name}:{made.pk}")
    assert message.phone == cast.household.phone
    assert REASON in message.text
    assert tea.title in message.text
    assert made.number not in client.get(way).content.decode()
    today = timezone.localdate()
    assert not certificates_to_confirm(type(made), today).exists()
    assert waiting_work(timezone.now()).certificates == 0
    assert "badge--certified" not in Client().get(tea.get_absolute_url()).content.decode()


def test_a_refused_paper_is_written_down_again_from_its_reason_on(client, cast, tea, waiting):
    made, way = waiting
    refuse_certificate(operator=cast.operator, certificate=made, reason=REASON, now=timezone.now())
    sign_in(client, cast.volunteer)
    overview = client.get(f"/san-hang/{tea.pk}/").content.decode()
    again = f"/san-hang/{tea.pk}/{'ocop' if way == WAITING['ocop'] else 'chung-nhan'}/?again={made.pk}"
    assert REASON in overview
    assert again in overview
    answer = client.get(again)
    page = answer.content.decode()
    assert REASON in page
    assert f'name="number" value="{made.number}"' in page
    assert problems(page) == []
    sent = {name: str(value) for name, value in answer.context["form"].initial.items()}
    assert client.post(again, sent).status_code == 302, "the same number, for the refusal may have been the mistake"
    assert type(made)._default_manager.filter(refused_at=None, number=made.number).count() == 1
    assert client.post(again, sent).status_code == 422


def test_a_refused_paper_of_another_listing_is_not_shown(client, cast, tea, own, waiting):
    made, way = waiting
    refuse_certificate(operator=cast.operator, certificate=made, reason=REASON, now=timezone.now())
    theirs = listing(Acting(cast.other_head, cast.other_household), timezone.now())
    sign_in(client, cast.other_head)
    kind = "ocop" if way == WAITING["ocop"] else "chung-nhan"
    for pk in (made.pk, "9" * 30, "x", "²"):
        answer = client.get(f"/san-hang/{theirs.pk}/{kind}/", {"again": str(pk)})
        assert answer.status_code == 200
        assert REASON not in answer.content.decode()
        assert made.number not in answer.content.decode()


def test_a_refused_paper_begins_no_other_listing(cast, own, tea):
    now = timezone.now()
    made = record_quality_certificate(acting=own, listing=tea, paper=quality_paper(now), now=now)
    second = listing(own, now, title="Chè nõn tôm")
    assert papers_of_other_listings(second, now.date()) == [made]
    refuse_certificate(operator=cast.operator, certificate=made, reason=REASON, now=now)
    assert papers_of_other_listings(second, now.date()) == []


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_refusal_needs_a_reason(client, cast, waiting, reason):
    made, way = waiting
    sign_in(client, cast.operator)
    page = client.post(f"{way}{made.pk}/tu-choi/", {"reason": reason}, follow=True).content.decode()
    assert "Hãy ghi lý do" in page
    made.refresh_from_db()
    assert made.refused_at is None


def test_what_is_settled_stays_settled(client, cast, waiting, now):
    made, way = waiting
    sign_in(client, cast.operator)
    client.post(f"{way}{made.pk}/tu-choi/", {"reason": REASON})
    assert "vừa bị từ chối" in client.post(f"{way}{made.pk}/xac-nhan/", follow=True).content.decode()
    refuse_certificate(operator=cast.operator, certificate=made, reason="Khác", now=now)
    made.refresh_from_db()
    assert (made.confirmed_at, made.refusal_reason) == (None, REASON)
    assert OutgoingMessage.objects.filter(key__startswith="refuse:").count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        type(made)._default_manager.filter(pk=made.pk).update(confirmed_at=now)


def test_a_confirmed_certificate_is_not_refused(cast, waiting, now):
    made, _way = waiting
    confirm_certificate(operator=cast.operator, certificate=made, now=now)
    with pytest.raises(BadCertificate):
        refuse_certificate(operator=cast.operator, certificate=made, reason=REASON, now=now)


@pytest.mark.parametrize("who", ["head", "volunteer", "leader", "other_head", "commune_officer", "buyer", "stranger"])
def test_only_an_operator_refuses_and_sees_the_photo(client, cast, own, tea, who):
    now = timezone.now()
    picture = pictures.upload(pictures.jpeg(800, 1000))
    made = record_quality_certificate(acting=own, listing=tea, paper=quality_paper(now), now=now, picture=picture)
    sign_in(client, getattr(cast, who))
    for answer in (
        client.post(f"{WAITING['quality']}{made.pk}/tu-choi/", {"reason": REASON}),
        client.get(f"{WAITING['quality']}{made.pk}/anh/"),
    ):
        assert answer.status_code in (302, 403, 404)
        assert not answer.streaming
    made.refresh_from_db()
    assert made.refused_at is None
    with pytest.raises(NotAllowed):
        refuse_certificate(operator=getattr(cast, who), certificate=made, reason=REASON, now=now)


@pytest.mark.parametrize(("kind", "model"), [("chung-nhan", QualityCertificate), ("ocop", OcopCertificate)])
def test_the_photo_of_the_paper_is_private_and_stands_where_it_is_confirmed(client, cast, tea, kind, model):
    writer = sign_in(Client(), cast.volunteer)
    sent = typed(picture=pictures.upload(pictures.jpeg(900, 1200, orientation=6)), stars="4")
    assert writer.post(f"/san-hang/{tea.pk}/{kind}/", sent).status_code == 302
    made = model.objects.get()
    with pytest.raises(ValueError, match="URL"):
        _address = made.picture.url
    sign_in(client, cast.operator)
    way = f"/van-hanh/{kind}/"
    page = client.get(way).content.decode()
    assert f'src="{way}{made.pk}/anh/"' in page
    assert problems(page) == []
    answer = client.get(f"{way}{made.pk}/anh/")
    assert "no-store" in answer["Cache-Control"]
    with Image.open(io.BytesIO(b"".join(answer.streaming_content))) as shown:
        assert (shown.format, shown.size) == ("JPEG", (1200, 900))
        assert not shown.getexif()


def test_a_paper_without_a_photo_has_none_to_show(client, cast, waiting):
    made, way = waiting
    sign_in(client, cast.operator)
    assert client.get(f"{way}{made.pk}/anh/").status_code == 404
    assert "/anh/" not in client.get(way).content.decode()


def test_what_is_no_photo_is_said_at_its_field_and_nothing_typed_is_lost(client, cast, tea):
    sign_in(client, cast.head)
    answer = client.post(address(tea), typed(picture=pictures.upload(pictures.EXECUTABLE, "giay.jpg")))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["picture"]
    assert 'value="HC-2026/17"' in answer.content.decode()
    assert not QualityCertificate.objects.exists()


def test_a_photo_beside_a_wrong_answer_is_asked_for_again(client, cast, tea):
    sign_in(client, cast.head)
    sent = typed(number=" ", picture=pictures.upload(pictures.jpeg(800, 600)))
    assert "Hãy chọn lại ảnh chụp giấy" in client.post(address(tea), sent).content.decode()


def test_a_full_disk_is_a_message_and_records_nothing(client, cast, tea, monkeypatch):
    def no_room(storage, name, content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("django.core.files.storage.FileSystemStorage._save", no_room)
    sign_in(client, cast.head)
    answer = client.post(address(tea), typed(picture=pictures.upload(pictures.jpeg(800, 600))))
    assert answer.status_code == 422
    assert "không còn chỗ" in answer.content.decode()
    assert not QualityCertificate.objects.exists()
