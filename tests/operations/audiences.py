"""The operators' office opens to operators alone."""

from __future__ import annotations

from typing import Any

from tests.doors import OPERATOR, Door
from tests.onboarding.audiences import paper_address, waiting_paper
from tests.sent import WORDS, everybodys
from tests.shop.order.audiences import ordered


def person(cast: Any) -> dict[str, Any]:
    return {"pk": cast.stranger.pk}


def team(cast: Any) -> dict[str, Any]:
    return {"pk": cast.team.pk}


def household(cast: Any) -> dict[str, Any]:
    return {"code": cast.household.code}


def paper(cast: Any) -> None:
    from django.core.files.base import ContentFile

    cast.mandate.evidence.save("paper.jpg", ContentFile(b"jpeg"))
    cast.mandate.evidence_as_sent.save("paper.heic", ContentFile(b"heic"))


def office(cast: Any) -> dict[str, Any]:
    from households.models import CommuneOfficer

    return {"level": "xa", "pk": CommuneOfficer.objects.get(user=cast.commune_officer).pk}


def problem(cast: Any) -> dict[str, Any]:
    from shop.order.models import OrderProblem

    reported = {"kind": "late", "reported_at": cast.household.registered_at}
    return {"pk": OrderProblem.objects.create(household_order=ordered(cast), **reported).pk}


def data_request(cast: Any) -> dict[str, Any]:
    from django.utils import timezone

    from onboarding.services import ask_for_erasure

    return {"pk": ask_for_erasure(household=cast.household, actor=cast.head, now=timezone.now()).pk}


def order(cast: Any) -> dict[str, Any]:
    return {"number": ordered(cast).order.number}


def flagged(cast: Any) -> dict[str, Any]:
    from django.utils import timezone

    from catalog.flags.services import flag_listing
    from tests.factories.orders import make_listing

    listing, now = make_listing(cast.household), timezone.now()
    flag_listing(listing=listing, reason="fake", text="Ảnh giả", user=None, address="203.0.113.9", now=now)
    return {"pk": listing.pk}


def voice(cast: Any) -> dict[str, Any]:
    from tests.catalog.reviews.audiences import review_of

    return {"kind": "danh-gia", **review_of(cast)}


DOORS = {
    "operations:flags": Door(OPERATOR),
    "operations:flag": Door(OPERATOR, kwargs=flagged),
    "operations:voices": Door(OPERATOR),
    "operations:voices_of_kind": Door(OPERATOR, kwargs=lambda cast: {"kind": "cau-hoi"}),
    "operations:hide_voice": Door(OPERATOR, kwargs=voice),
    "operations:show_voice": Door(OPERATOR, kwargs=voice, method="post"),
    "operations:start": Door(OPERATOR),
    "operations:people": Door(OPERATOR),
    "operations:add_staff": Door(OPERATOR),
    "operations:person": Door(OPERATOR, kwargs=person),
    "operations:reveal_person_phone": Door(OPERATOR, kwargs=person, method="post"),
    "operations:change_person": Door(OPERATOR, kwargs=lambda cast: {**person(cast), "deed": "mo-lai"}, method="post"),
    "operations:teams": Door(OPERATOR),
    "operations:add_team": Door(OPERATOR),
    "operations:team_list": Door(OPERATOR),
    "operations:team": Door(OPERATOR, kwargs=team),
    "operations:dissolve_team": Door(OPERATOR, kwargs=team),
    "operations:change_member": Door(
        OPERATOR,
        kwargs=lambda cast: {
            **team(cast),
            "member_pk": cast.team.members.get(user=cast.volunteer).pk,
            "deed": "thanh-vien",
        },
        method="post",
    ),
    "operations:offices": Door(OPERATOR),
    "operations:relieve_officer": Door(OPERATOR, kwargs=office, method="post"),
    "operations:households": Door(OPERATOR),
    "operations:household": Door(OPERATOR, kwargs=household),
    "operations:reveal_household_phone": Door(OPERATOR, kwargs=household, method="post"),
    "operations:change_account": Door(
        OPERATOR, kwargs=lambda cast: {**household(cast), "deed": "rut-dong-y"}, method="post"
    ),
    "operations:move_household": Door(OPERATOR, kwargs=household),
    "operations:end_mandate": Door(
        OPERATOR, kwargs=lambda cast: {**household(cast), "pk": cast.mandate.pk}, method="post"
    ),
    **{
        f"operations:{name}": Door(
            OPERATOR,
            kwargs=lambda cast: {**household(cast), "kind": "uy-quyen", "pk": cast.mandate.pk},
            prepare=paper,
            method="post",
        )
        for name in ("paper", "paper_as_sent")
    },
    "operations:vouch_for_phone": Door(OPERATOR, kwargs=household, method="post"),
    "operations:phones_in_doubt": Door(OPERATOR),
    "operations:papers": Door(OPERATOR),
    "operations:papers_of_kind": Door(OPERATOR, kwargs=lambda cast: {"kind": "uy-quyen"}),
    "operations:paper_picture": Door(OPERATOR, kwargs=paper_address, prepare=waiting_paper),
    "operations:paper_confirm": Door(OPERATOR, kwargs=paper_address, prepare=waiting_paper, method="post"),
    "operations:paper_refuse": Door(OPERATOR, kwargs=paper_address, prepare=waiting_paper, method="post"),
    "operations:problems": Door(OPERATOR),
    "operations:problem": Door(OPERATOR, kwargs=problem),
    "operations:data_requests": Door(OPERATOR),
    "operations:data_request": Door(OPERATOR, kwargs=data_request),
    "operations:orders": Door(OPERATOR),
    "operations:order": Door(OPERATOR, kwargs=order),
    "operations:reveal_buyer": Door(OPERATOR, kwargs=order, method="post"),
    "operations:tariffs": Door(OPERATOR),
}

SENT = {
    **dict.fromkeys(
        ("tim", "loai", "level", "groups", "reason", "source", "sure", "refuse", "dismiss", "version"), WORDS
    ),
    **dict.fromkeys(("phone", "commune", "province", "*"), everybodys("an operator works with everybody everywhere")),
}
