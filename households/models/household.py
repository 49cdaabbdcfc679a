"""The farming household: the seller and the unit of counting."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.name_order import by_name
from households.models.place import Commune


class Household(models.Model):
    """A household that was registered, and its account. ``code`` is ours, with a check character.

    ``registered_at`` is when phone and name were typed: a case, not yet an account. The account is open from
    ``opened_at``, when the household had consented (``consented_at``, null while no consent holds) and could be reached
    (``phone_confirmed_at``), until ``closed_at``, null while it is open. These columns hold how it stands now; what was
    when is in ``AccountEvent`` (docs/adr/0031). ``is_selling`` is what the household wants; ``is_public`` is what
    buyers see. ``took_back_at`` is when the household last took back or refused a consent or a mandate: papers pause
    from then. ``vouched_phone`` is a number of which an operator found out that it is this household's.
    ``version`` guards against two editors at once.

    ``key`` was made on the device that registered it, so that the same form sent twice makes one household.
    """

    code = models.CharField(_("household code"), max_length=12, unique=True)
    name = models.CharField(_("name of the storefront"), max_length=120)
    slug = models.SlugField(max_length=140)
    head = models.ForeignKey("HouseholdMember", models.PROTECT, null=True, blank=True, related_name="headed")
    phone = models.CharField(_("phone number"), max_length=16, unique=True)
    village_name = models.CharField(_("village"), max_length=80)
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="households")
    story = models.TextField(_("story"), blank=True, max_length=2000)
    is_selling = models.BooleanField(_("storefront open"), default=False)
    registered_at = models.DateTimeField(_("registered"))
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True, db_index=True)
    opened_by_team = models.ForeignKey(
        "DigitalTeam", models.PROTECT, null=True, blank=True, related_name="opened_households"
    )
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    consented_at = models.DateTimeField(_("consented"), null=True, blank=True)
    phone_confirmed_at = models.DateTimeField(_("phone confirmed"), null=True, blank=True)
    took_back_at = models.DateTimeField(_("last took an agreement back"), null=True, blank=True)
    vouched_phone = models.CharField(max_length=16, blank=True, editable=False)
    search_text = models.CharField(max_length=250, blank=True, editable=False)
    key = models.CharField(max_length=40, unique=True, null=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = (by_name("name"), "pk")
        indexes = [
            models.Index(fields=["commune", "village_name"], name="household_place"),
            # Accounts of a commune or a team on a day are counted from these alone: ten times faster at full size.
            models.Index(fields=["commune", "opened_at", "closed_at"], name="household_account_of_place"),
            models.Index(fields=["opened_by_team", "opened_at", "closed_at"], name="household_account_of_team"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"

    @property
    def has_open_account(self) -> bool:
        return self.opened_at is not None and self.closed_at is None

    @property
    def is_public(self) -> bool:
        """Whether buyers see the storefront; ``households.access.public_storefront`` asks the same of many."""
        return self.is_selling and self.has_open_account


class HouseholdMember(models.Model):
    """A person of the household; with a user, that person signs in for it."""

    household = models.ForeignKey(Household, models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    full_name = models.CharField(_("full name"), max_length=120)
    phone = models.CharField(_("phone number"), max_length=16, blank=True)
    joined_at = models.DateTimeField(_("since"))
    left_at = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["household", "user"], name="member_once")]

    def __str__(self) -> str:
        return self.full_name
