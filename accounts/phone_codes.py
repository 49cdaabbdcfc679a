"""The codes that prove who holds a phone, to sign in or to order in cash: sent, counted and used up.

A code counts for its purpose only, so that one that was read out for an order opens no account. Whoever asks for codes
or guesses at them harms only himself. A short code counts in the browser that asked for it and has five tries. When
too many were asked for a number, by whomever, the number gets a long code that nobody can guess: it counts in every
browser for a day, and no request of others ends it. So the holder of the phone always gets in.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import PhoneCode
from accounts.one_time_codes import CodeRefused, digest_of, judge, mark_used, new_digits
from core.attempts import TooManyAttempts, count_attempt, forget_attempts, waiting_time
from core.text import letters_and_digits
from core.transactions import in_transaction
from messaging.services import send_message

GOOD_FOR = timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)
LONG_CODE_GOOD_FOR = timedelta(days=1)
LONG_CODE_DIGITS = 18  # more than all guesses of a day can search, and written with the keyboard that shows digits

# A training session of sixty people may stand behind one address; one phone may not be flooded.
MAX_CODES_PER_ADDRESS = {"most": 60, "seconds": 60}
MAX_CODES_PER_PHONE = {"most": 3, "seconds": 300}
MAX_CODES_PER_PHONE_A_DAY = {"most": 15, "seconds": 86_400}
MAX_GUESSES_PER_ADDRESS = {"most": 100, "seconds": 600}


Purpose = PhoneCode.Purpose


class ShortCodesExhausted(TooManyAttempts):
    """No short code was sent; the number has a long one."""

    code = "short_codes_exhausted"

    def __init__(self, seconds_left: int) -> None:
        super().__init__(seconds_left)
        self.message = _(
            "Too many codes were asked for this number. Write the long code of 18 digits that was sent to "
            "it (it is good for a day), or wait %(wait)s and ask for a short one."
        ) % {"wait": waiting_time(seconds_left)}


def send_phone_code(*, purpose: Purpose, phone: str, address: str, now: datetime) -> PhoneCode:
    """Send a code of six digits to ``phone`` (E.164), asked for from the network address ``address``.

    Earlier short codes of the phone for this purpose no longer count. The messages to a phone are counted over all
    purposes. Raises TooManyAttempts for the address; ShortCodesExhausted for the phone, after a long code went out
    where none counts yet.
    """
    count_attempt(what="phone-codes-by-address", whose=address, **MAX_CODES_PER_ADDRESS, now=now)
    try:
        count_attempt(what="phone-codes", whose=phone, **MAX_CODES_PER_PHONE, now=now)
        count_attempt(what="phone-codes-a-day", whose=phone, **MAX_CODES_PER_PHONE_A_DAY, now=now)
    except TooManyAttempts as refusal:
        _send_long_code(purpose, phone, now)
        raise ShortCodesExhausted(refusal.seconds_left) from refusal
    return _send(purpose, phone, new_digits(), _short_text(purpose), now + GOOD_FOR, now)


def _short_text(purpose: Purpose) -> str:
    """With one %s for the code."""
    if purpose == Purpose.SIGN_IN:
        text = gettext(
            "%(code)s is your code to enter Chợ Nhà Nông. It is good for %(minutes)s minutes. Give it to nobody."
        )
    else:
        text = gettext(
            "%(code)s is your code to order at Chợ Nhà Nông. It is good for %(minutes)s minutes. "
            "If you order nothing, do nothing."
        )
    return text % {"code": "%s", "minutes": GOOD_FOR // timedelta(minutes=1)}


def _send_long_code(purpose: Purpose, phone: str, now: datetime) -> None:
    """Once until it is used or too old: the count lets exactly one of many requests through."""
    seconds = int(LONG_CODE_GOOD_FOR.total_seconds())
    try:
        count_attempt(what=f"long-code-{purpose}", whose=phone, most=1, seconds=seconds, now=now)
    except TooManyAttempts:
        return  # the number has one that still counts
    if purpose == Purpose.SIGN_IN:
        text = gettext(
            "Somebody asked for many codes for your number. To enter Chợ Nhà Nông within a day, write this long code: "
            "%(code)s. Give it to nobody."
        )
    else:
        text = gettext(
            "Somebody asked for many codes for your number. To order at Chợ Nhà Nông within a day, "
            "write this long code: %(code)s. If you order nothing, do nothing."
        )
    _send(purpose, phone, new_digits(LONG_CODE_DIGITS), text % {"code": "%s"}, now + LONG_CODE_GOOD_FOR, now)


@in_transaction
def _send(purpose: Purpose, phone: str, secret: str, text: str, expires_at: datetime, now: datetime) -> PhoneCode:
    """``text`` holds one %s for the code, which stands in groups that are easy to copy when it is long."""
    is_long = len(secret) == LONG_CODE_DIGITS
    code = PhoneCode.objects.create(
        purpose=purpose,
        phone=phone,
        digest=digest_of(secret, salt=_salt(purpose, phone)),
        sent_at=now,
        expires_at=expires_at,
        is_long=is_long,
    )
    shown = "-".join(secret[start : start + 3] for start in range(0, len(secret), 3)) if is_long else secret
    send_message(
        phone=phone, text=text % shown, key=f"{purpose}:{code.pk}", now=now, expires_at=expires_at, is_secret=True
    )
    return code


def use_phone_code(
    *, purpose: Purpose, phone: str, code_id: int | None, typed: str, address: str, now: datetime
) -> None:
    """``typed`` proves that whoever sits at ``address`` holds ``phone``, with the code that his browser asked for
    (``code_id``) or with the long code of the phone; it is used up.

    Raises CodeRefused; TooManyAttempts for the address. Long codes are not counted: they cannot be guessed.
    """
    secret = letters_and_digits(typed)
    if len(secret) == LONG_CODE_DIGITS:
        codes = PhoneCode.objects.filter(purpose=purpose, phone=phone, is_long=True)
        code = codes.filter(used_at=None, expires_at__gt=now).last()
        if code is None or not constant_time_compare(code.digest, digest_of(secret, salt=_salt(purpose, phone))):
            raise CodeRefused(_("The long code is not right. Look at the message and write its 18 digits."))
        mark_used(code, now)
        forget_attempts(what=f"long-code-{purpose}", whose=phone)
        return
    count_attempt(what="phone-code-guesses", whose=address, **MAX_GUESSES_PER_ADDRESS, now=now)
    newest = PhoneCode.objects.filter(purpose=purpose, phone=phone, is_long=False).order_by("-sent_at", "-pk").first()
    if newest is None or newest.pk != code_id:
        raise CodeRefused(_("A newer code was asked for, so this one no longer counts. Send another code."))
    if now >= newest.expires_at:
        raise CodeRefused(_("The code is too old. Send another code."))
    judge(newest, typed=typed, salt=_salt(purpose, phone))
    mark_used(newest, now)


def delete_ended_codes(now: datetime) -> int:
    return PhoneCode.objects.filter(expires_at__lte=now).delete()[0]


def _salt(purpose: Purpose, phone: str) -> str:
    return f"accounts.{purpose}.{phone}"
