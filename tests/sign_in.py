"""Signing in inside tests: staff get the session that password and second factor would have given."""

from __future__ import annotations

import time

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY as USER_KEY,
)
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY as METHODS_KEY
from allauth.account.internal.userkit import user_id_to_str
from django.test import Client

from accounts.models import User


def sign_in(client: Client, user: User, *, second_factor: bool = True) -> Client:
    """``client`` signed in as ``user``; without ``second_factor`` staff pages stay closed to it."""
    user.refresh_from_db(fields=["is_staff"])
    client.force_login(user)
    methods = ["password", "mfa"][: 2 if second_factor else 1] if user.is_staff else ["code"]
    session = client.session
    session[USER_KEY] = user_id_to_str(user)
    session[METHODS_KEY] = [{"method": method, "at": time.time()} for method in methods]
    session.save()
    return client
