"""Households: looked up, with what was done for them; a mandate is ended when the household calls."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.guards import operator_required, user_of
from accounts.phones import show_phone
from core.errors import ChangedMeanwhile, DomainError
from core.forms import typed_again
from core.paging import page_of
from core.private_files import private_response
from households.forms import MoveForm
from households.models import Household, Mandate
from households.services import close_account, move_household, reopen_account, withdraw_mandate
from onboarding.act_words import shown_acts
from onboarding.models import Consent
from onboarding.selectors import signed_on_paper
from onboarding.services import withdraw_consent
from operations.access import record_reveal
from operations.selectors import consents_of, history_of_household, households_found, mandates_of

MAX_REASON = 300


@operator_required
@require_safe
def list_households(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("tim", "")[:100]
    page = page_of(request, households_found(words, timezone.now()))
    return render(request, "operations/households.html", {"page_obj": page, "words": words})


@operator_required
@require_safe
def show_household(request: HttpRequest, code: str) -> HttpResponse:
    rows = Household.objects.select_related("commune__province", "head", "opened_by_team")
    household = get_object_or_404(rows, code=code)
    shown = {
        "household": household,
        "members": household.members.order_by("-left_at", "joined_at"),
        "mandates": mandates_of(household),
        "consents": consents_of(household),
        "history": shown_acts(history_of_household(household)),
        "now": timezone.now(),
    }
    return render(request, "operations/household.html", shown)


@operator_required
@require_POST
def reveal_household_phone(request: HttpRequest, code: str) -> HttpResponse:
    household = get_object_or_404(Household, code=code)
    operator = user_of(request)
    record_reveal(action="read_phone", subject=household, operator=operator, now=timezone.now(), household_code=code)
    messages.info(request, _("Phone number: %(phone)s") % {"phone": show_phone(household.phone)})
    return redirect("operations:household", code)


@operator_required
@require_POST
def end_mandate(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    mandate = get_object_or_404(Mandate, pk=pk, household__code=code)
    """Asks once; afterwards only the household takes it back."""
    if not request.POST.get("sure"):
        return render(request, "operations/end_mandate.html", {"mandate": mandate, "household": mandate.household})
    withdraw_mandate(mandate=mandate, actor=user_of(request), now=timezone.now())
    messages.success(request, _("The mandate has ended."))
    return redirect("operations:household", code)


@operator_required
@require_POST
def show_paper(request: HttpRequest, code: str, kind: str, pk: int) -> FileResponse:
    """The photograph of a paper that the household signed; the household reads that an operator looked."""
    signed = _signed_on_paper(code, kind, pk)
    _record_look(request, code, signed)
    return private_response(signed.evidence, content_type="image/jpeg")


@operator_required
@require_POST
def show_paper_as_sent(request: HttpRequest, code: str, kind: str, pk: int) -> FileResponse:
    """The same photograph as it was sent, to be saved; this look is written down too."""
    signed = _signed_on_paper(code, kind, pk)
    if not signed.evidence_as_sent:
        raise Http404
    _record_look(request, code, signed)
    return private_response(signed.evidence_as_sent)


def _signed_on_paper(code: str, kind: str, pk: int) -> Mandate | Consent:
    signed = signed_on_paper(get_object_or_404(Household, code=code), kind, pk)
    if signed is None:
        raise Http404
    return signed


def _record_look(request: HttpRequest, code: str, signed: Mandate | Consent) -> None:
    operator, now = user_of(request), timezone.now()
    record_reveal(action="read_paper", subject=signed, operator=operator, now=now, household_code=code)


@operator_required
@require_POST
def change_account(request: HttpRequest, code: str, deed: str) -> HttpResponse:
    """What the household asked for by phone; ``deed`` says what shall be: dong, mo-lai, rut-dong-y."""
    household = get_object_or_404(Household, code=code)
    operator, now = user_of(request), timezone.now()
    try:
        if deed == "dong":
            reason = request.POST.get("reason", "")[:MAX_REASON].strip()
            if not reason:
                raise DomainError(_("Say why, in a few words."))
            close_account(household=household, reason=reason, now=now, actor=operator)
        elif deed == "mo-lai":
            reopen_account(household=household, now=now, actor=operator)
        elif deed == "rut-dong-y":
            withdraw_consent(household=household, now=now, actor=operator)
        else:
            raise Http404
        messages.success(request, _("Done."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("operations:household", code)


@operator_required
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, code: str) -> HttpResponse:
    household = get_object_or_404(Household.objects.select_related("commune__province"), code=code)
    place = {"commune": household.commune, "village_name": household.village_name, "version": household.version}
    form = MoveForm(request.POST or None, initial=place)
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            move_household(household=household, now=timezone.now(), actor=user_of(request), **form.cleaned_data)
            messages.success(request, _("Done."))
            return redirect("operations:household", code)
        except ChangedMeanwhile as refusal:
            form, status = typed_again(form, refusal), 409
    return render(request, "operations/move_household.html", {"household": household, "form": form}, status=status)
