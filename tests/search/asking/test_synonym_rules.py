"""Regional names: shipped, changed by operators, in force with the next search."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.admin import site
from django.contrib.auth.models import AnonymousUser

from core.models import AuditEntry
from search.admin import SynonymRuleForm
from search.asking import current_lexicon
from search.asking.synonym_rules import (
    UselessRule,
    delete_rule,
    load_shipped_rules,
    save_rule,
    shipped_synonyms,
    synonyms_in_force,
)
from search.language.analysis import analyse
from search.models import SynonymRule

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def other_names(text):
    concepts = analyse(text, current_lexicon.current_lexicon()).concepts
    return {form.text for concept in concepts for form in concept.forms[1:]}


def test_loading_twice_adds_once_and_respects_operators():
    assert load_shipped_rules(now=NOW) == len(shipped_synonyms())
    SynonymRule.objects.filter(said="dứa", means="thơm").update(is_active=False)
    assert load_shipped_rules(now=NOW) == 0
    assert ("dứa", "thơm") not in {(rule.said, rule.means) for rule in synonyms_in_force()}


def test_a_rule_is_live_with_the_next_search():
    assert other_names("huyền tinh") == set()
    rule = save_rule(rule=SynonymRule(said="huyền tinh", means="dong riềng"), actor=None, now=NOW)
    assert other_names("huyền tinh") == {"dong riềng"}
    rule.means = "củ dong"
    save_rule(rule=rule, actor=None, now=NOW + timedelta(seconds=1))
    assert other_names("huyền tinh") == {"củ dong"}
    delete_rule(rule=rule, actor=None, now=NOW)
    assert other_names("huyền tinh") == set()
    assert set(AuditEntry.objects.values_list("action", flat=True)) == {"save_synonym_rule", "delete_synonym_rule"}


def test_knowing_the_language_costs_one_query(django_assert_num_queries):
    current_lexicon.current_lexicon()
    with django_assert_num_queries(1):
        current_lexicon.current_lexicon()


@pytest.mark.parametrize(("said", "means"), [("dứa", "Dứa"), ("", "dứa"), ("hoà", "hòa")])
def test_a_rule_that_says_nothing_is_refused(said, means):
    with pytest.raises(UselessRule):
        save_rule(rule=SynonymRule(said=said, means=means), actor=None, now=NOW)


def test_a_shipped_rule_written_otherwise_by_an_operator_is_not_shipped_again():
    load_shipped_rules(now=NOW)
    rule = SynonymRule.objects.get(said="dứa", means="thơm")
    rule.said = " Dứa "
    save_rule(rule=rule, actor=None, now=NOW)
    assert load_shipped_rules(now=NOW) == 0


def test_no_shipped_ambiguous_name_goes_both_ways():
    ambiguous = {"mận", "củ sắn", "bạc hà", "mãng cầu", "đào", "nem", "ruốc", "táo"}
    wrong = [f"{r.said} ↔ {r.means}" for r in shipped_synonyms() if r.both_ways and {r.said, r.means} & ambiguous]
    assert wrong == []


def test_the_office_form_refuses_a_rule_that_says_nothing():
    written = {"said": "huyền tinh", "means": "dong riềng", "closeness": "same", "untoned": "auto", "is_active": "on"}
    assert SynonymRuleForm(written).is_valid()
    assert list(SynonymRuleForm(written | {"means": "Huyền  Tinh"}).errors) == ["means"]
    assert "said" in SynonymRuleForm(written | {"said": ""}).errors


def test_changes_in_the_office_are_recorded(rf):
    office, request = site.get_model_admin(SynonymRule), rf.get("/")
    request.user = AnonymousUser()
    rule = SynonymRule(said="huyền tinh", means="dong riềng")
    office.save_model(request, rule, None, change=False)
    office.delete_queryset(request, SynonymRule.objects.all())
    assert list(AuditEntry.objects.values_list("action", flat=True)) == ["save_synonym_rule", "delete_synonym_rule"]
    assert not SynonymRule.objects.exists()
