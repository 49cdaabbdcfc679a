"""The office pages on which operators keep the regional names and the needs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from catalog.certificates.quality import QualityKind
from catalog.models import Category
from core.errors import DomainError
from core.forms import show_refusal
from core.text import fold
from search.asking.need_rules import check_need, delete_need, save_need
from search.asking.synonym_rules import check_rule, delete_rule, save_rule
from search.models import NeedRule, SynonymRule


class RuleAdmin(admin.ModelAdmin[Any]):
    """Finds rows that say all words in any of ``search_fields``, with or without tones. All rows are read for it, of
    which there are some thousand. They are deleted one by one, so that each leaves its audit row."""

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        wanted = fold(search_term).split()
        rows = queryset.order_by().values_list("pk", *self.get_search_fields(request)) if wanted else ()
        said = ((pk, fold(" ".join(texts))) for pk, *texts in rows)
        found = [pk for pk, text in said if all(word in text for word in wanted)]
        return (queryset.filter(pk__in=found) if wanted else queryset), False

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for rule in queryset:
            self.delete_model(request, rule)


class SynonymRuleForm(forms.ModelForm[SynonymRule]):
    class Meta:
        model = SynonymRule
        fields = ("said", "means", "both_ways", "closeness", "untoned", "begins_name", "note", "is_active")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if {"said", "means"} <= cleaned.keys():  # an empty one was refused already
            try:
                check_rule(cleaned["said"], cleaned["means"], but=self.instance.pk)
            except DomainError as refused:
                show_refusal(self, refused)
        return cleaned


@admin.register(SynonymRule)
class SynonymRuleAdmin(RuleAdmin):
    form = SynonymRuleForm
    list_display = ("said", "means", "both_ways", "closeness", "untoned", "is_active", "note")
    list_filter = ("is_active", "closeness", "both_ways")
    search_fields = ("said", "means", "note")

    def save_model(self, request: HttpRequest, obj: SynonymRule, form: Any, change: bool) -> None:
        save_rule(rule=obj, actor=request.user, now=timezone.now())

    def delete_model(self, request: HttpRequest, obj: SynonymRule) -> None:
        delete_rule(rule=obj, actor=request.user, now=timezone.now())


class CategoryField(forms.ModelChoiceField[Category]):
    """The tree of categories, each below its parent and indented by its depth."""

    def label_from_instance(self, obj: Category) -> str:
        return f"{'— ' * (obj.depth - 1)}{obj.local_name}"


class NeedRuleForm(forms.ModelForm[NeedRule]):
    category = CategoryField(label=_("Kind"), queryset=Category.objects.order_by("path"), required=False)
    months = forms.TypedMultipleChoiceField(
        label=_("Harvested in"),
        choices=list(MONTHS.items()),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only listings with one of these harvest months. Leave all empty for the whole year."),
    )
    min_stars = forms.TypedChoiceField(
        label=_("OCOP stars, at least"), choices=[(0, "–"), (3, "3"), (4, "4"), (5, "5")], coerce=int, initial=0
    )
    certificate = forms.ChoiceField(label=_("Certificate"), choices=[("", "–"), *QualityKind.choices], required=False)

    class Meta:
        model = NeedRule
        fields = ("said", "category", "months", "min_stars", "certificate", "note", "is_active")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            written = NeedRule(
                **{name: cleaned[name] for name in ("said", "category", "months", "min_stars", "certificate")}
            )
            try:
                check_need(written.need, but=self.instance.pk)
            except DomainError as refused:
                show_refusal(self, refused)
        return cleaned


@admin.register(NeedRule)
class NeedRuleAdmin(RuleAdmin):
    form = NeedRuleForm
    list_display = ("said", "category", "months", "min_stars", "certificate", "is_active", "note")
    list_filter = ("is_active",)
    list_select_related = ("category",)
    search_fields = ("said", "note")

    def save_model(self, request: HttpRequest, obj: NeedRule, form: Any, change: bool) -> None:
        save_need(rule=obj, actor=request.user, now=timezone.now())

    def delete_model(self, request: HttpRequest, obj: NeedRule) -> None:
        delete_need(rule=obj, actor=request.user, now=timezone.now())
