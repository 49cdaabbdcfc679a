"""What can be done with a listing; each verb is one transaction with one audit row."""

from catalog.listing.services.checking import publish_listing, send_back_listing, submit_for_check
from catalog.listing.services.drafting import delete_draft, draft_listing, edit_listing, restore_draft
from catalog.listing.services.importing import draft_from_list
from catalog.listing.services.off_sale import (
    end_changes_of_closed_account,
    put_back_listing,
    take_down_listing,
    take_off_without_photo,
    withdraw_listing,
)
from catalog.listing.services.offer import set_offer
from catalog.listing.services.refusals import ListingIncomplete, WrongStatus
from catalog.listing.services.revisions import (
    open_revision_of,
    propose_revision,
    publish_revision,
    send_back_revision,
    take_back_revision,
)
from catalog.offer.services import AdjustedBefore, OfferChange, StockBelowReserved, StockChange

__all__ = [
    "AdjustedBefore",
    "ListingIncomplete",
    "OfferChange",
    "StockBelowReserved",
    "StockChange",
    "WrongStatus",
    "delete_draft",
    "draft_from_list",
    "draft_listing",
    "edit_listing",
    "end_changes_of_closed_account",
    "open_revision_of",
    "propose_revision",
    "publish_listing",
    "publish_revision",
    "put_back_listing",
    "restore_draft",
    "send_back_listing",
    "send_back_revision",
    "set_offer",
    "submit_for_check",
    "take_back_revision",
    "take_down_listing",
    "take_off_without_photo",
    "withdraw_listing",
]
