"""The demo's quality certificates: most of them confirmed, one still waiting, one that ended since."""

from __future__ import annotations

from datetime import datetime, timedelta

from catalog.certificates.quality import QualityPaper
from catalog.certificates.services import confirm_certificate, record_quality_certificate
from catalog.models import Product
from demo.accounts import head_of, household_of
from demo.people import user_of
from demo.rows import key, rows
from households.access import Acting

TO_CONFIRM = timedelta(days=1)


def load_certificates() -> None:
    """Every row of certificates.csv, written down by the household an hour after the listing was put on sale."""
    for row in rows("certificates"):
        listing = Product.objects.get(key=key("listing", row["household"], row["title"]))
        assert listing.published_at is not None
        _write_down(row, listing, listing.published_at + timedelta(hours=1))


def _write_down(row: dict[str, str], listing: Product, now: datetime) -> None:
    household = household_of(row["household"])
    issued = (now - timedelta(days=int(row["age_days"]))).date()
    paper = QualityPaper(
        kind=row["kind"],
        number=row["number"],
        holder=household.name,
        issuing_authority=row["issuing_authority"],
        issued_date=issued,
        expiry_date=issued + timedelta(days=int(row["valid_days"])) if row["valid_days"] else None,
    )
    certificate = listing.quality_certificates.filter(kind=row["kind"], number=row["number"]).first()
    if certificate is None:
        acting = Acting(head_of(household), household)
        certificate = record_quality_certificate(acting=acting, listing=listing, paper=paper, now=now)
    if row["confirmed"] == "yes":
        confirm_certificate(operator=user_of("operator"), certificate=certificate, now=now + TO_CONFIRM)
