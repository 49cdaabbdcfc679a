"""Documents: a listing and a signpost as the index holds them. A listing's document has everything that its card shows,
so a page of results reads no rows of listings."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

EVERYWHERE = "all"


@dataclass(frozen=True, slots=True)
class Named:
    """A category, province, commune or household, by a key that never changes: its id or code."""

    key: str
    name: str
    slug: str = ""

    def as_dict(self) -> dict[str, str]:
        return {"key": self.key, "name": self.name, "slug": self.slug}


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingDocument:
    """One listing. ``version`` is the number of the pass that read it; a pass with a higher number never read
    earlier."""

    sku: str
    title: str
    version: int = 0
    product_id: int = 0
    slug: str = ""
    description: str = ""
    categories: tuple[Named, ...] = ()
    """From the root of the tree to the leaf."""
    household: Named = Named("", "")
    province: Named = Named("", "")
    commune: Named = Named("", "")
    former_places: tuple[str, ...] = ()
    """Names that buyers still use: the former commune, district and province."""
    unit: str = ""
    """What one price is for, as people say it: "kg", "túi (500 g)"."""
    sale_unit: str = ""
    pieces: int | None = None
    net_weight_g: int | None = None
    price: int = 0
    in_stock: bool = True
    harvest_months: tuple[int, ...] = ()
    ocop_stars: int = 0
    """Only of a certificate valid on the day of indexing; 0 without one."""
    certificates: tuple[str, ...] = ()
    """The kinds (``catalog.certificates.quality.QualityKind``) of those valid on the day of indexing."""
    properties: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """What else of the listing results can be narrowed by: property to its values (``catalog.properties``)."""
    rating: float | None = None
    rating_count: int = 0
    reliability: int = 0
    """Share of orders answered in time, 0 to 100, as the day of indexing began (``search.index.reliability``)."""
    published_at: datetime | None = None
    delivers_to: tuple[str, ...] = ()
    """Codes of the provinces it can be sent to, or only EVERYWHERE."""
    picture: dict[str, Any] | None = None
    """What the picture partial shows (``catalog.photos.picture.Picture``)."""

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON. Written out, because ``asdict`` copies deeply and costs more than the indexing itself."""
        plain = {name: getattr(self, name) for name in FIELDS}
        for key in ("household", "province", "commune"):
            plain[key] = plain[key].as_dict()
        plain["categories"] = [node.as_dict() for node in self.categories]
        plain["published_at"] = self.published_at.isoformat() if self.published_at else None
        return plain

    @classmethod
    def from_dict(cls, plain: dict[str, Any]) -> ListingDocument:
        known = dict(plain)
        for key in ("household", "province", "commune"):
            known[key] = Named(**plain[key])
        known["categories"] = tuple(Named(**node) for node in plain["categories"])
        for key in ("former_places", "harvest_months", "certificates", "delivers_to"):
            known[key] = tuple(plain[key])
        known["properties"] = {name: tuple(values) for name, values in plain["properties"].items()}
        if plain["published_at"]:
            known["published_at"] = datetime.fromisoformat(plain["published_at"])
        return cls(**known)


FIELDS = tuple(field.name for field in fields(ListingDocument))


@dataclass(frozen=True, slots=True, kw_only=True)
class Signpost:
    """A category, province, commune or household that a suggestion leads to."""

    kind: str
    key: str
    name: str
    slug: str = ""
    detail: str = ""
    """Shown small behind the name: the parent category, or the province of a commune."""
    other_names: tuple[str, ...] = ()
    version: int = 0
    """As ``ListingDocument.version``."""
    listings: int = 0
    """How many listings it leads to; the signpost with more is suggested first."""
