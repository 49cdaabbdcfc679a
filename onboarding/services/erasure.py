"""Erasing what is held about a household: what may go is deleted or left blank, what must be kept stays without a name.

Kept: its orders and their money, the log of what was done (rows that are written once), the dates of its consents and
mandates, and the commune and village for the figures. docs/adr/0037 says why.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import CASCADE, ForeignObjectRel
from django.utils.translation import gettext_lazy as _

from accounts.access import require_operator
from accounts.models import PhoneCode, User
from catalog.listing.services import withdraw_listing
from catalog.models import (
    ListingFlag,
    ListingQuestion,
    ListingStatus,
    OcopCertificate,
    Portrait,
    Product,
    QualityCertificate,
    Review,
)
from catalog.photos.portraits import remove_portrait
from catalog.photos.services import discard_photos
from core.errors import DomainError
from core.locks import lock_rows
from households.access import Acting
from households.models import Household, HouseholdMember, TeamMember
from households.services import close_account, lock_household
from messaging.models import OutgoingMessage
from onboarding.models import Consent, DataRequest, DoorstepCode
from shop.order.models import HouseholdOrder
from shop.order.states import OPEN

ERASED_NAME = "—"


class OrdersUnderWay(DomainError):
    """Buyers wait for goods of this household: name and number are needed until they arrived."""

    code = "orders_under_way"


def require_no_order_under_way(household: Household) -> None:
    """Raises OrdersUnderWay."""
    count = HouseholdOrder.objects.filter(household=household, state__in=OPEN).count()
    if count:
        raise OrdersUnderWay(
            _("Orders under way: %(count)s. Deliver or decline them first; then the data can be erased.")
            % {"count": count}
        )


def erase_household(*, household: Household, operator: User, now: datetime) -> None:
    """Inside the caller's transaction. Raises NotAllowed, OrdersUnderWay."""
    require_operator(operator)
    household = lock_household(household)
    require_no_order_under_way(household)
    close_account(household=household, reason=str(_("The household had its data erased.")), now=now, actor=operator)
    Consent.objects.filter(household=household, withdrawn_at=None).update(withdrawn_at=now)
    phones = {household.phone, *household.members.exclude(phone="").values_list("phone", flat=True)}
    _erase_papers(household)
    _erase_people(household, now)
    still_used = set(User.objects.filter(phone__in=phones).values_list("phone", flat=True))
    Review.objects.filter(buyer_phone__in=phones - still_used).delete()
    _erase_listings(household, Acting(operator, household, is_operator=True), now)
    OutgoingMessage.objects.filter(phone__in=phones).delete()
    PhoneCode.objects.filter(phone__in=phones).delete()
    DoorstepCode.objects.filter(household=household).delete()
    DataRequest.objects.filter(household=household).update(words="")
    household = lock_household(household)
    household.name, household.slug, household.story, household.search_text = ERASED_NAME, "da-xoa", "", ""
    household.phone, household.key = _no_phone(household.pk), None
    household.consented_at = household.phone_confirmed_at = None
    household.version += 1
    household.save()


def _no_phone(pk: int) -> str:
    """Stands where a number must be unique, and is none."""
    return f"erased-{pk}"[:16]


def _erase_papers(household: Household) -> None:
    """The pictures of signatures; that something was agreed to, and when, stays."""
    for paper in (*household.consents.all(), *household.mandates.all()):
        for file in (paper.evidence, paper.evidence_as_sent):
            if file:
                file.delete(save=False)
        type(paper)._default_manager.filter(pk=paper.pk).update(evidence="", evidence_as_sent="")


def _erase_people(household: Household, now: datetime) -> None:
    """Members lose name and number; so does the account of each who is nothing else here, and it signs in no more."""
    users = list(household.members.exclude(user=None).values_list("user__pk", flat=True))
    HouseholdMember.objects.filter(household=household).update(full_name=ERASED_NAME, phone="", user=None)
    HouseholdMember.objects.filter(household=household, left_at=None).update(left_at=now)
    elsewhere = set(HouseholdMember.objects.filter(user__in=users).values_list("user", flat=True))
    elsewhere |= set(TeamMember.objects.filter(user__in=users, left_at=None).values_list("user", flat=True))
    for user in lock_rows(User.objects.filter(pk__in=set(users) - elsewhere, is_staff=False)):
        _erase_what_hangs_on(user)
        user.phone, user.full_name, user.email, user.is_active = _no_phone(user.pk), "", "", False
        user.set_unusable_password()
        user.save()


def _erase_what_hangs_on(user: User) -> None:
    """The person's own rows: baskets, saved searches, addresses, wish lists, questions.

    The account's row stays, because orders and the log name it. What would go with it by the database goes as well, so
    that a table which a later app adds is no exception; tests/onboarding/erasure_decisions.py names every one.
    """
    for link in User._meta.get_fields(include_hidden=True):
        if isinstance(link, ForeignObjectRel) and link.on_delete is CASCADE:
            link.related_model._base_manager.filter(**{link.field.name: user}).delete()
    ListingQuestion.objects.filter(asker=user).delete()
    ListingFlag.objects.filter(flagged_by=user).update(flagged_by=None)


def _erase_listings(household: Household, acting: Acting, now: datetime) -> None:
    """Pictures, words and names on certificates; the title stays, because orders name the goods by it."""
    for portrait in Portrait:
        remove_portrait(acting=acting, portrait=portrait, now=now)
    for listing in lock_rows(Product.objects.filter(household=household)):
        if listing.status in (ListingStatus.PUBLISHED, ListingStatus.IN_CHECK):
            withdraw_listing(acting=acting, listing=listing, now=now)
        discard_photos(listing=listing)
        Product.objects.filter(pk=listing.pk).update(description="")
        for words in (ListingQuestion, Review):
            words._default_manager.filter(listing=listing).update(answer="")
        for revision in listing.revisions.all():
            revision.words["description"] = revision.stood["description"] = revision.check_note = ""
            revision.save(update_fields=["words", "stood", "check_note"])
    for model in (OcopCertificate, QualityCertificate):
        for certificate in model.objects.filter(product__household=household):
            if certificate.picture:
                certificate.picture.delete(save=False)
        model.objects.filter(product__household=household).update(holder=ERASED_NAME, picture="")
