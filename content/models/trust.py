"""The pages that the law asks for, and the facts about the operator that they name.

A text names a fact as ``[[name]]``. As long as a page names one that nobody has written yet, it does not exist for
readers: nobody is told an invented address.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.search import index

from content.models.base import BilingualPage, ReadingPage

NAMED_FACT = re.compile(r"\[\[(\w+)\]\]")


class TrustKind(models.TextChoices):
    OPERATOR = "operator", _("who runs the marketplace")
    CONTACT = "contact", _("contact")
    COMPLAINTS = "complaints", _("complaints")
    RETURNS = "returns", _("returns")
    TERMS = "terms", _("terms of use")
    PRIVACY = "privacy", _("privacy")
    RULES = "rules", _("operating rules")


@register_setting(icon="clipboard-list", order=1)
class OperatorFacts(BaseGenericSetting):
    """Who runs this marketplace, as the law has it named. Empty means: not known yet."""

    operator_name = models.CharField(_("name of the operator"), max_length=200, blank=True)
    registration_number = models.CharField(_("registration number or founding decision"), max_length=120, blank=True)
    registration_issuer = models.CharField(_("issued by, and on which day"), max_length=200, blank=True)
    representative = models.CharField(_("legal representative"), max_length=120, blank=True)
    address = models.CharField(_("registered office"), max_length=250, blank=True)
    phone = models.CharField(_("phone for buyers and households"), max_length=40, blank=True)
    answering_hours = models.CharField(
        _("when somebody answers"), max_length=120, blank=True, help_text=_("For example: 8:00–17:00, Monday to Friday")
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    ministry_notice = models.CharField(
        _("notice to the Ministry of Industry and Trade"),
        max_length=250,
        blank=True,
        help_text=_("Number and day of the confirmation"),
    )
    data_contact = models.CharField(_("contact for personal data"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("facts about the operator")

    panels = [
        FieldPanel(name)
        for name in (
            *("operator_name", "registration_number", "registration_issuer", "representative", "address", "phone"),
            *("answering_hours", "email", "ministry_notice", "data_contact"),
        )
    ]

    def by_name(self) -> dict[str, str]:
        """What a text may name: the fields, and the times that the site's settings say."""
        own = {field.name: str(getattr(self, field.name)).strip() for field in self._meta.fields if field.name != "id"}
        return own | {
            "answer_hours": str(settings.ANSWER_WITHIN_HOURS),
            "take_back_minutes": str(settings.TAKE_BACK_MINUTES),
        }

    @classmethod
    def label_of(cls, name: str) -> str:
        """How the form calls the fact; a name that is none stands for itself."""
        labels = {field.name: str(field.verbose_name) for field in cls._meta.fields}
        return labels.get(name, name)


class TrustPage(ReadingPage):
    kind = models.CharField(_("about"), max_length=12, choices=TrustKind.choices, unique=True)

    parent_page_types = ["content.HomePage"]
    subpage_types: list[str] = []
    search_fields = [*ReadingPage.search_fields, index.FilterField("kind")]
    content_panels = [*BilingualPage.content_panels, FieldPanel("kind"), *ReadingPage.content_panels[-2:]]

    @cached_property
    def facts(self) -> dict[str, str]:
        written: OperatorFacts = OperatorFacts.load()
        return written.by_name()

    def missing_facts(self) -> list[str]:
        """The names that the texts name and nobody has written, each once."""
        texts = "".join(str(body.get_prep_value()) for body in (self.body, self.body_en))
        named = dict.fromkeys(NAMED_FACT.findall(texts))
        return [name for name in named if not self.facts.get(name)]

    def clean(self) -> None:
        super().clean()
        texts = "".join(str(body.get_prep_value()) for body in (self.body, self.body_en))
        unknown = [name for name in dict.fromkeys(NAMED_FACT.findall(texts)) if name not in self.facts]
        if unknown:
            raise ValidationError(
                {
                    "body": _("There is no such fact: %(names)s.")
                    % {"names": ", ".join(f"[[{name}]]" for name in unknown)}
                }
            )

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.missing_facts():
            raise Http404
        response: HttpResponseBase = super().serve(request, *args, **kwargs)
        return response

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {"facts": self.facts}
