"""What was typed into a form that a closed door refused is kept in the browser's session, and given back.

A session ends, a mandate ends, a form token is too old: the words wait, for as long as UNSENT_FORM_SECONDS says, at an
address that opens the form with them. Passwords and codes are never kept, files never. They are given to the person who
typed them alone: to whoever was signed in, or was signed in last in this browser, as a signed cookie says.
"""

from __future__ import annotations

import re
import secrets
import time
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.urls import Resolver404, resolve

ARGUMENT = "chua-gui"
PERSON_COOKIE = "nguoi_dang_nhap_truoc"
PERSON_COOKIE_SECONDS = 365 * 24 * 60 * 60
MAX_BYTES = 200_000
MAX_FORMS = 3
_SESSION = "unsent_forms"
SECRET_NAME = re.compile(
    r"csrfmiddlewaretoken|password|passcode|secret|cvc|card|(^|[_-])(code|otp|pin)\d?$", re.IGNORECASE
)
UNREADABLE_NAMES = {"version", "key", "placement_key", "expected_total", "step", "next", "back", "to"}


@dataclass(frozen=True, slots=True)
class UnsentForm:
    """``path`` is where it was sent, ``page`` the address that showed it, ``person`` the key of who typed it."""

    token: str
    path: str
    page: str
    words: dict[str, list[str]]
    person: str | None
    kept_at: float
    has_files: bool

    @property
    def address(self) -> str:
        """The page, with the words in its form."""
        return f"{self.page}{'&' if '?' in self.page else '?'}{ARGUMENT}={self.token}"

    def as_sent(self) -> QueryDict:
        sent = QueryDict(mutable=True)
        for name, values in self.words.items():
            sent.setlist(name, values)
        return sent

    def readable_words(self) -> list[str]:
        """What a person may want to copy from a page that has no form any more."""
        typed = (value for name, values in self.words.items() if name not in UNREADABLE_NAMES for value in values)
        return [value for value in typed if value.strip() and not _is_key(value)]


def keep_form(request: HttpRequest) -> UnsentForm | None:
    """Keep what this POST brought. None where nothing may be kept: secrets, foreign pages, too much of it."""
    if not _is_from_our_page(request) or is_sign_in(request.path):
        return None
    words = {name: values for name, values in request.POST.lists() if not SECRET_NAME.search(name)}
    if sum(len(name) + sum(map(len, values)) for name, values in words.items()) > MAX_BYTES:
        return None
    unsent = UnsentForm(
        token=secrets.token_urlsafe(12),
        path=request.path,
        page=_page_of(request),
        words=words,
        person=_person_of(request),
        kept_at=time.time(),
        has_files=bool(request.FILES),
    )
    request.session[_SESSION] = [*_kept(request)[1 - MAX_FORMS :], asdict(unsent)]
    return unsent


def kept_form(request: HttpRequest) -> UnsentForm | None:
    """The form that the address names, if it is kept still and this person, or nobody known, typed it."""
    found = [UnsentForm(**row) for row in _kept(request) if row["token"] == request.GET.get(ARGUMENT)]
    return found[0] if found and found[0].person in (None, _person_of(request)) else None


def forget_form(request: HttpRequest) -> None:
    """The form went through in the end."""
    if request.session.get(_SESSION):
        request.session[_SESSION] = [row for row in _kept(request) if row["path"] != request.path]


def remember_person(request: HttpRequest, response: HttpResponseBase) -> None:
    """Leave in the browser who is signed in, for the day on which the session has ended."""
    if not request.session.accessed:
        return
    person = request.session.get(SESSION_KEY)
    if person and person != _last_person(request):
        response.set_signed_cookie(
            PERSON_COOKIE,
            person,
            salt=PERSON_COOKIE,
            max_age=PERSON_COOKIE_SECONDS,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def without_argument(address: str) -> str:
    """The address without the argument that names an unsent form."""
    parts = urlsplit(address)
    kept = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != ARGUMENT]
    return parts.path + (f"?{urlencode(kept)}" if kept else "")


def is_sign_in(path: str) -> bool:
    """Whether the path belongs to signing in and to the secrets of one's account."""
    try:
        name = resolve(path).view_name
    except Resolver404:
        return False
    return name.startswith(("account_", "mfa_")) and name != "account_home"


def _kept(request: HttpRequest) -> list[dict[str, Any]]:
    since = time.time() - settings.UNSENT_FORM_SECONDS
    return [row for row in request.session.get(_SESSION, []) if row["kept_at"] > since]


def _person_of(request: HttpRequest) -> str | None:
    return request.session.get(SESSION_KEY) or _last_person(request)


def _last_person(request: HttpRequest) -> str | None:
    try:
        person: str | None = request.get_signed_cookie(PERSON_COOKIE, None, salt=PERSON_COOKIE)
    except BadSignature:
        return None
    return person


def _is_from_our_page(request: HttpRequest) -> bool:
    """Browsers say where a form stood; another site's must not put words into ours."""
    said = urlsplit(request.headers.get("Origin") or request.headers.get("Referer", ""))
    ours = {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
    return f"{said.scheme}://{said.netloc}" in ours


def _page_of(request: HttpRequest) -> str:
    said = urlsplit(request.headers.get("Referer", ""))
    is_ours = said.netloc == request.get_host() and said.path.startswith("/") and not said.path.startswith("//")
    return without_argument(f"{said.path}?{said.query}" if is_ours else request.get_full_path())


def _is_key(value: str) -> bool:
    try:
        return bool(UUID(value))
    except ValueError:
        return False
