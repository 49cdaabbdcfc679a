"""The pages that are measured, each as the person who would open it; addresses come from what is loaded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count

from accounts.models import OPERATORS_GROUP, User
from catalog.cards import product_url, storefront_url
from catalog.models import Category
from catalog.selectors import published_listings
from households.models import CommuneOfficer, Household, ProvinceOfficer, TeamMember
from shop.order.models import HouseholdOrder


@dataclass(frozen=True, slots=True)
class Page:
    """``most_queries`` is the promise this page has to keep, if it has one."""

    name: str
    path: str
    user: User | None = None
    most_queries: int | None = None


def pages() -> Iterator[Page]:
    """Everything worth measuring that the loaded data has."""
    yield from _market()
    yield from _household()
    yield from _team()
    yield from _figures()


def _market() -> Iterator[Page]:
    product = published_listings().select_related("household", "origin_commune__province").order_by("pk")[0]
    province = product.origin_commune.province
    category = Category.objects.annotate(listings=Count("product")).order_by("-listings", "pk")[0]
    household = product.household
    yield Page("home", "/", most_queries=12)
    yield Page("province page", f"/tinh/{province.slug}/", most_queries=12)
    yield Page("search", "/tim/?q=sau+rieng", most_queries=12)
    yield Page("search, everything", "/tim/", most_queries=12)
    yield Page("suggestions", "/tim/goi-y/?q=sau", most_queries=12)
    yield Page("category", f"/danh-muc/{category.slug}_{category.pk}/", most_queries=12)
    yield Page("product", product_url(product.slug, product.pk), most_queries=8)
    yield Page("storefront", storefront_url(household.slug, household.code), most_queries=12)
    yield Page("basket", "/gio-hang/")


def _household() -> Iterator[Page]:
    part = HouseholdOrder.objects.select_related("household__head__user").order_by("pk").first()
    head = part.household.head if part else None
    if head and head.user:
        yield Page("household's workspace", f"/ho/{part.household.code}/", head.user)
        yield Page("what was done for the household", f"/ho/{part.household.code}/viec-da-lam/", head.user)
        yield Page("household's listings", "/san-hang/", head.user)
        yield Page("household's orders", "/don-ho/", head.user)


def _team() -> Iterator[Page]:
    leader = TeamMember.objects.filter(role=TeamMember.Role.LEADER).select_related("user").order_by("pk").first()
    if leader:
        yield Page("team's workspace", "/to/", leader.user)
        yield Page("team's members", "/to/thanh-vien/", leader.user)
        yield Page("listings to check", "/san-hang/cho-kiem-tra/", leader.user)
        yield Page("figures of a team", f"/bao-cao/?noi=team-{leader.team_id}&ky=2022", leader.user)


def _figures() -> Iterator[Page]:
    officer = ProvinceOfficer.objects.select_related("user").order_by("-pk").first()
    if officer:
        here, year = officer.user, f"noi=province-{officer.province_id}&ky=2022"
        yield Page("figures of a province, by commune", f"/bao-cao/?{year}", here)
        yield Page("figures of a province, by team", f"/bao-cao/?{year}&theo=TEAM", here)
        for code in ("accounts", "active", "transactions"):
            yield Page(f"figure over twelve months: {code}", f"/bao-cao/chi-tieu/{code}/?{year}", here)
            yield Page(f"records behind a figure: {code}", f"/bao-cao/chi-tieu/{code}/ho-so/?{year}", here)
    commune = CommuneOfficer.objects.select_related("user").order_by("-pk").first()
    if commune:
        yield Page("figures of a commune", f"/bao-cao/?noi=commune-{commune.commune_id}&ky=2022", commune.user)
    operator = User.objects.filter(groups__name=OPERATORS_GROUP).order_by("-pk").first()
    if operator:
        yield Page("figures of the country", "/bao-cao/?ky=2022", operator)


def loaded() -> dict[str, int]:
    """How much there is, for the line above the table."""
    return {
        "households": Household.objects.count(),
        "products": published_listings().count(),
        "household orders": HouseholdOrder.objects.count(),
    }
