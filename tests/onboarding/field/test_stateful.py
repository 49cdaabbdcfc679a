"""Messages lost, repeated, reordered and mixed between two phones and the server: it holds what a model holds.

Hypothesis writes acts on two phones and delivers them in any bundles. The model is a dictionary that knows the rules of
ADR 40 and nothing of the code. ``AS_FOUND=1`` tries thousands of stories.
"""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from pydantic import TypeAdapter

from catalog.models import Product
from core.keys import new_key
from core.periods import VIETNAM
from households.models import Household
from onboarding.field.models import FieldAct
from onboarding.field.schemas import AnyAct
from onboarding.field.services import enrol_device, take_bundle
from onboarding.services import load_consent_texts
from tests.cast import assemble
from tests.conftest import CLOCK
from tests.factories.catalog import category
from tests.onboarding.field.phone import PROOF
from tests.sizes import how_many

READ: Any = TypeAdapter(AnyAct)
PHONES = (0, 1)
TITLES = ("Chè búp", "Chè xanh", "Chè móc câu")
NOW = CLOCK.astimezone(VIETNAM)


class Model:
    """What a server would hold that obeys the rules: households by number, listings by key, an answer for each act."""

    def __init__(self) -> None:
        self.phones: dict[str, str] = {}
        self.listings: dict[str, dict[str, Any]] = {}
        self.answers: dict[str, str] = {}

    def take(self, acts: list[dict[str, Any]]) -> list[str]:
        given = ["waits"] * len(acts)
        while True:
            waiting = [place for place, status in enumerate(given) if status == "waits"]
            for place in waiting:
                given[place] = self._take_one(acts[place])
            if [place for place, status in enumerate(given) if status == "waits"] == waiting or not waiting:
                return given

    def _take_one(self, act: dict[str, Any]) -> str:
        if held := self.answers.get(act["key"]):
            return "known" if held == "done" else held
        if any(before not in self.answers for before in act.get("after", ())):
            return "waits"
        answer = getattr(self, f"_{act['kind']}")(act)
        if answer != "waits":
            self.answers[act["key"]] = answer
        return str(answer)

    def _open_case(self, act: dict[str, Any]) -> str:
        if act["phone"] in self.phones.values():
            return "done" if self.phones.get(act["household"]) == act["phone"] else "refused"
        if act["household"] in self.phones:
            return "refused"
        self.phones[act["household"]] = act["phone"]
        return "done"

    def _draft_listing(self, act: dict[str, Any]) -> str:
        if act["household"] != "HN-0001-A":
            return "refused" if act["household"] in self.phones else "waits"
        said = {"title": act["fields"]["title"], "price": act["price"], "stock": act["stock"]}
        self.listings[act["listing"]] = said
        return "done"

    def _edit_listing(self, act: dict[str, Any]) -> str:
        return self._merge(act, "title", act["fields"]["title"], act["seen"]["title"])

    def _set_price(self, act: dict[str, Any]) -> str:
        return self._merge(act, "price", act["price"], act["seen"])

    def _merge(self, act: dict[str, Any], name: str, wanted: Any, seen: Any) -> str:
        listing = self.listings.get(act["listing"])
        if listing is None:
            return "waits"
        if listing[name] not in (wanted, seen):
            return "conflict"
        listing[name] = wanted
        return "done"

    def _adjust_stock(self, act: dict[str, Any]) -> str:
        listing = self.listings.get(act["listing"])
        if listing is None:
            return "waits"
        if listing["stock"] + act["difference"] < 0:
            return "refused"
        listing["stock"] += act["difference"]
        return "done"


class Field(RuleBasedStateMachine):
    """Two volunteers of one team. ``kept`` are the acts on each phone that have no final answer yet."""

    households = Bundle("households")
    listings = Bundle("listings")

    @initialize(target=listings)
    def begin(self) -> str:
        """A listing is there already, so that more of the story is about writing on it."""
        self.story = transaction.atomic()
        self.story.__enter__()
        self.cast = assemble(NOW)
        self.category = category().pk
        load_consent_texts()
        people = (self.cast.volunteer, self.cast.leader)
        self.devices = [enrol_device(user=user, name="Máy", proof=PROOF, session_key="", now=NOW)[0] for user in people]
        self.model = Model()
        self.kept: list[list[dict[str, Any]]] = [[], []]
        self.written: list[list[dict[str, Any]]] = [[], []]
        key = self.draft(0, self.cast.household.code)
        self.send(0, self.kept[0])
        self.kept[0] = []
        return key

    def teardown(self) -> None:
        if hasattr(self, "story"):
            transaction.set_rollback(True)
            self.story.__exit__(None, None, None)

    def write(self, by: int, kind: str, **said: Any) -> dict[str, Any]:
        act = {"key": str(new_key(NOW)), "kind": kind, "happened_at": NOW.isoformat(), **said}
        self.kept[by].append(act)
        self.written[by].append(act)
        return act

    @rule(target=households, phone=st.sampled_from(PHONES), number=st.integers(0, 3))
    def open_a_household(self, phone: int, number: int) -> str:
        act = self.write(
            phone,
            "open_case",
            household=str(new_key(NOW)),
            team=self.cast.team.pk,
            phone=f"+8497812345{number}",
            head_name=f"Chủ hộ {number}",
            village_name="Xóm Hồng Thái",
        )
        return str(act["household"])

    @rule(phone=st.sampled_from(PHONES), household=households)
    def draft_without_a_mandate(self, phone: int, household: str) -> None:
        self.draft(phone, household)

    @rule(target=listings, phone=st.sampled_from(PHONES))
    def draft_for_the_cast(self, phone: int) -> str:
        return self.draft(phone, self.cast.household.code)

    def draft(self, phone: int, household: str) -> str:
        fields = {"title": TITLES[0], "category_id": self.category}
        key = str(new_key(NOW))
        self.write(phone, "draft_listing", household=household, listing=key, price=9000, stock=5, fields=fields)
        return key

    @rule(phone=st.sampled_from(PHONES), key=listings, title=st.sampled_from(TITLES), seen=st.sampled_from(TITLES))
    def write_a_title(self, phone: int, key: str, title: str, seen: str) -> None:
        self.write(phone, "edit_listing", listing=key, fields={"title": title}, seen={"title": seen})

    @rule(phone=st.sampled_from(PHONES), key=listings, price=st.integers(1, 3), seen=st.integers(1, 9))
    def write_a_price(self, phone: int, key: str, price: int, seen: int) -> None:
        self.write(phone, "set_price", listing=key, price=price * 1000, seen=seen * 1000)

    @rule(phone=st.sampled_from(PHONES), key=listings, difference=st.integers(-4, 4).filter(bool))
    def count_the_stock(self, phone: int, key: str, difference: int) -> None:
        after = [act["key"] for act in self.kept[phone][-1:]]
        self.write(phone, "adjust_stock", listing=key, difference=difference, after=after)

    @rule(
        phone=st.sampled_from(PHONES),
        seed=st.integers(0, 10**6),
        is_lost=st.booleans(),
        hours_off=st.integers(-24, 24),
    )
    def deliver(self, phone: int, seed: int, is_lost: bool, hours_off: int) -> None:
        """Some of what the phone keeps, in any order, some of it twice, with what it sent long ago among it."""
        shuffled = random.Random(seed)
        sent = [act for act in self.written[phone] if shuffled.random() < 0.6]
        sent += [act for act in self.kept[phone] if shuffled.random() < 0.3]
        shuffled.shuffle(sent)
        answers = self.send(phone, sent, hours_off)
        if not is_lost:
            settled = {act["key"] for act, answer in zip(sent, answers, strict=True) if answer != "waits"}
            self.kept[phone] = [act for act in self.kept[phone] if act["key"] not in settled]

    def send(self, phone: int, sent: list[dict[str, Any]], hours_off: int = 0) -> list[str]:
        error = timedelta(hours=hours_off)
        acts = [READ.validate_python({**act, "happened_at": (NOW + error).isoformat()}) for act in sent]
        answers = take_bundle(acts=acts, device=self.devices[phone], sent_at=NOW + error, now=NOW)
        statuses = [answer.status for answer in answers]
        assert statuses == self.model.take(sent)
        return statuses

    @invariant()
    def the_server_holds_what_the_model_holds(self) -> None:
        if not hasattr(self, "model"):
            return
        opened = Household.objects.exclude(key=None).values_list("key", "phone")
        assert dict(opened) == self.model.phones
        listings = {
            str(listing.key): {
                "title": listing.title,
                "price": listing.stockrecords.all()[0].dong,
                "stock": listing.stockrecords.all()[0].num_in_stock,
            }
            for listing in Product.objects.prefetch_related("stockrecords")
        }
        assert listings == self.model.listings
        assert {str(key): status for key, status in FieldAct.objects.values_list("key", "status")} == self.model.answers

    @rule()
    def the_signal_is_back(self) -> None:
        """Everything is sent until nothing moves: what still waits, waits for something that nobody wrote."""
        for _round in range(2):
            for phone in PHONES:
                answers = self.send(phone, self.kept[phone])
                kept = zip(self.kept[phone], answers, strict=True)
                self.kept[phone] = [act for act, answer in kept if answer == "waits"]
        assert not [act for phone in PHONES for act in self.kept[phone] if act["kind"] == "open_case"]


@pytest.mark.django_db
def test_nothing_is_lost_and_nothing_held_twice_whatever_the_network_does(django_db_blocker):
    stories = settings(
        max_examples=how_many(small=100, as_found=3000),
        stateful_step_count=12,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    run_state_machine_as_test(Field, settings=stories)
