"""What the household hears of a signed paper: that somebody photographed one, and what came of it."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from core.periods import VIETNAM
from households.models import Mandate
from messaging.services import send_message
from onboarding.links import refusal_link
from onboarding.paper import AgreementOnPaper, kind_of_paper

MAX_NAME = 60


def tell_of_paper(paper: AgreementOnPaper, now: datetime) -> None:
    """At once: who photographed a paper, for what, when it will hold, and the link to refuse it until then."""
    until = paper.holds_from
    with translation.override(settings.LANGUAGE_CODE):
        told = {
            "team": _team(paper),
            "what": _what(paper),
            "until": f"{until.astimezone(VIETNAM):%H:%M %-d/%-m}",
            "link": refusal_link(kind_of_paper(paper), paper.pk, until),
        }
        text = gettext(
            "%(team)s says that your household signed a paper: %(what)s. It holds from %(until)s. You did not sign? "
            "Refuse it before: %(link)s"
        )
        _send(paper, "waits", text % told, now)


def tell_of_check(paper: AgreementOnPaper, now: datetime, *, until: datetime) -> None:
    """Somebody confirmed it before its time: it holds, and the link to take it back still works ``until`` then."""
    with translation.override(settings.LANGUAGE_CODE):
        told = {
            "team": _team(paper),
            "what": _what(paper),
            "checker": (paper.checked_by.get_full_name() if paper.checked_by else "")[:MAX_NAME],
            "link": refusal_link(kind_of_paper(paper), paper.pk, until),
        }
        text = gettext(
            "%(checker)s checked the paper that %(team)s brought: %(what)s. It holds from now on. You did not sign? "
            "End it: %(link)s"
        )
        _send(paper, "checked", text % told, now)


def _team(paper: AgreementOnPaper) -> str:
    return paper.team.name[:MAX_NAME] if paper.team else ""


def _what(paper: AgreementOnPaper) -> str:
    if isinstance(paper, Mandate):
        return gettext("the team may %(scopes)s") % {"scopes": ", ".join(paper.scope_labels)}
    return gettext("you agree that Chợ Nhà Nông opens your storefront")


def _send(paper: AgreementOnPaper, occasion: str, text: str, now: datetime) -> None:
    key = f"paper-{occasion}:{kind_of_paper(paper)}:{paper.pk}"
    send_message(phone=paper.household.phone, text=text, key=key, now=now)
