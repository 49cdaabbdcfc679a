"""Every act that code can record for a household has words for the household."""

from __future__ import annotations

import ast
from pathlib import Path

from django.conf import settings

from catalog.models import OcopCertificate, QualityCertificate
from onboarding.act_words import WORDS
from onboarding.models import OnboardingCase, StepRecord
from shop.order.models import HouseholdOrderState

ROOMS = ("households", "onboarding", "catalog", "shop")
# Acts of other people, which concern no single household.
NOT_THE_HOUSEHOLD_S = {"load_tariff", "place_order"}


def literal_actions() -> set[str]:
    """The ``action="…"`` and the literal first words of every call to a function called ``record…`` or ``told``."""
    found: set[str] = set()
    for room in ROOMS:
        for path in Path(settings.ROOT, room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    found |= _action_of(node)
    return found


def _action_of(call: ast.Call) -> set[str]:
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    if not name.lstrip("_").startswith(("record", "told")):
        return set()
    given = [*call.args[:3], *(word.value for word in call.keywords if word.arg == "action")]
    return {part.value for part in given if isinstance(part, ast.Constant) and isinstance(part.value, str)}


def test_every_literal_act_has_words():
    actions = literal_actions()
    assert {"register_household", "give_mandate", "draft_listing", "edit_household"} <= actions
    assert not actions - WORDS.keys() - NOT_THE_HOUSEHOLD_S


def test_every_state_that_makes_an_act_has_words():
    outcomes = set(OnboardingCase.Outcome) - {OnboardingCase.Outcome.OPEN}
    acts = {f"household_order_{state}" for state in HouseholdOrderState}
    acts |= {f"onboarding_step_{state}" for state in StepRecord.State} | {f"case_{end}" for end in outcomes}
    assert not acts - WORDS.keys()


def test_every_act_on_a_certificate_has_words():
    kinds = (OcopCertificate.act_name, QualityCertificate.act_name)
    acts = {f"{verb}_{name}" for verb in ("record", "confirm", "refuse") for name in kinds}
    assert acts <= WORDS.keys()
