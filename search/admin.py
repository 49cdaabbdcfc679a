"""The office page on which operators keep the regional names."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from core.errors import DomainError
from search.asking.synonym_rules import check_rule, delete_rule, save_rule
from search.models import SynonymRule


class SynonymRuleForm(forms.ModelForm[SynonymRule]):
    class Meta:
        model = SynonymRule
        fields = ("said", "means", "both_ways", "closeness", "untoned", "note", "is_active")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if {"said", "means"} <= cleaned.keys():  # an empty one was refused already
            try:
                check_rule(cleaned["said"], cleaned["means"], but=self.instance.pk)
            except DomainError as refused:
                self.add_error(refused.field, str(refused))
        return cleaned


@admin.register(SynonymRule)
class SynonymRuleAdmin(admin.ModelAdmin[SynonymRule]):
    form = SynonymRuleForm
    list_display = ("said", "means", "both_ways", "closeness", "untoned", "is_active", "note")
    list_filter = ("is_active", "closeness", "both_ways")
    search_fields = ("said", "means", "note")

    def save_model(self, request: HttpRequest, obj: SynonymRule, form: Any, change: bool) -> None:
        save_rule(rule=obj, actor=request.user, now=timezone.now())

    def delete_model(self, request: HttpRequest, obj: SynonymRule) -> None:
        delete_rule(rule=obj, actor=request.user, now=timezone.now())

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[SynonymRule]) -> None:
        for rule in queryset:
            self.delete_model(request, rule)
