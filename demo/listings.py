"""The demo's listings: drafted with painted pictures, checked, published, some with a certificate."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from accounts.models import User
from catalog.certificates.ocop import OcopPaper
from catalog.certificates.services import confirm_certificate, record_ocop_certificate
from catalog.listing.data import ListingData
from catalog.listing.services import draft_listing, publish_listing, submit_for_check
from catalog.models import Category, Product, Storage
from catalog.photos.services import keep_photo
from catalog.units import SaleUnit
from demo.accounts import head_of, household_of
from demo.people import serving, team_of, user_of
from demo.pictures import listing_pictures
from demo.rows import key, rows
from households.access import Acting
from households.models import Household

# Three and four stars are the province's to give, five the ministry's (Decision 1489/QĐ-TTg, 2025).
PROVINCE, CENTRAL = "Ủy ban nhân dân tỉnh Thái Nguyên", "Bộ Nông nghiệp và Môi trường"


def load_listings() -> None:
    """Every row of listings.csv on sale, a day after the household's last."""
    days: dict[str, int] = {}
    for row in rows("listings"):
        days[row["household"]] = days.get(row["household"], 0) + 1
        if not Product.objects.filter(key=_key(row), status="published").exists():
            household = household_of(row["household"])
            _put_on_sale(row, household, household.registered_at + timedelta(days=days[row["household"]]))


def _put_on_sale(row: dict[str, str], household: Household, drafted: datetime) -> None:
    team_key = next(known["team"] for known in rows("households") if known["key"] == row["household"])
    acting, checker = _acting(team_key, household)
    listing = Product.objects.filter(key=_key(row)).first()
    if listing is None:
        pictures = listing_pictures(row["title"])
        photos = [keep_photo(upload=picture, user=acting.user, now=drafted) for picture in pictures]
        listing = draft_listing(acting=acting, data=_data(row, household), photos=photos, key=_key(row), now=drafted)
    if acting.team:
        listing = submit_for_check(acting=acting, listing=listing, now=drafted + timedelta(hours=1))
    if row["stars"] and not listing.ocop_certificates.exists():
        _certify(int(row["stars"]), listing, household, drafted + timedelta(hours=2))
    publish_listing(checker=checker, listing=listing, now=drafted + timedelta(hours=3))


def _certify(stars: int, listing: Product, household: Household, now: datetime) -> None:
    """A certificate of last spring, written down by the household, confirmed by the operator."""
    paper = OcopPaper(
        holder=household.name,
        number=f"{1000 + listing.pk}/QĐ",
        issuing_authority=CENTRAL if stars == 5 else PROVINCE,
        stars=stars,
        issued_date=(now - timedelta(days=200)).date(),
    )
    acting = Acting(head_of(household), household)
    certificate = record_ocop_certificate(acting=acting, listing=listing, paper=paper, now=now)
    confirm_certificate(operator=user_of("operator"), certificate=certificate, now=now)


def _acting(team_key: str, household: Household) -> tuple[Acting, User]:
    """Who drafts and who checks: the team and its leader where there is one, else the household itself."""
    if not team_key:
        return Acting(head_of(household), household), head_of(household)
    return Acting(serving("volunteer", team_key), household, team_of(team_key)), serving("leader", team_key)


def _key(row: dict[str, str]) -> UUID:
    return key("listing", row["household"], row["title"])


def _data(row: dict[str, str], household: Household) -> ListingData:
    return ListingData(
        title=row["title"],
        category_id=Category.objects.get(code=row["category"]).pk,
        price=int(row["price"]),
        stock=int(row["stock"]),
        origin_commune_id=household.commune_id,
        sale_unit=SaleUnit(row["unit"]),
        pieces=_number(row["pieces"]),
        net_weight_g=_number(row["net_weight_g"]),
        pack_weight_g=_number(row["pack_weight_g"]),
        harvest_months=tuple(int(month) for month in row["months"].split()),
        storage=Storage(row["storage"]),
        max_transit_days=_number(row["transit_days"]),
        description=row["description"],
    )


def _number(text: str) -> int | None:
    return int(text) if text else None
