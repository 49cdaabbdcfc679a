"""Who sees the photograph of a signed paper: its household, and an operator whose every look is written down."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile

from core.models import AuditEntry
from tests.factories.onboarding import ConsentFactory
from tests.sign_in import sign_in

OTHERS = ("stranger", "buyer", "other_head", "volunteer", "leader", "other_volunteer", "commune_officer")


@pytest.fixture
def papers(cast) -> dict[str, int]:
    """A mandate and a consent, both signed on paper: the word in the address and the key."""
    consent = ConsentFactory(household=cast.household)
    for signed in (cast.mandate, consent):
        signed.evidence.save("paper.jpg", ContentFile(b"readable"))
        signed.evidence_as_sent.save("paper.heic", ContentFile(b"as sent"))
    return {"uy-quyen": cast.mandate.pk, "dong-y": consent.pk}


def address(space: str, code: str, kind: str, pk: int, copy: str = "") -> str:
    return f"{space}/{code}/giay/{kind}/{pk}/{copy}"


def body(answer) -> bytes:
    return b"".join(answer.streaming_content)


@pytest.mark.parametrize("kind", ["uy-quyen", "dong-y"])
def test_the_household_sees_its_paper_and_saves_it_as_it_was_sent(client, cast, papers, kind):
    sign_in(client, cast.head)
    shown = client.get(address("/ho", cast.household.code, kind, papers[kind]))
    assert (body(shown), shown["Content-Type"]) == (b"readable", "image/jpeg")
    saved = client.get(address("/ho", cast.household.code, kind, papers[kind], "goc/"))
    assert (body(saved), saved["Content-Type"]) == (b"as sent", "application/octet-stream")
    assert saved["Content-Disposition"].startswith("attachment")
    for answer in (shown, saved):
        assert "no-store" in answer["Cache-Control"]
        assert "private" in answer["Cache-Control"]
        assert answer["X-Content-Type-Options"] == "nosniff"
    assert address("/ho", cast.household.code, kind, papers[kind], "goc/") in (
        client.get(f"/ho/{cast.household.code}/uy-quyen/").content.decode()
    )


@pytest.mark.parametrize("kind", ["uy-quyen", "dong-y"])
@pytest.mark.parametrize("copy", ["", "goc/"])
def test_each_look_of_an_operator_stands_in_the_households_list(client, cast, papers, kind, copy):
    sign_in(client, cast.operator)
    page = client.get(f"/van-hanh/ho/{cast.household.code}/").content.decode()
    way = address("/van-hanh/ho", cast.household.code, kind, papers[kind], copy)
    assert way in page
    answer = client.post(way)
    assert body(answer) == (b"as sent" if copy else b"readable")
    assert "no-store" in answer["Cache-Control"]
    row = AuditEntry.objects.get(action="read_paper")
    assert (row.actor, row.household_code, row.subject_id) == (cast.operator, cast.household.code, str(papers[kind]))
    assert client.get(way).status_code == 405
    sign_in(client, cast.head)
    assert "xem giấy" in client.get(f"/ho/{cast.household.code}/viec-da-lam/").content.decode()


@pytest.mark.parametrize("who", OTHERS)
@pytest.mark.parametrize("kind", ["uy-quyen", "dong-y"])
def test_nobody_else_sees_it(client, cast, papers, who, kind):
    sign_in(client, getattr(cast, who))
    for copy in ("", "goc/"):
        own = client.get(address("/ho", cast.household.code, kind, papers[kind], copy))
        office = client.post(address("/van-hanh/ho", cast.household.code, kind, papers[kind], copy))
        assert {own.status_code, office.status_code} <= {302, 403, 404}
        assert not own.streaming
        assert not office.streaming
    assert not AuditEntry.objects.filter(action="read_paper").exists()


@pytest.mark.parametrize("kind", ["uy-quyen", "dong-y"])
def test_the_papers_of_one_household_are_not_found_under_another(client, cast, papers, kind):
    sign_in(client, cast.other_head)
    assert client.get(address("/ho", cast.other_household.code, kind, papers[kind])).status_code == 404
    assert client.get(address("/ho", cast.other_household.code, kind, papers[kind], "goc/")).status_code == 404
    sign_in(client, cast.operator)
    for copy in ("", "goc/"):
        foreign = address("/van-hanh/ho", cast.other_household.code, kind, papers[kind], copy)
        assert client.post(foreign).status_code == 404
    assert not AuditEntry.objects.filter(action="read_paper").exists()


def test_a_paper_of_before_has_no_copy_as_sent_and_no_look_is_written_down(client, cast, papers):
    cast.mandate.evidence_as_sent.delete()
    sign_in(client, cast.operator)
    way = address("/van-hanh/ho", cast.household.code, "uy-quyen", cast.mandate.pk, "goc/")
    assert way not in client.get(f"/van-hanh/ho/{cast.household.code}/").content.decode()
    assert client.post(way).status_code == 404
    assert not AuditEntry.objects.filter(action="read_paper").exists()
