"""What a volunteer's phone may hold, made anew for each request and answered as a difference (ADR 40)."""

from __future__ import annotations

import hashlib
import json
import secrets
import zlib
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from accounts.models import User
from catalog.listing.data import ListingData, words_of
from catalog.listing.selectors import listings_of
from catalog.models import ListingStatus, Product
from catalog.selectors import category_tree
from core.name_order import name_key
from core.periods import vietnam_date
from core.personal_data import mask_phone
from households.access import holding, households_served_by, teams_of, valid_mandates, waiting
from households.models import DigitalTeam, Household, Mandate
from onboarding.access import cases_of
from onboarding.field.models import FieldDevice, TerritorySnapshot
from onboarding.models import Consent, OnboardingCase
from onboarding.selectors import current_consent_text
from shop.order.access import household_orders_for
from shop.order.models import HouseholdOrderState as State
from shop.order.selectors import buyer_seen_by_household, with_lines

KEPT_SNAPSHOTS = 2
DIGEST_BYTES = 6
Items = dict[str, dict[str, Any]]


def territory_since(*, device: FieldDevice, cursor: str, now: datetime) -> dict[str, Any]:
    """All that the phone's holder may see, or what differs from what was answered with ``cursor``."""
    items = dict(_items(device.user, now))
    digests = {name: _digest(item) for name, item in items.items()}
    seen = TerritorySnapshot.objects.filter(device=device, cursor=cursor).first() if cursor else None
    before = unpack(bytes(seen.digests)) if seen else {}
    changed = [name for name, digest in digests.items() if before.get(name) != digest]
    gone = sorted(before.keys() - digests.keys())
    if seen is None or changed or gone:
        cursor = _remember(device, digests, seen, now)
    return {
        "cursor": cursor,
        "whole": seen is None,
        "items": [{"name": name, "what": name.partition(":")[0], "values": items[name]} for name in changed],
        "gone": gone,
    }


def _remember(device: FieldDevice, digests: dict[str, bytes], seen: TerritorySnapshot | None, now: datetime) -> str:
    """A new cursor. The one that the phone just showed stays, in case this answer is lost."""
    cursor = secrets.token_urlsafe(24)
    made = TerritorySnapshot.objects.create(device=device, cursor=cursor, digests=pack(digests), made_at=now)
    kept = [made.pk, seen.pk] if seen else [made.pk]
    others = TerritorySnapshot.objects.filter(device=device).exclude(pk__in=kept).order_by("-pk")
    TerritorySnapshot.objects.filter(
        pk__in=list(others.values_list("pk", flat=True)[KEPT_SNAPSHOTS - len(kept) :])
    ).delete()
    return cursor


def pack(digests: dict[str, bytes]) -> bytes:
    return zlib.compress(json.dumps({name: digest.hex() for name, digest in digests.items()}).encode())


def unpack(packed: bytes) -> dict[str, bytes]:
    named: dict[str, str] = json.loads(zlib.decompress(packed))
    return {name: bytes.fromhex(digest) for name, digest in named.items()}


def _digest(item: dict[str, Any]) -> bytes:
    return hashlib.blake2b(json.dumps(item, sort_keys=True).encode(), digest_size=DIGEST_BYTES).digest()


def _items(user: User, now: datetime) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each with its name; the same rows give the same values at any moment, or the phone would load them again."""
    teams = list(teams_of(user, now).select_related("commune__province").order_by("pk"))
    yield "volunteer:", {"name": user.full_name}
    for team in teams:
        yield f"team:{team.pk}", _team(team)
    yield "categories:", {"all": [[row.pk, row.depth, row.local_name] for row in category_tree()]}
    for language in ("vi", "en"):
        text = current_consent_text(language, vietnam_date(now))
        yield f"consent_text:{language}", {"text": text.pk, "body": text.body}
    yield from _villages(teams)
    listings = list(_listings(user, now))
    by_household: defaultdict[int, list[Product]] = defaultdict(list)
    for listing in listings:
        by_household[listing.household_id].append(listing)
    yield from _households(user, teams, by_household, now)
    for listing in listings:
        yield f"listing:{listing.key}", _listing(listing)
    yield from _orders(user, now)


def _team(team: DigitalTeam) -> dict[str, Any]:
    commune = team.commune
    return {
        "number": team.pk,
        "name": team.name,
        "village": team.village_name,
        "commune": commune.name,
        "commune_code": commune.pk,
        "province": commune.province.name,
    }


def _villages(teams: list[DigitalTeam]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The villages of the teams' communes, from teams and households as ``households.places.villages`` knows them."""
    communes = {team.commune_id for team in teams}
    named: dict[str, set[str]] = {code: set() for code in communes}
    rows = DigitalTeam.objects.filter(commune__in=communes).exclude(village_name="").order_by()
    both = rows.values_list("commune", "village_name").union(
        Household.objects.filter(commune__in=communes).order_by().values_list("commune", "village_name")
    )
    for code, village in both:
        named[code].add(village)
    for code in sorted(named):
        yield f"villages:{code}", {"all": sorted(named[code], key=name_key)}


def _households(
    user: User, teams: list[DigitalTeam], listings: dict[int, list[Product]], now: datetime
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Those of the territory with an account that is not closed: who, where, consent, mandate, case, what is to do."""
    of_teams = Mandate.objects.filter(team__in=[team.pk for team in teams]).order_by("given_at", "pk")
    mandates = {row.household_id: row for row in valid_mandates(now).filter(pk__in=of_teams.values("pk"))}
    papers = {row.household_id: row for row in of_teams.filter(waiting(now))}
    cases = cases_of(user, now).filter(outcome=OnboardingCase.Outcome.OPEN).prefetch_related("steps")
    open_cases = {case.household_id: case for case in cases}
    held, waits = (Consent.objects.filter(which, household=OuterRef("pk")) for which in (holding(now), waiting(now)))
    rows = households_served_by(user, now).filter(closed_at=None).select_related("head").order_by("pk")
    for row in rows.annotate(has_consent=Exists(held), consent_waits=Exists(waits)):
        case = open_cases.get(row.pk)
        yield (
            f"household:{row.code}",
            {
                "code": row.code,
                "key": row.key,
                "name": row.name,
                "head": row.head.full_name if row.head else "",
                "phone": mask_phone(row.phone),
                "phone_confirmed": row.phone_confirmed_at is not None,
                "village": row.village_name,
                "commune": row.commune_id,
                "version": row.version,
                "consent": "holds" if row.has_consent else "waits" if row.consent_waits else "none",
                "mandate": _mandate(mandates.get(row.pk)),
                "paper": _mandate(papers.get(row.pk)),
                "case": {"number": case.pk, "team": case.team_id, "steps": _steps(case)} if case else None,
                "to_do": _to_do(case, mandates.get(row.pk), listings.get(row.pk, [])),
            },
        )


def _mandate(mandate: Mandate | None) -> dict[str, Any] | None:
    if mandate is None:
        return None
    return {
        "team": mandate.team_id,
        "scopes": mandate.scopes,
        "from": mandate.holds_from.isoformat(),
        "until": mandate.expires_at.isoformat(),
    }


def _steps(case: OnboardingCase) -> dict[str, str]:
    return {step.step: step.state for step in case.steps.all()}


def _to_do(case: OnboardingCase | None, mandate: Mandate | None, listings: list[Product]) -> list[str]:
    """Why the household is on the worklist."""
    reasons = {
        "continue_case": case is not None,
        "no_listing": mandate is not None and not listings,
        "no_photo": any(not listing.shown_photos for listing in listings),  # type: ignore[attr-defined]  # prefetched
        "mend_listing": any(listing.check_note and listing.status == ListingStatus.DRAFT for listing in listings),
    }
    return [reason for reason, holds in reasons.items() if holds]


def _listings(user: User, now: datetime) -> Any:
    photos = Count("photos", filter=Q(photos__failure=""), distinct=True)
    rows = listings_of(user, now).annotate(shown_photos=photos).select_related("household")
    return rows.prefetch_related("stockrecords", "categories").order_by("pk")


def _listing(listing: Product) -> dict[str, Any]:
    record = listing.stockrecords.all()[0]
    categories = list(listing.categories.all())
    data = ListingData(
        title=listing.title,
        category_id=categories[0].pk if categories else 0,
        price=record.dong,
        stock=record.num_in_stock or 0,
        origin_commune_id=listing.origin_commune_id,
        sale_unit=listing.sale_unit,
        pieces=listing.pieces,
        net_weight_g=listing.net_weight_g,
        pack_weight_g=listing.pack_weight_g,
        harvest_months=tuple(listing.harvest_months),
        storage=listing.storage,
        max_transit_days=listing.max_transit_days,
        description=listing.description,
    )
    return {
        "key": str(listing.key),
        "household": listing.household.code,
        "status": listing.status,
        "note": listing.check_note,
        "version": listing.version + record.version,
        "price": data.price,
        "stock": data.stock,
        "reserved": record.num_allocated or 0,
        "photos": listing.shown_photos,  # type: ignore[attr-defined]  # of the annotation
        "fields": words_of(data),
    }


def _orders(user: User, now: datetime) -> Iterator[tuple[str, dict[str, Any]]]:
    """What waits for an answer; the buyer is masked as on the page."""
    waiting_orders = household_orders_for(user, now).filter(state=State.NEW)
    for part in with_lines(waiting_orders).order_by("pk"):
        buyer = buyer_seen_by_household(part)
        yield (
            f"order:{part.number}",
            {
                "number": part.number,
                "household": part.household.code,
                "state": part.state,
                "placed_at": part.placed_at.isoformat(),
                "buyer": buyer.name,
                "place": buyer.place,
                "lines": [[line.title, line.quantity] for line in part.lines.all()],
                "total": int(part.total),
            },
        )
