"""People, for operators: found by phone or name; a new password, or a fresh start with the second factor."""

from __future__ import annotations

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.guards import user_of
from accounts.models import User
from accounts.services import forget_second_factor


@admin.register(User)
class PersonAdmin(UserAdmin[User]):
    list_display = ("phone", "full_name", "is_active", "is_staff")
    list_filter = ("is_staff", "is_active", "groups")
    search_fields = ("phone", "full_name")
    ordering = ("phone",)
    fieldsets = (
        (None, {"fields": ("phone", "full_name", "email", "password")}),
        (_("May"), {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")}),
        (_("When"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("phone", "full_name", "usable_password", "password1", "password2")}),)
    readonly_fields = ("last_login", "date_joined")
    filter_horizontal = ("groups", "user_permissions")
    actions = ("forget_second_factors",)

    @admin.action(description=_("Forget the authenticator app (the person has lost phone and recovery codes)"))
    def forget_second_factors(self, request: HttpRequest, people: QuerySet[User]) -> None:
        for person in people:
            forget_second_factor(user=person, actor=user_of(request), now=timezone.now())
        messages.success(request, _("They set up the app anew at their next sign-in."))
