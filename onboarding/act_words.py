"""Every act in plain words, for the household that it concerns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from catalog.properties import said_changes
from core.models import AuditEntry
from households.models import DigitalTeam
from onboarding.act_subjects import subjects_of

WORDS = {
    "open_account": _("opened the account"),
    "change_name": _("changed the name"),
    "open_staff_account": _("opened the staff account"),
    "make_staff": _("made this person staff"),
    "set_staff_groups": _("changed the rights"),
    "renew_password": _("gave a new password"),
    "forget_second_factor": _("forgot the authenticator app"),
    "suspend_account": _("suspended the account"),
    "restore_account": _("restored the account"),
    "sign_in": _("signed in"),
    "enrol_field_device": _("set up the field app on a phone"),
    "lock_field_device": _("locked a phone with the field app"),
    "unlock_field_device": _("unlocked a phone with the field app"),
    "fail_sign_in": _("failed to sign in"),
    "confirm_identity": _("gave password or app code again"),
    "read_records": _("read the records behind a figure"),
    "find_by_phone": _("found the household by its whole phone number"),
    "read_buyer": _("looked at the buyer's number and address"),
    "set_portrait": _("put a picture of the household on the storefront"),
    "remove_portrait": _("took a picture of the household off the storefront"),
    "register_household": _("wrote the household down"),
    "open_household_account": _("opened the household's account"),
    "close_household_account": _("closed the household's account"),
    "reopen_household_account": _("opened the household's account again"),
    "move_household": _("noted that the household moved"),
    "vouch_for_phone": _("confirmed that the phone number is the household's"),
    "confirm_phone": _("confirmed the household's phone number with a code"),
    "correct_contact": _("corrected the name, phone or village"),
    "read_paper": _("looked at a paper that the household signed"),
    "read_phone": _("looked at the phone number"),
    "add_member": _("added a member"),
    "remove_member": _("noted that a member left"),
    "change_head": _("changed the head of the household"),
    "edit_household": _("edited the storefront"),
    "open_storefront": _("opened the storefront"),
    "close_storefront": _("closed the storefront"),
    "give_mandate": _("recorded a mandate"),
    "withdraw_mandate": _("withdrew a mandate"),
    "confirm_paper": _("checked a signed paper: it holds from then on"),
    "refuse_paper": _("refused a signed paper"),
    "copy_data": _("took a copy of everything that is held"),
    "ask_for_correction": _("asked that data be put right"),
    "ask_for_erasure": _("asked that data be erased"),
    "fulfil_data_request": _("fulfilled a request about data"),
    "refuse_data_request": _("refused a request about data"),
    "give_consent": _("recorded the consent"),
    "withdraw_consent": _("withdrew the consent"),
    "open_case": _("began to help the household on line"),
    "case_finished": _("finished helping the household on line"),
    "case_given_up": _("stopped helping the household on line"),
    "onboarding_step_done": _("finished a step"),
    "onboarding_step_skipped": _("skipped a step"),
    "onboarding_step_blocked": _("put a step off"),
    "draft_listing": _("wrote a listing"),
    "import_listing": _("wrote a listing out of a list"),
    "edit_listing": _("changed a listing"),
    "delete_draft": _("deleted a draft"),
    "restore_draft": _("restored a deleted draft"),
    "propose_revision": _("proposed a change of a listing on sale"),
    "publish_revision": _("published a change of a listing"),
    "send_back_revision": _("sent a change of a listing back to be mended"),
    "take_back_revision": _("took a change of a listing back"),
    "set_price": _("changed a price"),
    "set_stock": _("changed the stock"),
    "set_offer": _("changed price and stock"),
    "submit_listing": _("sent a listing to be checked"),
    "publish_listing": _("put a listing on sale"),
    "send_back_listing": _("sent a listing back to be mended"),
    "withdraw_listing": _("took a listing off sale"),
    "take_down_listing": _("took a listing down"),
    "put_back_listing": _("put a listing back as it was"),
    "take_off_without_photo": _("took a listing off sale because none of its photos can be shown"),
    "record_ocop_certificate": _("recorded an OCOP certificate"),
    "confirm_ocop_certificate": _("confirmed an OCOP certificate"),
    "refuse_ocop_certificate": _("refused an OCOP certificate"),
    "record_quality_certificate": _("recorded a quality certificate"),
    "confirm_quality_certificate": _("confirmed a quality certificate"),
    "found_team": _("founded the team"),
    "dissolve_team": _("dissolved the team"),
    "add_team_member": _("took this person into the team"),
    "change_team_role": _("changed this person's role in the team"),
    "end_team_membership": _("ended this person's service in the team"),
    "appoint_officer": _("appointed this person an officer"),
    "relieve_officer": _("relieved this person of the office"),
    "receive_card_payment": _("noted that the buyer's card payment arrived"),
    "return_card_payment": _("returned money to the buyer's card"),
    "change_payment_method": _("changed how the order is paid"),
    "give_up_payment": _("gave up waiting for the payment"),
    "refuse_quality_certificate": _("refused a quality certificate"),
    "household_order_unpaid": _("an order came in, not yet paid"),
    "household_order_new": _("an order came in"),
    "household_order_accepted": _("accepted an order"),
    "household_order_declined": _("declined an order"),
    "household_order_cancelled": _("cancelled an order"),
    "household_order_sent": _("sent a parcel off"),
    "household_order_delivered": _("noted that a parcel arrived"),
    "take_back_step": _("took back a step of an order"),
    "household_order_unanswered": _("an order ended without an answer"),
    "household_order_not_paid": _("an order ended without payment"),
    "report_problem": _("a buyer reported a problem with an order"),
    "settle_problem": _("settled a buyer's report about an order"),
    "household_order_returned": _("noted that a parcel came back"),
    "write_review": _("a buyer reviewed a listing"),
    "edit_review": _("a buyer changed a review"),
    "answer_review": _("answered a review"),
    "hide_review": _("hid a review"),
    "show_review": _("showed a hidden review again"),
    "ask_question": _("a buyer asked about a listing"),
    "answer_question": _("answered a question"),
    "hide_question": _("hid a question"),
    "show_question": _("showed a hidden question again"),
    "flag_listing": _("reported a listing to the operators"),
    "close_flag": _("decided about a report of a listing"),
}
FIELDS = {
    "name": _("name"),
    "story": _("story"),
    "head": _("head of the household"),
    "head_name": _("head of the household"),
    "phone": _("phone number"),
    "village_name": _("village"),
    "place": _("place"),
    "member": _("member"),
    "reason": _("reason"),
    "note": _("note"),
    "stars": _("stars"),
    "text": _("text"),
    "answer": _("answer"),
}
MAX_LENGTH = 80


@dataclass(frozen=True, slots=True)
class ShownAct:
    """One line of the list: when, who, what, and what changed."""

    entry: AuditEntry
    who: str
    words: Any
    subject: str
    details: list[tuple[Any, str, str]]
    by_team: bool


def shown_acts(entries: Iterable[AuditEntry]) -> list[ShownAct]:
    """The entries in words; the names of teams and subjects are read for all at once."""
    entries = list(entries)
    subjects = subjects_of(entries)
    teams = DigitalTeam.objects.in_bulk({entry.team_id for entry in entries if entry.team_id})
    return [
        _shown(entry, teams.get(entry.team_id or 0), subjects.get((entry.subject_type, entry.subject_id), ""))
        for entry in entries
    ]


def _shown(entry: AuditEntry, team: DigitalTeam | None, subject: str) -> ShownAct:
    who = entry.actor.get_full_name() if entry.actor else ""
    return ShownAct(
        entry=entry,
        who=f"{who}, {team.name}" if team and who else who or (team.name if team else ""),
        words=WORDS.get(entry.action, _("changed something else")),
        subject=subject,
        details=list(_details(entry.changes)),
        by_team=team is not None,
    )


def _details(changes: dict[str, Any]) -> Iterable[tuple[Any, str, str]]:
    for name, label in FIELDS.items():
        pair = changes.get(name)
        if isinstance(pair, list) and len(pair) == 2 and pair[1] not in ("", None):
            yield label, _short(pair[0]), _short(pair[1])
    for noun, before, after in said_changes(changes):
        yield noun, _short(before), _short(after)


def _short(value: Any) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= MAX_LENGTH else f"{text[: MAX_LENGTH - 1]}…"
