"""Whom the two workspaces are for."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.models import User
from households.models import Household, Mandate, TeamMember
from onboarding.field.models import FieldDevice
from onboarding.links import refusal_link
from onboarding.models import OnboardingCase
from tests.doors import HOUSEHOLD, LEADER, LINK, PUBLIC, SIGNED_IN, TEAM, Audience, Door
from tests.factories.onboarding import CaseFactory, ConsentFactory
from tests.sent import WORDS, Sent, everybodys


def _case(cast) -> None:
    CaseFactory(household=cast.household, team=cast.team, opened_by=cast.volunteer)


def _consent(cast) -> None:
    ConsentFactory(household=cast.household)


def _paper(cast) -> None:
    cast.mandate.evidence.save("paper.jpg", ContentFile(b"jpeg"))
    cast.mandate.evidence_as_sent.save("paper.heic", ContentFile(b"heic"))


def waiting_paper(cast) -> None:
    """The cast's mandate, as a paper that the volunteer photographed and that waits."""
    _paper(cast)
    until = timezone.now() + timedelta(hours=1)
    Mandate.objects.filter(pk=cast.mandate.pk).update(given_how="paper", holds_from=until, recorded_by=cast.volunteer)


def paper_address(cast) -> dict:
    return {"kind": "uy-quyen", "pk": cast.mandate.pk}


def _refusal_link(cast) -> dict:
    signature = refusal_link("uy-quyen", cast.mandate.pk, timezone.now() + timedelta(hours=1)).strip("/").split("/")[-1]
    return {**paper_address(cast), "signature": signature}


def _pk(cast) -> dict:
    return {"pk": OnboardingCase.objects.get(household=cast.household).pk}


def _code(cast) -> dict:
    return {"code": cast.household.code}


CASE_PAGES = (
    "case",
    "case_paper_form",
    "identity",
    "consent",
    "consent_code",
    "consent_paper",
    "mandate",
    "mandate_code",
    "mandate_paper",
    "storefront",
    "first_listing",
    "give_up",
)
OWN_PAGES = (
    "household",
    "household_seen",
    "household_members",
    "mandate_give",
    "household_edit",
    "household_mandates",
    "household_acts",
    "household_card",
    "household_move",
    "account_close",
    "own_data",
    "consent_give",
)

FIELD_PHONE = Audience("an enrolled phone with the field app", ())
_ITS_TOKEN = "a phone shows its token or its PIN; tests/onboarding/field tries each"


def _device(cast) -> dict:
    return {"key": UUID(int=cast.mandate.pk)}


def _phone_of_a_member(cast) -> None:
    """Of somebody who is tried nowhere: whoever holds a phone may lock it too."""
    now = timezone.now()
    holder = User.objects.create_user(f"+8491300{cast.mandate.pk:04}", full_name="Hà Văn Sơn")
    TeamMember.objects.create(
        team=cast.team, user=holder, role=TeamMember.Role.MEMBER, joined_at=now - timedelta(days=9)
    )
    FieldDevice.objects.create(
        user=holder,
        token_digest=str(cast.mandate.pk),
        enrolled_at=now,
        expires_at=now,
        seen_at=now,
        **_device(cast),
    )


DOORS = {
    "field:app": Door(PUBLIC),
    "field:manifest": Door(PUBLIC),
    "field:worker": Door(PUBLIC),
    "field:devices": Door(SIGNED_IN),
    "field:lock": Door(LEADER, _device, _phone_of_a_member, method="post"),
    "field:unlock": Door(LEADER, _device, _phone_of_a_member, method="post"),
    "field_api:openapi-json": Door(PUBLIC),
    "field_api:api-root": Door(FIELD_PHONE, untried=_ITS_TOKEN),
    "field_api:bundles": Door(FIELD_PHONE, method="post", untried=_ITS_TOKEN),
    "field_api:territory": Door(FIELD_PHONE, untried=_ITS_TOKEN),
    "field_api:open": Door(FIELD_PHONE, _device, method="post", untried=_ITS_TOKEN),
    "field_api:enrol": Door(TEAM, method="post", untried="it takes JSON; tests/onboarding/field/test_devices.py"),
    "field_api:renew": Door(FIELD_PHONE, _device, method="post", untried=_ITS_TOKEN),
    "field:uploads": Door(FIELD_PHONE, method="post", untried=_ITS_TOKEN),
    "field:upload": Door(FIELD_PHONE, _device, method="post", untried=_ITS_TOKEN),
    "onboarding:team_home": Door(TEAM),
    "onboarding:team_households": Door(TEAM),
    "onboarding:paper_form": Door(TEAM),
    "onboarding:case_new": Door(TEAM),
    "onboarding:team_members": Door(LEADER),
    "onboarding:team_household": Door(TEAM, _code),
    "onboarding:show_phone": Door(TEAM, _code, method="post"),
    "onboarding:case_again": Door(TEAM, _code, method="post"),
    **{f"onboarding:{name}": Door(TEAM, _pk, _case) for name in CASE_PAGES},
    "onboarding:leave_out": Door(TEAM, lambda cast: {**_pk(cast), "step": "mandate"}, _case),
    "onboarding:papers_to_check": Door(LEADER),
    "onboarding:paper_picture": Door(LEADER, paper_address, waiting_paper),
    "onboarding:paper_confirm": Door(LEADER, paper_address, waiting_paper, method="post"),
    "onboarding:paper_refuse_checked": Door(LEADER, paper_address, waiting_paper, method="post"),
    "onboarding:paper_refuse": Door(LINK, _refusal_link, waiting_paper),
    **{
        f"onboarding:{name}": Door(
            HOUSEHOLD, lambda cast: {**_code(cast), **paper_address(cast)}, waiting_paper, method="post"
        )
        for name in ("own_paper_confirm", "own_paper_refuse")
    },
    "onboarding:household_home": Door(HOUSEHOLD),
    "onboarding:claim": Door(HOUSEHOLD, method="post", untried="only a household that waits for its phone's holder"),
    **{f"onboarding:{name}": Door(HOUSEHOLD, _code) for name in OWN_PAGES},
    "onboarding:register": Door(SIGNED_IN),
    "onboarding:member_remove": Door(
        HOUSEHOLD, lambda cast: {**_code(cast), "pk": cast.household.head_id}, method="post"
    ),
    "onboarding:household_switch": Door(HOUSEHOLD, _code, method="post"),
    "onboarding:own_data_copy": Door(HOUSEHOLD, _code, method="post"),
    "onboarding:own_data_erase": Door(HOUSEHOLD, _code, method="post"),
    "onboarding:account_reopen": Door(HOUSEHOLD, _code, method="post"),
    "onboarding:mandate_withdraw": Door(HOUSEHOLD, lambda cast: {**_code(cast), "pk": cast.mandate.pk}, method="post"),
    "onboarding:mandate_again": Door(HOUSEHOLD, lambda cast: {**_code(cast), "pk": cast.mandate.pk}, method="post"),
    "onboarding:consent_withdraw": Door(HOUSEHOLD, _code, _consent, method="post"),
    "onboarding:household_paper": Door(
        HOUSEHOLD, lambda cast: {**_code(cast), "kind": "uy-quyen", "pk": cast.mandate.pk}, _paper
    ),
    "onboarding:household_paper_as_sent": Door(
        HOUSEHOLD, lambda cast: {**_code(cast), "kind": "uy-quyen", "pk": cast.mandate.pk}, _paper
    ),
}


def typed_at_the_door(cast) -> dict:
    return {
        "key": "0198f3a0-0000-7000-8000-00000000000b",
        "phone": "0978 123 456",
        "head_name": "Ma Thị Thu",
        "village_name": "Xóm Hồng Thái",
    }


def typed_as_identity(cast) -> dict:
    return {"version": "1", "head_name": "Hoa", "village_name": "Xóm Hồng Thái", "known_by": "neighbour"}


def without(name: str, typed):
    return lambda cast: {key: value for key, value in typed(cast).items() if key != name}


def key_of_registration(cast) -> str:
    """The key with which the cast's household was registered, as its device made it."""
    Household.objects.filter(pk=cast.household.pk).update(key="0198f3a0-0000-7000-8000-00000000000c")
    return "0198f3a0-0000-7000-8000-00000000000c"


SENT = {
    **dict.fromkeys(("head_name", "village_name", "skip", "code", "sure", "want", "reason"), WORDS),
    **dict.fromkeys(("viec", "thon", "step"), WORDS),
    **dict.fromkeys(("full_name", "storefront_name"), WORDS),
    "commune": everybodys("communes are public"),
    "team": everybodys("a team of the household's own place, which the form offers; any other is refused"),
    "version": everybodys("the number of a version of what the address names"),
    "text": everybodys("the text of the consent is public; any other than today's is refused"),
    "to": Sent(
        "a team of the person's",
        of=lambda cast: cast.team.pk,
        routes=(
            "onboarding:team_home",
            "onboarding:team_households",
            "onboarding:paper_form",
            "onboarding:team_members",
            "onboarding:papers_to_check",
            "onboarding:case_new",
        ),
        typed=typed_at_the_door,
    ),
    "key": Sent(
        "the form at the door, sent before",
        of=key_of_registration,
        routes=("onboarding:case_new",),
        typed=without("key", typed_at_the_door),
    ),
    "phone": Sent(
        "a household by its phone",
        of=lambda cast: cast.household.phone,
        routes=("onboarding:case_new", "onboarding:identity"),
        typed=without("phone", lambda cast: typed_at_the_door(cast) | typed_as_identity(cast)),
    ),
}
