"""The demo province loads, twice, and is what its files say."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from catalog.models import (
    ListingRevision,
    ListingStatus,
    OcopCertificate,
    Product,
    QualityCertificate,
    RevisionStatus,
)
from demo import orders
from demo.rows import rows
from households.models import Household, Mandate
from onboarding.models import Consent
from search.engines import registry
from search.engines.port import Facet, Question
from search.index import passes
from search.language.clauses import Anything
from shop.order.models import HouseholdOrder, Order


def counts() -> dict[str, int]:
    return {
        "households": Household.objects.count(),
        "mandates": Mandate.objects.filter(withdrawn_at=None).count(),
        "listings": Product.objects.filter(status=ListingStatus.PUBLISHED).count(),
        "papers": Mandate.objects.filter(given_how="paper", holds_from__gt=timezone.now()).count(),
        "changes": ListingRevision.objects.filter(status=RevisionStatus.WAITING).count(),
        "orders": Order.objects.count(),
        "certificates": QualityCertificate.objects.count(),
    }


@pytest.mark.django_db(transaction=True)
def test_loading_the_demo_twice_loads_it_once(monkeypatch):
    monkeypatch.setattr(orders, "MAX_ORDERS", 10)
    call_command("load_demo", stdout=io.StringIO())
    first = counts()
    in_care = [row for row in rows("households") if row["team"]]
    assert first["households"] == len(list(rows("households")))
    assert first["listings"] == len(list(rows("listings")))
    assert first["mandates"] == len(in_care) + first["papers"]
    assert first["orders"] > 5
    assert (first["papers"], first["changes"]) == (1, 1)
    assert Consent.objects.filter(withdrawn_at=None).count() == first["households"]
    assert not Household.objects.filter(opened_at=None).exists()
    starred = [row for row in rows("listings") if row["stars"]]
    assert OcopCertificate.objects.filter(confirmed_at__isnull=False).count() == len(starred)
    assert first["certificates"] == len(list(rows("certificates")))
    assert QualityCertificate.objects.filter(confirmed_at=None).count() == 1
    today = timezone.localdate()
    assert QualityCertificate.objects.filter(expiry_date__lt=today, confirmed_at__isnull=False).count() == 1
    indexed = registry.engine("tantivy")
    counts_in = indexed.search(Question(clause=Anything(), facets=(Facet.CERTIFICATE,))).counts
    assert dict(counts_in[Facet.CERTIFICATE]) == {
        "vietgap": 4,
        "geographical_indication": 1,
        "organic": 1,
        "haccp": 1,
        "food_safety": 2,
    }
    assert HouseholdOrder.objects.filter(state="delivered").exists()
    assert passes.compare(engine="tantivy", now=timezone.now()) == set()
    call_command("load_demo", stdout=io.StringIO())
    assert counts() == first


def test_demo_is_refused_where_its_passwords_would_be_a_hole(settings):
    settings.DEBUG = settings.SHOW_OUTBOX = False
    with pytest.raises(CommandError, match="development only"):
        call_command("load_demo")
