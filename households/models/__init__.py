"""Who grows and sells, where, and who may act for them."""

from households.models.account_event import AccountEvent
from households.models.act import Act
from households.models.household import Household, HouseholdMember
from households.models.mandate import Mandate, Scope
from households.models.officer import CommuneOfficer, ProvinceOfficer
from households.models.place import Commune, CommuneSuccession, Province
from households.models.team import DigitalTeam, TeamMember

__all__ = [
    "AccountEvent",
    "Act",
    "Commune",
    "CommuneOfficer",
    "CommuneSuccession",
    "DigitalTeam",
    "Household",
    "HouseholdMember",
    "Mandate",
    "Province",
    "ProvinceOfficer",
    "Scope",
    "TeamMember",
]
