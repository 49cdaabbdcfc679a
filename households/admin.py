"""Teams and officers, kept by operators; places and households to look up, changed only through services."""

from __future__ import annotations

from typing import Any, TypeVar

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from households.models import Commune, CommuneOfficer, DigitalTeam, Household, Province, ProvinceOfficer, TeamMember

RowOfModel = TypeVar("RowOfModel", bound=Model)


class ReadOnlyAdmin(admin.ModelAdmin[RowOfModel]):
    """To be found and read, never written here."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Province)
class ProvinceAdmin(ReadOnlyAdmin[Province]):
    list_display = ("name", "kind", "code", "valid_from")
    search_fields = ("folded", "code")


@admin.register(Commune)
class CommuneAdmin(ReadOnlyAdmin[Commune]):
    list_display = ("name", "kind", "code", "province", "valid_from")
    list_select_related = ("province",)
    search_fields = ("name", "folded", "code")


@admin.register(Household)
class HouseholdAdmin(ReadOnlyAdmin[Household]):
    list_display = ("name", "code", "village_name", "commune", "opened_at", "is_selling")
    list_select_related = ("commune",)
    search_fields = ("search_text", "code")
    exclude = ("phone", "key", "search_text")


class TeamMemberInline(admin.TabularInline[TeamMember, DigitalTeam]):
    model = TeamMember
    autocomplete_fields = ("user",)
    extra = 1


@admin.register(DigitalTeam)
class DigitalTeamAdmin(admin.ModelAdmin[DigitalTeam]):
    list_display = ("name", "village_name", "commune", "founded_date", "dissolved_date")
    list_select_related = ("commune",)
    search_fields = ("name", "village_name", "commune__folded")
    autocomplete_fields = ("commune",)
    inlines = (TeamMemberInline,)


@admin.register(CommuneOfficer)
class CommuneOfficerAdmin(admin.ModelAdmin[CommuneOfficer]):
    list_display = ("user", "commune", "since", "until")
    list_select_related = ("user", "commune")
    autocomplete_fields = ("user", "commune")


@admin.register(ProvinceOfficer)
class ProvinceOfficerAdmin(admin.ModelAdmin[ProvinceOfficer]):
    list_display = ("user", "province", "since", "until")
    list_select_related = ("user", "province")
    autocomplete_fields = ("user", "province")
