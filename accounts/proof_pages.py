"""The page on which a visitor proves to hold the phone of an order; its forms are sent to the view that shows it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from accounts.forms import ProveForm
from accounts.one_time_codes import CodeRefused
from accounts.phones import show_phone
from accounts.proven_phones import PhoneProof
from core.attempts import TooManyAttempts


def use_typed_code(proof: PhoneProof, form: ProveForm) -> bool:
    """Whether the code in a sent form proves the phone; a refusal stands at its field or above the page."""
    if not form.is_valid():
        return False
    try:
        proof.use_code(form.cleaned_data["code"])
    except CodeRefused as refusal:
        form.add_error("code", str(refusal))
    except TooManyAttempts as refusal:
        messages.error(proof.request, str(refusal))
    return proof.is_given


def show_proof(proof: PhoneProof, *, form: ProveForm, carried: dict[str, Any], send: bool = False) -> HttpResponse:
    """Ask for the code, after sending one where none is on its way or ``send`` says so.

    ``carried`` are the fields with which the view goes on once the code is right; the button pressed comes as ``step``:
    code, resend, or details to go back.
    """
    if send or not (proof.is_asked or form.is_bound):
        try:
            proof.send_code()
        except TooManyAttempts as refusal:  # whoever has a long code writes it here
            messages.error(proof.request, str(refusal))
    context = {
        "phone": show_phone(proof.phone),
        "form": form,
        "carried": carried,
        "is_sent": proof.is_asked,
        "outbox": settings.SHOW_OUTBOX,
    }
    return render(proof.request, "accounts/prove_phone.html", context)
