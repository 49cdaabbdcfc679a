"""What templates ask about the pages of trust."""

from __future__ import annotations

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from content.models.trust import NAMED_FACT, OperatorFacts
from content.trust_links import TrustLink, known_trust_links, trust_links

register = template.Library()


@register.simple_tag(name="trust_links")
def links_of_footer() -> list[TrustLink]:
    return trust_links()


@register.simple_tag(name="known_trust_links")
def links_of_failure_page() -> list[TrustLink]:
    return known_trust_links()


@register.filter(is_safe=True)
def with_facts(html: str, facts: dict[str, str]) -> SafeString:
    """Put the facts where a finished text names them; one that is missing is marked (only a preview shows that)."""

    def said(name: str) -> str:
        if facts.get(name):
            return conditional_escape(facts[name])
        return format_html("<mark>{}: {}</mark>", _("to be completed"), OperatorFacts.label_of(name))

    return mark_safe(NAMED_FACT.sub(lambda found: said(found[1]), html))  # noqa: S308 - each fact is escaped
