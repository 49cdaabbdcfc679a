"""The household's own workspace: its storefront, its mandates, everything done for it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from catalog.cards import card_of
from catalog.storefront.selectors import listings_of_storefront
from core.errors import DomainError
from core.paging import page_of
from core.periods import vietnam_date
from core.private_files import private_response
from households.access import acting_for, own_households, valid_mandates
from households.forms import CloseAccountForm, MoveForm
from households.models import Scope
from households.services import (
    ConsentNotGiven,
    close_account,
    close_storefront,
    confirm_phone,
    edit_household,
    move_household,
    open_storefront,
    reopen_account,
)
from onboarding.act_words import shown_acts
from onboarding.card import qr_svg
from onboarding.forms import StorefrontForm
from onboarding.household_numbers import ending_mandates, household_numbers, low_offers
from onboarding.models import ConsentText
from onboarding.selectors import (
    acts_for,
    claimable_household,
    current_consent_text,
    signed_on_paper,
    waiting_papers_of,
)
from onboarding.services import consent_signed_in, require_undoubted_phone, withdraw_consent
from onboarding.storefront_score import storefront_score
from onboarding.views.base import DomainFormView, HouseholdPage, Page

ACTS_SHOWN = 5
ACTS_PER_PAGE = 30
CARDS_PER_PAGE = 24


class HouseholdHomeView(Page, TemplateView):
    """My household; several of them to choose from; or one that waits for its phone's holder."""

    template_name = "onboarding/household_choose.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        households = list(own_households(self.user, self.now).select_related("commune__province"))
        claimable = claimable_household(self.user.phone)
        if len(households) == 1 and claimable is None:
            return redirect("onboarding:household", households[0].code)
        if not households and claimable is None:
            raise Http404
        return self.render_to_response(self.get_context_data(households=households, claimable=claimable))


class ClaimView(Page, View):
    """Yes, this is my household: who signed in with its phone is let in."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        household = claimable_household(self.user.phone)
        if household is None:
            raise Http404
        try:
            require_undoubted_phone(household, self.now)
        except DomainError as refusal:
            messages.error(request, str(refusal))
            return redirect("onboarding:household_home")
        confirm_phone(household=household, now=self.now, actor=self.user)
        messages.success(request, _("Welcome. From now on you see everything that is done for your household."))
        return redirect("onboarding:household", household.code)


class HouseholdView(HouseholdPage, TemplateView):
    """What waits and what sold, in numbers; then what is running low, and the ways to everything else."""

    template_name = "onboarding/household.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            numbers=household_numbers(self.household, self.user, self.now),
            low_offers=[(record, uuid4()) for record in low_offers(self.household)],
            score=storefront_score(self.household),
            ending=ending_mandates(self.household, self.now),
            mandates=valid_mandates(self.now).filter(household=self.household).select_related("team"),
            waiting=waiting_papers_of(self.household, self.user, self.now),
            acts=shown_acts(acts_for(self.household)[:ACTS_SHOWN]),
            **kwargs,
        )


class SeenStorefrontView(HouseholdPage, TemplateView):
    """The storefront as buyers see it, how much of what they look for it says, and what to mend next."""

    template_name = "onboarding/household_seen.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        listings = listings_of_storefront(self.household, vietnam_date(self.now))
        page = page_of(self.request, listings, per_page=CARDS_PER_PAGE)
        cards = [card_of(listing, self.now) for listing in page]
        return super().get_context_data(score=storefront_score(self.household), cards=cards, page_obj=page, **kwargs)


class EditStorefrontView(HouseholdPage, DomainFormView):
    template_name = "onboarding/household_edit.html"
    form_class = StorefrontForm

    def get_initial(self) -> dict[str, Any]:
        return {"version": self.household.version, "name": self.household.name, "story": self.household.story}

    def perform(self, form: Any) -> HttpResponse:
        acting = acting_for(self.user, self.household, Scope.STOREFRONT, self.now)
        edit_household(acting=acting, now=self.now, **form.cleaned_data)
        messages.success(self.request, _("Saved."))
        return redirect("onboarding:household", self.household.code)


class SwitchStorefrontView(HouseholdPage, View):
    """Open or close for buyers."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        switch = {"open": open_storefront, "close": close_storefront}.get(request.POST.get("want", ""))
        if switch is None:
            messages.error(request, _("Choose one of the buttons."))
            return redirect("onboarding:household", code)
        try:
            household = switch(acting=acting_for(self.user, self.household, Scope.STOREFRONT, self.now), now=self.now)
        except DomainError as refusal:
            messages.error(request, str(refusal))
            return redirect("onboarding:household", code)
        messages.success(
            request,
            _("Your storefront is open.") if household.is_selling else _("Your storefront is closed for buyers."),
        )
        return redirect("onboarding:household", code)


class GiveConsentView(HouseholdPage, TemplateView):
    """The words, then the button; also for a household that withdrew its consent before."""

    template_name = "onboarding/household_consent.html"

    @property
    def text(self) -> ConsentText:
        return current_consent_text(get_language() or settings.LANGUAGE_CODE, vietnam_date(self.now))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(text=self.text, **kwargs)

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        if request.POST.get("text") != str(self.text.pk):
            messages.info(request, _("The text has changed meanwhile. Read it again."))
            return redirect("onboarding:consent_give", code)
        if not self.household.consented_at:
            consent_signed_in(household=self.household, text=self.text, actor=self.user, now=self.now)
            messages.success(request, _("Thank you. Your household has agreed."))
        return redirect("onboarding:household", code)


class WithdrawConsentView(HouseholdPage, TemplateView):
    """First what it means, then the button."""

    template_name = "onboarding/household_withdraw.html"

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        withdraw_consent(household=self.household, actor=self.user, now=self.now)
        messages.success(request, _("Your consent is withdrawn and your account is closed."))
        return redirect("onboarding:household", code)


class CloseAccountView(HouseholdPage, DomainFormView):
    """First what it means, then the reason, if the household wants to say it, and the button."""

    template_name = "onboarding/household_close.html"
    form_class = CloseAccountForm

    def perform(self, form: Any) -> HttpResponse:
        close_account(household=self.household, now=self.now, actor=self.user, **form.cleaned_data)
        messages.success(self.request, _("Your account is closed. You may open it again any day."))
        return redirect("onboarding:household", self.household.code)


class ReopenAccountView(HouseholdPage, View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        try:
            reopen_account(household=self.household, now=self.now, actor=self.user)
        except ConsentNotGiven:
            return redirect("onboarding:consent_give", code)
        messages.success(request, _("Your account is open again. Open your storefront when you want buyers to see it."))
        return redirect("onboarding:household", code)


class MoveView(HouseholdPage, DomainFormView):
    template_name = "onboarding/household_move.html"
    form_class = MoveForm

    def get_initial(self) -> dict[str, Any]:
        household = self.household
        return {"version": household.version, "commune": household.commune, "village_name": household.village_name}

    def perform(self, form: Any) -> HttpResponse:
        move_household(household=self.household, now=self.now, actor=self.user, **form.cleaned_data)
        messages.success(self.request, _("Saved. The team of your new place can now help you."))
        return redirect("onboarding:household", self.household.code)


class PaperView(HouseholdPage, View):
    """The photograph of a paper that the household signed, for the household alone."""

    def get(self, request: HttpRequest, code: str, kind: str, pk: int) -> FileResponse:
        signed = signed_on_paper(self.household, kind, pk)
        if signed is None:
            raise Http404
        return private_response(signed.evidence, content_type="image/jpeg")


class PaperAsSentView(HouseholdPage, View):
    """The same photograph as it was sent, to be saved."""

    def get(self, request: HttpRequest, code: str, kind: str, pk: int) -> FileResponse:
        signed = signed_on_paper(self.household, kind, pk)
        if signed is None or not signed.evidence_as_sent:
            raise Http404
        return private_response(signed.evidence_as_sent)


class ActsView(HouseholdPage, TemplateView):
    """Who did what for the household, and when."""

    template_name = "onboarding/household_acts.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = page_of(self.request, acts_for(self.household), per_page=ACTS_PER_PAGE)
        return super().get_context_data(page_obj=page, acts=shown_acts(page), **kwargs)


class CardView(HouseholdPage, TemplateView):
    """The household code to hang at the gate, A6, with the way to the storefront."""

    template_name = "onboarding/household_card.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        path = reverse("storefront:household", kwargs={"slug": self.household.slug, "code": self.household.code})
        address = f"{settings.SITE_URL}{path}"
        return super().get_context_data(address=address, qr=qr_svg(address), **kwargs)
