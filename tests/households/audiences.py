"""Households have no routes of their own; their forms stand on pages of onboarding and operations."""

from tests.doors import Door
from tests.sent import WORDS, everybodys

DOORS: dict[str, Door] = {}
SENT = {"commune": everybodys("communes are public"), "version": WORDS}
