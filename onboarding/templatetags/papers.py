"""{% kind_of_paper paper as kind %}: the word for a signed paper in addresses."""

from __future__ import annotations

from django import template

from onboarding.paper import kind_of_paper

register = template.Library()
register.simple_tag(kind_of_paper)
