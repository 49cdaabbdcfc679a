"""The demo's buyers review and ask through the services of the site, and loading twice adds nothing."""

from __future__ import annotations

from catalog.models import ListingQuestion, Review
from content.models import TrustPage
from content.services import build_site, build_trust_pages
from demo import voices
from households.access import Acting
from households.models import HouseholdMember
from tests.factories.catalog import listing
from tests.factories.voices import delivered, phone


def test_reviews_questions_and_pages_of_the_demo(cast, now, monkeypatch):
    monkeypatch.setattr(voices, "user_of", lambda key: cast.buyer)
    own = Acting(cast.head, cast.household)
    assert HouseholdMember.objects.filter(household=cast.household, user=cast.head).exists()
    build_site(now=now)
    build_trust_pages(now=now)
    tea = listing(own, now)
    for number in range(3):
        delivered(tea, cast.commune, own, now, phone=phone(number))
    first = voices.load_voices(now=now)
    assert first == (3, 1)
    assert ListingQuestion.objects.get().answer
    assert voices.load_voices(now=now) == first
    assert {review.text for review in Review.objects.all()} <= {text for _stars, text in voices.PRAISE}
    assert voices.load_operator_facts(now=now) == TrustPage.objects.count()
