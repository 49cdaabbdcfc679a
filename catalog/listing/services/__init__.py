"""What can be done with a listing; each verb is one transaction with one audit row."""

from catalog.listing.services.checking import (
    ListingIncomplete,
    WrongStatus,
    publish_listing,
    send_back_listing,
    submit_for_check,
    take_down_listing,
    withdraw_listing,
)
from catalog.listing.services.drafting import draft_listing, edit_listing
from catalog.listing.services.importing import draft_from_list
from catalog.listing.services.offer import set_offer
from catalog.offer.services import AdjustedBefore, OfferChange, StockBelowReserved, StockChange

__all__ = [
    "AdjustedBefore",
    "ListingIncomplete",
    "OfferChange",
    "StockBelowReserved",
    "StockChange",
    "WrongStatus",
    "draft_from_list",
    "draft_listing",
    "edit_listing",
    "publish_listing",
    "send_back_listing",
    "set_offer",
    "submit_for_check",
    "take_down_listing",
    "withdraw_listing",
]
