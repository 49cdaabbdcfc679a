"""What phones send and what they are told: the words of the API, version 1.

A bundle with an act that cannot be read is not refused as a whole: the act becomes an ``UnreadableAct``.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field, ValidationError, WrapValidator

from catalog.listing.data import MAX_PIECES
from core.money import MAX_DONG
from core.text import nfc

APP_VERSION = 1
"""Of the app that the site serves now; the phone says its own with each bundle."""
OLDEST_APP_VERSION = 1
"""The oldest whose acts are still understood."""
MAX_ACTS = 100
"""In one bundle; the app sends 50 at a time."""
MAX_CLOCK_AHEAD = timedelta(days=2)


def _plain(text: str) -> str:
    """Text that the database keeps: no NUL, no half character."""
    if "\x00" in text:
        raise ValueError("holds a NUL")
    return nfc(text).strip()


Line = Annotated[str, Field(max_length=200), AfterValidator(_plain)]
Prose = Annotated[str, Field(max_length=5000), AfterValidator(_plain)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
HouseholdName = Annotated[str, Field(min_length=1, max_length=40), AfterValidator(_plain)]
"""The household's code, or the key that the phone gave to one that it opens itself."""
Count = Annotated[int, Field(ge=0, le=10**9)]


def _require_version_7(key: UUID) -> UUID:
    if key.version != 7:
        raise ValueError("is no UUID of version 7")
    return key


Key = Annotated[UUID, AfterValidator(_require_version_7)]


class PhoneAct(Schema):
    """What every act says. ``after`` are keys of acts that must be settled before; ``based_on`` the version seen."""

    model_config = ConfigDict(extra="forbid")

    key: Key
    happened_at: AwareDatetime
    after: Annotated[list[Key], Field(max_length=20)] = []
    based_on: Count | None = None


class OpenCase(PhoneAct):
    """``household`` is the key that the phone gives to the household; other acts name it by this."""

    kind: Literal["open_case"]
    household: Key
    team: Count
    phone: Line
    head_name: Annotated[str, Field(min_length=1, max_length=120), AfterValidator(_plain)]
    village_name: Annotated[str, Field(min_length=1, max_length=80), AfterValidator(_plain)]
    storefront_name: Annotated[str, Field(max_length=120), AfterValidator(_plain)] = ""


class ContactFields(Schema):
    model_config = ConfigDict(extra="forbid")

    head_name: Annotated[str, Field(min_length=1, max_length=120), AfterValidator(_plain)] | None = None
    phone: Line | None = None
    village_name: Annotated[str, Field(min_length=1, max_length=80), AfterValidator(_plain)] | None = None


class RecordIdentity(PhoneAct):
    """The step "who the household is": what was put right, against what stood there (a phone is seen masked)."""

    kind: Literal["record_identity"]
    household: HouseholdName
    known_by: Annotated[str, Field(min_length=1, max_length=300), AfterValidator(_plain)]
    changes: ContactFields = ContactFields()
    seen: ContactFields = ContactFields()


class ConsentOnPaper(PhoneAct):
    kind: Literal["consent_on_paper"]
    household: HouseholdName
    text: Count
    photo: Sha256


class MandateOnPaper(PhoneAct):
    kind: Literal["mandate_on_paper"]
    household: HouseholdName
    scopes: Annotated[list[Literal["storefront", "listing", "orders"]], Field(max_length=3)]
    days: Annotated[int, Field(ge=1, le=730)]
    photo: Sha256


class ListingFields(Schema):
    """The words of a listing; what is left out stays as it is. Grams, months by their numbers."""

    model_config = ConfigDict(extra="forbid")

    title: Line | None = None
    category_id: Count | None = None
    origin_commune_id: Annotated[str, Field(max_length=5), AfterValidator(_plain)] | None = None
    sale_unit: Literal["kg", "bunch", "box", "bag", "jar", "bottle", "pack", "piece", "chuc", "hand", "tray"] | None = (
        None
    )
    pieces: Annotated[int, Field(ge=1, le=MAX_PIECES)] | None = None
    net_weight_g: Count | None = None
    pack_weight_g: Count | None = None
    harvest_months: Annotated[list[int], Field(max_length=12)] | None = None
    storage: Literal["ambient", "chilled", "frozen"] | None = None
    max_transit_days: Annotated[int, Field(ge=1, le=60)] | None = None
    description: Prose | None = None


class DraftListing(PhoneAct):
    """``listing`` is the key that the phone gives to the listing; ``stock`` counts sale units."""

    kind: Literal["draft_listing"]
    household: HouseholdName
    listing: Key
    price: Annotated[int, Field(ge=0, le=MAX_DONG)]
    stock: Count
    fields: ListingFields


class EditListing(PhoneAct):
    """``seen`` has the value of each field in ``fields`` before the volunteer changed it."""

    kind: Literal["edit_listing"]
    listing: UUID
    fields: ListingFields
    seen: ListingFields


class SetPrice(PhoneAct):
    """Whole dong for one sale unit."""

    kind: Literal["set_price"]
    listing: UUID
    price: Annotated[int, Field(ge=0, le=MAX_DONG)]
    seen: Annotated[int, Field(ge=0, le=MAX_DONG)]


class AdjustStock(PhoneAct):
    """So many sale units more, or less, than there are by then."""

    kind: Literal["adjust_stock"]
    listing: UUID
    difference: Annotated[int, Field(ge=-(10**6), le=10**6)]


class AddPhoto(PhoneAct):
    """The photo of this content, sent to ``/uploads/``, belongs to the listing."""

    kind: Literal["add_photo"]
    listing: UUID
    photo: Sha256


class SubmitListing(PhoneAct):
    """Ask a second person to look."""

    kind: Literal["submit_listing"]
    listing: UUID


class AnswerOrder(PhoneAct):
    """``seen`` is the state in which the order stood."""

    kind: Literal["answer_order"]
    order: Annotated[str, Field(min_length=1, max_length=40), AfterValidator(_plain)]
    accept: bool
    reason: Annotated[str, Field(max_length=500), AfterValidator(_plain)] = ""
    seen: Annotated[str, Field(max_length=20), AfterValidator(_plain)] = "new"


AnyAct = Annotated[
    OpenCase
    | RecordIdentity
    | ConsentOnPaper
    | MandateOnPaper
    | DraftListing
    | EditListing
    | SetPrice
    | AdjustStock
    | AddPhoto
    | SubmitListing
    | AnswerOrder,
    Field(discriminator="kind"),
]


class UnreadableAct:
    """An act that breaks the schema: its key, if it has one, and the first field that is wrong."""

    def __init__(self, key: str, at_field: str) -> None:
        self.key, self.at_field = key, at_field


def _readable(value: Any, read: Any) -> Any:
    try:
        return read(value)
    except ValidationError as error:
        key = value.get("key", "") if isinstance(value, dict) else ""
        where = [str(part) for part in error.errors()[0]["loc"]]
        return UnreadableAct(str(key)[:40], ".".join(where[-2:])[:80])


class Bundle(Schema):
    """``sent_at`` is what the phone's clock says at this moment, by which its error is known."""

    app: Count
    sent_at: AwareDatetime
    acts: list[Annotated[AnyAct, WrapValidator(_readable)]]


class BothValues(Schema):
    """One field that two people changed."""

    field: str
    yours: Any
    theirs: Any


class ActAnswer(Schema):
    """What became of one act. ``waits`` alone is not final: the phone keeps the act and sends it again."""

    key: str
    status: Literal["done", "known", "refused", "conflict", "waits"]
    code: str = ""
    message: str = ""
    field: str = ""
    values: list[BothValues] = []
    result: dict[str, Any] = {}


class Answers(Schema):
    """``now`` is the server's time; ``offline_until`` how long the phone may open without signal from now on."""

    answers: list[ActAnswer]
    now: AwareDatetime
    offline_until: AwareDatetime


class Enrolment(Schema):
    """``proof`` is what the phone makes of the PIN to show that it was typed; the PIN itself is never sent."""

    name: Annotated[str, Field(min_length=1, max_length=80), AfterValidator(_plain)]
    proof: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Enrolled(Schema):
    device: UUID
    token: str
    server_part: str
    signed_in_until: AwareDatetime
    offline_until: AwareDatetime


class Opened(Schema):
    server_part: str
    signed_in_until: AwareDatetime
    offline_until: AwareDatetime


class Item(Schema):
    """One thing of the territory; ``what`` says which, as in its name's first part ("household:HN-…")."""

    name: str
    what: Literal["household", "listing", "order", "team", "categories", "villages", "consent_text", "volunteer"]
    values: dict[str, Any]


class Territory(Schema):
    """``whole``: forget everything else. Otherwise what is new or changed, and the names of what is gone."""

    cursor: str
    whole: bool
    items: list[Item]
    gone: list[str]
    now: AwareDatetime
    offline_until: AwareDatetime


class Refusal(Schema):
    """Why a whole request was turned away, with a sentence for the reader."""

    code: str
    message: str
