"""Opening a case at the door: first the phone number, then the names."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property

from accounts.phones import show_phone
from core.errors import DomainError
from core.keys import new_key
from households.access import households_served_by
from households.models import Household
from households.places.villages import known_spelling, village_names
from households.services import require_unused_phone
from onboarding.forms import NewHouseholdForm, PhoneStepForm
from onboarding.selectors import similar_households
from onboarding.services import OpenedCase, open_case
from onboarding.views.base import DomainFormView, TeamPage


class NewCaseView(TeamPage, DomainFormView):
    """Screen one posts the phone alone and gets screen two; screen two posts everything and opens the case."""

    template_name = "onboarding/case_new.html"

    @property
    def on_second_screen(self) -> bool:
        return self.request.method == "POST" and "head_name" in self.request.POST

    def get_form_class(self) -> type:
        return NewHouseholdForm if self.on_second_screen else PhoneStepForm

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        if self.on_second_screen:
            if self.similar:
                form.ask_to_check()
            else:
                form.forget_check()
        return form

    @cached_property
    def similar(self) -> list[Household]:
        """Households a second look is asked for."""
        village = known_spelling(commune=self.team.commune, village_name=self.request.POST.get("village_name", "")[:80])
        return similar_households(self.team, village, self.request.POST.get("head_name", "")[:120])

    def perform(self, form: Any) -> HttpResponse:
        if not self.on_second_screen:
            return self._second_screen(form.cleaned_data["phone"])
        typed = {name: form.cleaned_data[name] for name in ("phone", "head_name", "village_name", "storefront_name")}
        opened = OpenedCase(key=str(form.cleaned_data["key"]), **typed)
        case = open_case(opened=opened, team=self.team, actor=self.user, now=self.now)
        return redirect("onboarding:case", case.pk)

    def _second_screen(self, phone: str) -> HttpResponse:
        require_unused_phone(phone)
        initial = {"phone": show_phone(phone), "key": new_key(self.now), "village_name": self.team.village_name}
        form = NewHouseholdForm(initial=initial)
        form.forget_check()
        return self.render_to_response(self.get_context_data(form=form))

    def show_refusal(self, form: Any, error: DomainError) -> None:
        super().show_refusal(form, error)
        code = error.context.get("household_code")
        if code and households_served_by(self.user, self.now).filter(code=code).exists():
            self.extra_context = {"known_household": reverse("onboarding:team_household", args=[code])}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        second = isinstance(context["form"], NewHouseholdForm)
        if second:
            context["villages"] = village_names(self.team.commune)
            context["similar"] = self.similar if self.on_second_screen else []
        return {**context, "second_screen": second}
