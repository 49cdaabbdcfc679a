"""Which phone a visitor has proven to hold, in this browser: by signing in with it, or by a code for an order."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest

from accounts.guards import user_of
from accounts.phone_codes import Purpose, send_phone_code, use_phone_code
from accounts.visitors import address_of

MAX_REMEMBERED = 5
_PROVEN, _SENT = "proven_phones", "order_code"


class PhoneProof:
    """The proof that the visitor of ``request`` holds ``phone`` (E.164), as things stand ``now``.

    The session keeps when a phone was proven, for PROVEN_PHONE_HOURS, and which code was sent last.
    """

    def __init__(self, request: HttpRequest, phone: str, now: datetime) -> None:
        self.request, self.phone, self.now = request, phone, now

    @property
    def is_given(self) -> bool:
        """Staff sign in without a code of their phone, so that their account proves none."""
        if self.request.user.is_authenticated:
            user = user_of(self.request)
            if user.phone == self.phone and not user.is_staff:
                return True
        proven_at = self.request.session.get(_PROVEN, {}).get(self.phone)
        remembered = timedelta(hours=settings.PROVEN_PHONE_HOURS).total_seconds()
        return proven_at is not None and proven_at + remembered > self.now.timestamp()

    @property
    def is_asked(self) -> bool:
        """A short code that this browser asked for is on its way to the phone, and not too old."""
        sent = self.request.session.get(_SENT, {})
        return bool(sent.get("phone") == self.phone and sent["until"] > self.now.timestamp())

    def send_code(self) -> None:
        """Raises TooManyAttempts; ShortCodesExhausted when the phone has a long code instead."""
        address = address_of(self.request)
        code = send_phone_code(purpose=Purpose.ORDER, phone=self.phone, address=address, now=self.now)
        self.request.session[_SENT] = {"phone": self.phone, "id": code.pk, "until": code.expires_at.timestamp()}

    def use_code(self, typed: str) -> None:
        """Remember the phone as proven. Raises CodeRefused, TooManyAttempts."""
        session = self.request.session
        use_phone_code(
            purpose=Purpose.ORDER,
            phone=self.phone,
            code_id=session[_SENT]["id"] if self.is_asked else None,
            typed=typed,
            address=address_of(self.request),
            now=self.now,
        )
        newest = sorted(session.get(_PROVEN, {}).items(), key=lambda proven: proven[1])[1 - MAX_REMEMBERED :]
        session[_PROVEN] = {**dict(newest), self.phone: self.now.timestamp()}
        session.pop(_SENT, None)
