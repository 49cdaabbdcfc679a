"""A bundle of acts, each held once: its row and what it did are one transaction, and its key is the row's (ADR 40)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext as _

from catalog.photos.reading import DecoderBusy
from catalog.photos.services import TooManyPhotos
from core.errors import DomainError
from core.private_files import FileNotKept
from core.transactions import in_transaction
from onboarding.field.models import FieldAct, FieldDevice
from onboarding.field.schemas import MAX_CLOCK_AHEAD, ActAnswer, BothValues, PhoneAct, UnreadableAct
from onboarding.field.services.doing import do_act, prepare_photo
from onboarding.field.services.outcomes import ActWaits, Conflict, Outcome

Status = FieldAct.Status
#: Refusals that pass by themselves: the act is kept on the phone and sent again.
PASSING = (ActWaits, DecoderBusy, TooManyPhotos, FileNotKept)


class ImpossibleTime(DomainError):
    code = "impossible_time"


@dataclass(frozen=True, slots=True)
class Arrival:
    """From which phone, when, and how far its clock was from ours."""

    device: FieldDevice
    now: datetime
    clock_error: timedelta

    def happened(self, act: PhoneAct) -> datetime:
        """When it happened by our clock, never after its arrival. Raises ImpossibleTime."""
        at = act.happened_at - self.clock_error
        if at > self.now + MAX_CLOCK_AHEAD or at < self.device.enrolled_at - MAX_CLOCK_AHEAD:
            raise ImpossibleTime(
                _("The phone wrote a day that cannot be right (%(date)s). Set its date and time, then send this again.")
                % {"date": f"{act.happened_at:%-d/%-m/%Y}"}
            )
        return min(at, self.now)


def take_bundle(
    *, acts: Sequence[PhoneAct | UnreadableAct], device: FieldDevice, sent_at: datetime, now: datetime
) -> list[ActAnswer]:
    """Each act answered by itself, in the order in which they were sent.

    What waits for another act of the bundle is tried again once that is done, whatever the order.
    """
    arrival = Arrival(device, now, sent_at - now)
    answers: dict[int, ActAnswer] = {}
    left = list(enumerate(acts))
    while left:
        for place, act in left:
            answers[place] = _unreadable(act) if isinstance(act, UnreadableAct) else _take(act, arrival)
        waiting = [(place, act) for place, act in left if answers[place].status == "waits"]
        if len(waiting) == len(left):
            break
        left = waiting
    return [answers[place] for place in sorted(answers)]


def _unreadable(act: UnreadableAct) -> ActAnswer:
    message = _("The app sent something that we cannot read (%(field)s). Update the app; what you wrote is kept.")
    shown = message % {"field": act.at_field}
    return ActAnswer(key=act.key, status="refused", code="unreadable", message=shown, field=act.at_field)


def _take(act: PhoneAct, arrival: Arrival) -> ActAnswer:
    try:
        photo = prepare_photo(act, arrival.device.user, arrival.now) if not _held(act) else None
        return _take_once(act, arrival, photo)
    except IntegrityError:  # another tab sent the same act at this moment, and its transaction was first
        if held := _held(act):
            return _answer_of(held, act, arrival, known=True)
        raise
    except PASSING as refusal:
        return _waits(act, refusal)


def _waits(act: PhoneAct, refusal: DomainError) -> ActAnswer:
    return ActAnswer(key=str(act.key), status="waits", code=refusal.code, message=str(refusal))


def _held(act: PhoneAct) -> FieldAct | None:
    return FieldAct.objects.filter(pk=act.key).first()


@in_transaction
def _take_once(act: PhoneAct, arrival: Arrival, photo: Any) -> ActAnswer:
    """The act's answer: the one that is held, or that of doing it now. Raises what passes by itself."""
    if held := _held(act):
        return _answer_of(held, act, arrival, known=True)
    missing = set(act.after) - set(FieldAct.objects.filter(pk__in=act.after).values_list("pk", flat=True))
    if missing:
        raise ActWaits(_("It waits for what you did before it."))
    row = FieldAct(
        key=act.key,
        device=arrival.device,
        kind=act.kind,  # type: ignore[attr-defined]  # each act of the union has one
        digest=digest_of(act),
        based_on=act.based_on,
        phone_time=act.happened_at,
        happened_at=arrival.now,
        learned_at=arrival.now,
    )
    try:
        row.happened_at = arrival.happened(act)
        outcome = _in_savepoint(act, arrival, photo)
    except PASSING:
        raise
    except DomainError as refusal:
        row.status, row.code, row.message = Status.REFUSED, refusal.code, str(refusal)
        row.at_field = refusal.field or ""
    else:
        _write_outcome(row, outcome)
    row.save(force_insert=True)
    return _answer_of(row, act, arrival, known=False)


@in_transaction
def _in_savepoint(act: PhoneAct, arrival: Arrival, photo: Any) -> Outcome:
    """What a refused act had begun is undone, and its refusal stays to be written."""
    return do_act(act, arrival.device.user, photo, arrival.now)


def _write_outcome(row: FieldAct, outcome: Outcome) -> None:
    row.status = Status.CONFLICT if outcome.conflicts else Status.DONE
    row.household_code, row.result = outcome.household_code, outcome.result
    row.conflicts = [[conflict.field, conflict.yours, conflict.theirs] for conflict in outcome.conflicts]
    if outcome.conflicts:
        row.code = "conflict"
        row.message = _("Somebody else changed the same meanwhile. Compare both, then choose.")


def digest_of(act: PhoneAct) -> str:
    """Of all that the phone said, so that the same key with other content shows."""
    said = act.model_dump(mode="json", exclude={"happened_at"})
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _answer_of(row: FieldAct, act: PhoneAct, arrival: Arrival, *, known: bool) -> ActAnswer:
    """What the row says; nothing of it to another person, or where the same key comes with other words."""
    if known and (row.device.user_id != arrival.device.user_id or row.digest != digest_of(act)):
        message = _("This key stands for something else already. Write it once more.")
        return ActAnswer(key=str(act.key), status="refused", code="key_taken", message=message)
    status: Any = "known" if known and row.status == Status.DONE else row.status
    return ActAnswer(
        key=str(row.key),
        status=status,
        code=row.code,
        message=row.message,
        field=row.at_field,
        values=[_both(Conflict(*values)) for values in row.conflicts],
        result=row.result,
    )


def _both(conflict: Conflict) -> BothValues:
    return BothValues(field=conflict.field, yours=conflict.yours, theirs=conflict.theirs)
