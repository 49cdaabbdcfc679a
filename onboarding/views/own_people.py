"""A household comes by itself, and says who belongs to it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from accounts.phones import show_phone
from core.errors import DomainError
from core.keys import new_key
from households.access import household_members
from households.models import Household, HouseholdMember
from households.services import add_member, remove_member
from onboarding.forms import OwnMemberForm, RegisterForm
from onboarding.services import register_own_household
from onboarding.views.base import DomainFormView, HouseholdPage, Page


class RegisterView(Page, DomainFormView):
    """Name and place; consent is the next page. The phone is proven by the sign-in, and has one household."""

    template_name = "onboarding/register.html"
    form_class = RegisterForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and Household.objects.filter(phone=self.user.phone).exists():
            return redirect("onboarding:household_home")
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        return {"key": new_key(self.now), "head_name": self.user.full_name}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(phone=show_phone(self.user.phone), **kwargs)

    def perform(self, form: Any) -> HttpResponse:
        typed = form.cleaned_data | {"key": str(form.cleaned_data["key"])}
        household = register_own_household(actor=self.user, now=self.now, **typed)
        messages.success(self.request, _("Written down. One thing is left: read the text and agree."))
        return redirect("onboarding:consent_give", household.code)


class MembersView(HouseholdPage, DomainFormView):
    """Who may sign in for the household; adding a person needs a name and a phone."""

    template_name = "onboarding/household_members.html"
    form_class = OwnMemberForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        members = household_members(self.now).filter(household=self.household).order_by("joined_at", "pk")
        return super().get_context_data(members=members, **kwargs)

    def perform(self, form: Any) -> HttpResponse:
        added = add_member(household=self.household, now=self.now, actor=self.user, **form.cleaned_data)
        messages.success(self.request, _("%(name)s may sign in for your household now.") % {"name": added.full_name})
        return redirect("onboarding:household_members", self.household.code)


class RemoveMemberView(HouseholdPage, TemplateView):
    """Says what will happen; the second button ends it."""

    http_method_names = ["post"]
    template_name = "onboarding/household_member_end.html"

    def post(self, request: HttpRequest, code: str, pk: int) -> HttpResponse:
        member = get_object_or_404(HouseholdMember, household=self.household, pk=pk)
        if not request.POST.get("sure"):
            return self.render_to_response(self.get_context_data(member=member))
        try:
            remove_member(household=self.household, member_id=pk, now=self.now, actor=self.user)
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("They can sign in for your household no more."))
        if member.user_id == self.user.pk:
            return redirect("account_home")
        return redirect("onboarding:household_members", code)
