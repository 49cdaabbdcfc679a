"""Doors in front of views: signed in, staff with a second factor, operators."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import generic

from accounts.access import is_operator
from accounts.models import User
from accounts.second_factor import has_authenticator, missing_proof

View = Callable[..., HttpResponseBase]

signed_in = login_required


def user_of(request: HttpRequest) -> User:
    """The signed-in person of a request that went through a door."""
    return cast(User, request.user)


def stop_before_staff_page(request: HttpRequest) -> HttpResponseBase | None:
    """Where a person without the right to staff pages is sent; None lets them pass.

    Raises PermissionDenied for people who are not staff, or have no password to be staff with.
    """
    here = request.get_full_path()
    if not request.user.is_authenticated:
        return redirect_to_login(here, reverse("account_login"))
    user = user_of(request)
    missing = missing_proof(request, user)
    if not user.is_staff or (missing == "password" and not user.has_usable_password()):
        raise PermissionDenied
    if missing is None:
        return None
    app = "mfa_reauthenticate" if has_authenticator(user) else "mfa_activate_totp"
    return redirect_to_login(here, reverse("account_reauthenticate" if missing == "password" else app))


def staff_second_factor(view: View) -> View:
    """Only staff whose session has passed the second factor."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return stop_before_staff_page(request) or view(request, *args, **kwargs)

    return guarded


def operator_required(view: View) -> View:
    """Only operators, with their second factor."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_operator(user_of(request)):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return staff_second_factor(guarded)


@method_decorator(signed_in, name="dispatch")
class SignedInMixin(generic.View):
    """A class-based view for people who are signed in."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return super().dispatch(request, *args, **kwargs)


@method_decorator(staff_second_factor, name="dispatch")
class StaffMixin(generic.View):
    """A class-based view for staff with their second factor."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return super().dispatch(request, *args, **kwargs)
