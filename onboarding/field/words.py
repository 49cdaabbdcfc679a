"""The words of the field app, which has to speak without a network: all of them go with its page, in both languages.

A blank is written {so}: the script fills it in.
"""

from __future__ import annotations

from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from catalog.units import SaleUnit

WORDS: dict[str, Any] = {
    "app_name": _("Field work of the team"),
    "back": _("Back"),
    "save": _("Save"),
    "choose": _("Choose …"),
    "may_be_empty": _("May be left empty."),
    "none": _("none"),
    "gone": _("This is no longer yours to see. Load again where there is signal."),
    # The door
    "set_up": _("Set up on this phone"),
    "set_up_lede": _(
        "Write down households, listings and photos where there is no signal; they are sent later, each once."
    ),
    "new_pin": _("A PIN of six digits"),
    "pin_again": _("The PIN once more"),
    "pin_help": _(
        "The PIN opens what this phone keeps. Nobody can tell it to you: after ten wrong ones all is deleted."
    ),
    "pins_differ": _("The two PINs are not the same."),
    "pin_too_easy": _("This PIN is easily guessed. Choose another one."),
    "pin": _("PIN"),
    "open": _("Open"),
    "sign_in": _("Sign in"),
    "sign_in_first": _("Sign in with your phone number, then come back here. What waits on this phone is kept."),
    "no_signal": _("There is no signal. Setting up needs it once."),
    "closed_wait": _("Too many wrong PINs. Wait {seconds} seconds."),
    "closed_wrong": _("This PIN is wrong. {left} tries are left."),
    "closed_wiped": _("After ten wrong PINs everything on this phone was deleted."),
    "closed_needs_signal": _("This phone has been without signal for too long. Open it once where there is signal."),
    "closed_closed": _("Open the app with your PIN."),
    # Sending
    "offline": _("No signal: everything is kept on this phone"),
    "sending": _("Sending …"),
    "sending_photo": _("Sending a photo: {percent}%"),
    "all_sent": _("Everything has arrived"),
    "still_waiting": _("{count} still wait"),
    "send_now": _("Send and load now"),
    "outbox": _("What was written here"),
    "outbox_count": _("{waiting} wait, {refused} to look at"),
    "state_waiting": _("waits to be sent"),
    "state_arrived": _("arrived"),
    "state_refused": _("refused"),
    "state_conflict": _("somebody else changed the same"),
    "mine": _("Take mine"),
    "theirs": _("Leave theirs"),
    "mend": _("Mend"),
    "send_again": _("Send again"),
    "give_up": _("Remove from the list"),
    # Households
    "households": _("Households"),
    "find": _("Find by name, village or code"),
    "new_household": _("New household"),
    "team": _("Team"),
    "phone": _("Phone number of the household"),
    "head_name": _("Full name of the head"),
    "village": _("Village"),
    "storefront_name": _("Name of the storefront"),
    "consent": _("Consent"),
    "consent_holds": _("given"),
    "consent_waits": _("a signed paper waits"),
    "consent_none": _("not yet"),
    "mandate": _("Mandate"),
    "until": _("until {date}"),
    "paper_waits": _("a signed paper waits"),
    "do_identity": _("Who the household is"),
    "do_consent": _("Consent on paper"),
    "do_mandate": _("Mandate on paper"),
    "known_by": _("How you know it is them"),
    "known_by_help": _("For example: saw the papers, neighbours know them. Never photograph an identity card."),
    "read_out": _("Read aloud"),
    "photo_of_paper": _("Photograph the signed paper"),
    "team_may": _("The team may"),
    "scope_storefront": _("fill in the storefront"),
    "scope_listing": _("list products, prices and stock"),
    "scope_orders": _("answer orders"),
    "for_how_long": _("For how long"),
    "days": _("{count} days"),
    "continue_case": _("under way"),
    "no_listing": _("no listing"),
    "no_photo": _("no photo"),
    "bad_photo": _("This is no photo. Choose or take another one."),
    "mend_listing": _("listing to mend"),
    # Listings
    "listings": _("Listings"),
    "new_listing": _("New listing"),
    "title": _("Name of the product"),
    "category": _("Kind"),
    "sale_unit": _("Sold by"),
    "net_weight": _("Grams in one sale unit"),
    "net_weight_help": _("Not needed where it is sold by the kilogram."),
    "description": _("What buyers read about it"),
    "price": _("Price of one sale unit"),
    "price_help": _("For example 120.000 or 120k."),
    "bad_price": _("Write the price in dong, for example 120.000 or 120k."),
    "stock": _("How many there are to sell"),
    "difference": _("More or less than now"),
    "difference_help": _("5 for five more, -2 for two less."),
    "photos": _("Photos"),
    "photos_count": _("{count} photos"),
    "in_stock": _("{count} to sell"),
    "words": _("Name and description"),
    "submit_listing": _("Send to be checked"),
    "status_draft": _("draft"),
    "status_in_check": _("waiting for a check"),
    "status_published": _("on sale"),
    "status_withdrawn": _("withdrawn by the household"),
    "status_taken_down": _("taken down by an operator"),
    # Orders
    "orders": _("Orders to answer"),
    "orders_count": _("{count} orders to answer"),
    "accept": _("Accept"),
    "decline": _("Decline"),
    "reason": _("Reason"),
    # What was written
    "act_open_case": _("New household"),
    "act_record_identity": _("Who the household is"),
    "act_consent_on_paper": _("Consent on paper"),
    "act_mandate_on_paper": _("Mandate on paper"),
    "act_draft_listing": _("New listing"),
    "act_edit_listing": _("Words of a listing"),
    "act_set_price": _("Price"),
    "act_adjust_stock": _("Stock"),
    "act_add_photo": _("Photo"),
    "act_submit_listing": _("Send to be checked"),
    "act_answer_order": _("Answer to an order"),
    "field_title": _("Name of the product"),
    "field_category_id": _("Kind"),
    "field_sale_unit": _("Sold by"),
    "field_net_weight_g": _("Grams in one sale unit"),
    "field_description": _("What buyers read about it"),
    "field_price": _("Price"),
    "field_state": _("Answer to an order"),
    "field_head_name": _("Full name of the head"),
    "field_village_name": _("Village"),
    "field_phone": _("Phone number of the household"),
}
SAID_IN = ("vi", "en")


def words() -> dict[str, dict[str, str]]:
    """All words by language and code."""
    said = {}
    for language in SAID_IN:
        with translation.override(language):
            said[language] = {code: str(word) for code, word in WORDS.items()}
    said["vi"]["other_language"], said["en"]["other_language"] = "English", "Tiếng Việt"
    return said


def units() -> list[tuple[str, dict[str, str]]]:
    """Each sale unit with its name by language."""
    names: dict[str, dict[str, str]] = {unit.value: {} for unit in SaleUnit}
    for language in SAID_IN:
        with translation.override(language):
            for unit in SaleUnit:
                names[unit.value][language] = str(unit.label)
    return list(names.items())
