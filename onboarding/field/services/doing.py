"""What each kind of act does: it finds what the act names, asks who may, and calls the service that the pages call."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime
from functools import singledispatch
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.phones import parse_phone
from catalog.models import Photo, Product
from catalog.photos.reading import DecoderBusy, PhotoRefused
from catalog.photos.services import TooManyPhotos, keep_photo
from core.errors import DomainError, NotAllowed
from households.access import Acting, acting_for, drafting_for, households_to_draft_for, teams_of
from households.models import Household, Scope
from households.services import contact_of, lock_household
from onboarding.access import cases_of
from onboarding.field.models import FieldUpload, SentPhoto
from onboarding.field.schemas import (
    AddPhoto,
    AdjustStock,
    AnswerOrder,
    ConsentOnPaper,
    DraftListing,
    EditListing,
    MandateOnPaper,
    OpenCase,
    PhoneAct,
    RecordIdentity,
    SetPrice,
    SubmitListing,
)
from onboarding.field.services import listings
from onboarding.field.services.outcomes import ActWaits, Conflict, Outcome, merge
from onboarding.models import ConsentText, OnboardingCase
from onboarding.services import (
    OpenedCase,
    consent_on_paper,
    mandate_on_paper,
    open_case,
    record_identity,
)
from shop.order.access import household_orders_for
from shop.order.models import HouseholdOrderState as State
from shop.order.services import answer_household_order, lock_part


class NotFound(DomainError):
    """It does not exist, or not for this person."""

    code = "not_found"


def household_named(name: str) -> Household:
    """By its code, or by the key that a phone gave it. Raises ActWaits for a key that is not here yet, NotFound."""
    household = Household.objects.filter(Q(code=name) | Q(key=name)).select_related("head", "commune").first()
    if household is not None:
        return household
    try:
        UUID(name)
    except ValueError:
        raise NotFound(_("There is no household with this code.")) from None
    raise ActWaits(_("It waits for its household, which has not arrived yet."))


def listing_named(key: UUID) -> Product:
    """By the key that a phone or a form gave it. Raises ActWaits while it is not here."""
    listing = Product.objects.filter(key=key).select_related("household").first()
    if listing is None:
        raise ActWaits(_("It waits for its listing, which has not arrived yet."))
    return listing


def upload_of(sha256: str, user: User) -> FieldUpload:
    """The photo of this content, all of it here. Raises ActWaits."""
    upload = FieldUpload.objects.filter(user=user, sha256=sha256).exclude(content="").first()
    if upload is None:
        raise ActWaits(_("It waits for its photo, which is sent after the words."))
    return upload


Prepared = Photo | PhotoRefused | None


def prepare_photo(act: PhoneAct, user: User, now: datetime) -> Prepared:
    """Take the picture in before the act's transaction, because unpacking it takes a second.

    None for an act without one, and for one whose listing is not here, is not this person's, or shows it already; the
    refusal of what is no photo is for the act to raise. Raises ActWaits, and what passes by itself (TooManyPhotos).
    """
    if not isinstance(act, AddPhoto):
        return None
    listing = Product.objects.filter(key=act.listing).select_related("household").first()
    if listing is None or SentPhoto.objects.filter(listing=listing, sha256=act.photo).exists():
        return None
    if not households_to_draft_for(user, now).filter(pk=listing.household_id).exists():
        return None
    try:
        with upload_of(act.photo, user).content.open("rb") as content:
            return keep_photo(upload=content, user=user, now=now)
    except (TooManyPhotos, DecoderBusy):
        raise
    except PhotoRefused as refusal:
        return refusal


@singledispatch
def do_act(act: PhoneAct, user: User, photo: Prepared, now: datetime) -> Outcome:
    """Raises DomainError with what to do, ActWaits while something is missing."""
    raise TypeError(f"No act: {act!r}")


@do_act.register
def _open_case(act: OpenCase, user: User, photo: Prepared, now: datetime) -> Outcome:
    team = teams_of(user, now).filter(pk=act.team).select_related("commune").first()
    if team is None:
        raise NotAllowed(_("You do not serve in this team."))
    opened = OpenedCase(
        key=str(act.household),
        phone=act.phone,
        head_name=act.head_name,
        village_name=act.village_name,
        storefront_name=act.storefront_name,
    )
    case = open_case(opened=opened, team=team, actor=user, now=now)
    if not cases_of(user, now).filter(pk=case.pk).exists():
        raise NotAllowed(_("Another team is already helping this household."))
    return Outcome(case.household.code, {"household": case.household.code, "case": case.pk})


def _open_case_of(name: str, user: User, now: datetime) -> OnboardingCase:
    """The case that is under way in a team of ``user``. Raises ActWaits, NotFound."""
    household = household_named(name)
    cases = cases_of(user, now).filter(household=household, outcome=OnboardingCase.Outcome.OPEN)
    case = cases.select_related("household__head", "team").first()
    if case is None:
        raise NotFound(_("Your team has no open case of this household. Open one, then send this again."))
    return case


@do_act.register
def _record_identity(act: RecordIdentity, user: User, photo: Prepared, now: datetime) -> Outcome:
    """Name, phone and village are merged one by one; a phone that was seen masked is not compared."""
    case = _open_case_of(act.household, user, now)
    household = lock_household(case.household)
    contact = contact_of(household)
    standing = asdict(contact)
    wanted = act.changes.model_dump(exclude_none=True)
    seen = act.seen.model_dump(exclude_none=True)
    if "phone" in wanted:
        wanted["phone"] = parse_phone(wanted["phone"])
        seen.setdefault("phone", standing["phone"])
    changes, conflicts = merge(wanted=wanted, seen=seen, standing=standing)
    record_identity(
        case=case,
        actor=user,
        contact=replace(contact, **changes),
        version=household.version,
        known_by=act.known_by,
        now=now,
    )
    return Outcome(household.code, {"household": household.code}, conflicts)


@do_act.register
def _consent_on_paper(act: ConsentOnPaper, user: User, photo: Prepared, now: datetime) -> Outcome:
    case = _open_case_of(act.household, user, now)
    text = ConsentText.objects.filter(pk=act.text).first()
    if text is None:
        raise NotFound(_("The text of the consent is not known. Load the newest and let the household agree to that."))
    with upload_of(act.photo, user).content.open("rb") as content:
        consent = consent_on_paper(case=case, text=text, photo=content, actor=user, now=now)
    return Outcome(case.household.code, {"holds_from": consent.holds_from.isoformat()})


@do_act.register
def _mandate_on_paper(act: MandateOnPaper, user: User, photo: Prepared, now: datetime) -> Outcome:
    case = _open_case_of(act.household, user, now)
    scopes = [Scope(scope) for scope in act.scopes]
    with upload_of(act.photo, user).content.open("rb") as content:
        mandate = mandate_on_paper(case=case, scopes=scopes, days=act.days, photo=content, actor=user, now=now)
    return Outcome(case.household.code, {"holds_from": mandate.holds_from.isoformat()})


@do_act.register
def _draft_listing(act: DraftListing, user: User, photo: Prepared, now: datetime) -> Outcome:
    acting = drafting_for(user, household_named(act.household), now)
    return listings.draft(act, acting, now)


def _listing_and_right(key: UUID, user: User, now: datetime) -> tuple[Product, Acting]:
    """Raises ActWaits, NotAllowed."""
    listing = listing_named(key)
    return listing, drafting_for(user, listing.household, now)


@do_act.register
def _edit_listing(act: EditListing, user: User, photo: Prepared, now: datetime) -> Outcome:
    return listings.edit(act, *_listing_and_right(act.listing, user, now), now)


@do_act.register
def _set_price(act: SetPrice, user: User, photo: Prepared, now: datetime) -> Outcome:
    return listings.set_price(act, *_listing_and_right(act.listing, user, now), now)


@do_act.register
def _adjust_stock(act: AdjustStock, user: User, photo: Prepared, now: datetime) -> Outcome:
    return listings.adjust_stock(act, *_listing_and_right(act.listing, user, now), now)


@do_act.register
def _add_photo(act: AddPhoto, user: User, photo: Prepared, now: datetime) -> Outcome:
    listing, acting = _listing_and_right(act.listing, user, now)
    if isinstance(photo, PhotoRefused):
        raise photo
    return listings.add_photo(act, listing, acting, photo, now)


@do_act.register
def _submit_listing(act: SubmitListing, user: User, photo: Prepared, now: datetime) -> Outcome:
    return listings.submit(*_listing_and_right(act.listing, user, now), now)


@do_act.register
def _answer_order(act: AnswerOrder, user: User, photo: Prepared, now: datetime) -> Outcome:
    """What somebody answered otherwise meanwhile is a conflict, although a promise may still be taken back."""
    part = household_orders_for(user, now).filter(number=act.order).select_related("household").first()
    if part is None:
        raise NotFound(_("There is no such order, or your team's mandate no longer covers it."))
    acting = acting_for(user, part.household, Scope.ORDERS, now)
    part = lock_part(part)
    wanted = State.ACCEPTED if act.accept else State.DECLINED
    code = acting.household.code
    if part.state not in (act.seen, wanted):
        return Outcome(code, {"order": part.number}, [Conflict("state", wanted.value, part.state)])
    answer_household_order(household_order=part, acting=acting, accept=act.accept, reason=act.reason, now=now)
    return Outcome(code, {"order": part.number})
