"""Listings for search measurements: as many as asked for, always the same ones, with the words of a real market."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from search.engines.documents import EVERYWHERE, ListingDocument, Named, Signpost

KINDS = {
    "Trái cây": """vải thiều|sầu riêng Ri6|xoài cát Hòa Lộc|thanh long ruột đỏ|bưởi da xanh|cam sành|chôm chôm|na dai|
        mít Thái|ổi nữ hoàng|chuối tiêu|dứa mật""",
    "Trà và cà phê": """chè Tân Cương|chè nõn tôm|trà sen|cà phê Robusta|cà phê Arabica|trà ô long|chè shan tuyết|
        trà hoa cúc""",
    "Gạo và ngũ cốc": "gạo ST25|gạo nếp cái hoa vàng|gạo lứt đỏ|ngô nếp|đậu xanh|lạc đỏ|vừng đen|khoai lang mật",
    "Rau củ": "rau cải ngọt|mướp đắng|bí đỏ|cà rốt|củ riềng|củ gừng|rau ngót|su su|măng khô|nấm hương khô",
    "Thịt và thủy sản": """thịt lợn gác bếp|gà đồi|cá kho làng Vũ Đại|tôm khô|mắm tôm|nước mắm Cát Hải|ruốc cá hồi|
        trứng gà ta""",
    "Mật và gia vị": "mật ong hoa nhãn|mật ong rừng|hạt tiêu đen|tỏi đen|ớt bột|quế chi|đường phên|tinh bột nghệ",
}
NAMES = [(kind, name.strip()) for kind, names in KINDS.items() for name in names.split("|")]


def _split(names: str) -> list[str]:
    return [name.strip() for name in names.split("|")]


PLACES = _split(
    """Thái Nguyên|Bắc Ninh|Lào Cai|Sơn La|Hưng Yên|Nghệ An|Đắk Lắk|Lâm Đồng|Đồng Nai|Tây Ninh|Đồng Tháp|Cần Thơ"""
)
TRAITS = _split("loại một|đặc biệt|nhà trồng|VietGAP|hữu cơ|mới thu hoạch|sấy khô|thượng hạng|chọn lọc|quà biếu")
UNITS = (("kg", 1000), ("túi (500 g)", 500), ("hộp (250 g)", 250), ("thùng (5 kg)", 5000))
WORDS = _split(
    """được|chăm|bón|bằng|phân|hữu|cơ|thu|hái|vào|sáng|sớm|đóng|gói|tại|nhà|giữ|nguyên|hương|vị|quê|hương|giao|hàng|
    trong|ngày"""
)
NOW = datetime(2026, 10, 14, 2, tzinfo=UTC)
SELLERS_SHARE = 0.25
"""Households for each listing; a few of them hold very many."""

QUERIES = _split(
    "chè tân cương|che tan cuong|sau rieng|sầu riêng ri6|vai thieu|gao st25|gạo nếp|mat ong|mật ong rừng|ca phe|"
    "cà phê arabica|rau cai|cu gung|thit lon|nuoc mam|tôm khô|hạt tiêu|trung ga|xoai cat|thanh long|buoi|gạo 5kg|"
    "trà sen|chè thái nguyên|cam|na dai|khoai lang|nam huong|tinh bot nghe|heo gac bep"
)
PREFIXES = _split("c|ch|chè|che t|s|sau|sau r|sầu ri|g|gao s|m|mat o|v|vai th|t|tra s|ca p|nuoc m|h|hat t")


def sellers(count: int) -> int:
    """How many households this many listings have."""
    return max(10, int(count * SELLERS_SHARE))


def signposts(count: int) -> Iterator[Signpost]:
    """The categories and provinces that lead to this many listings."""
    for number, (kind, name) in enumerate(NAMES):
        key = f"{list(KINDS).index(kind)}-{number}"
        yield Signpost(kind="category", key=key, name=name, detail=kind, listings=count // len(NAMES))
    for number, name in enumerate(PLACES):
        yield Signpost(kind="province", key=f"{number:02}", name=name, listings=count // len(PLACES))


def listings(count: int) -> Iterator[ListingDocument]:
    chance = random.Random(20_261_014)
    households = sellers(count)
    for number in range(count):
        yield _listing(number, chance, households)


def _listing(number: int, chance: random.Random, households: int) -> ListingDocument:
    kind, name = chance.choice(NAMES)
    place = chance.randrange(len(PLACES))
    seller = int(households * chance.random() ** 3)  # a few households hold many listings
    unit, grams = chance.choice(UNITS)
    branch = list(KINDS).index(kind)
    return ListingDocument(
        sku=str(number + 1),
        product_id=number + 1,
        version=1,
        title=f"{name[:1].upper()}{name[1:]} {chance.choice(TRAITS)} {PLACES[place]}",
        slug=f"hang-{number}",
        description=" ".join(chance.choices(WORDS, k=40)),
        categories=(Named(f"{branch}", kind), Named(f"{branch}-{NAMES.index((kind, name))}", name)),
        household=Named(f"HN-{seller}", f"Hộ {chance.choice(PLACES)} {seller}", f"ho-{seller}"),
        province=Named(f"{place:02}", PLACES[place], f"tinh-{place}"),
        commune=Named(f"{place:02}{seller % 100:03}", f"Xã số {seller % 100}", ""),
        former_places=(f"Huyện cũ {seller % 30}",),
        unit=unit,
        sale_unit="bag",
        net_weight_g=grams,
        price=chance.randrange(10, 900) * 1000,
        in_stock=chance.random() < 0.85,
        harvest_months=tuple(sorted(chance.sample(range(1, 13), 3))),
        ocop_stars=chance.choice((0, 0, 0, 0, 3, 4, 5)),
        reliability=chance.randrange(40, 101),
        published_at=NOW - timedelta(minutes=chance.randrange(60 * 24 * 700)),
        delivers_to=(EVERYWHERE,),
    )
