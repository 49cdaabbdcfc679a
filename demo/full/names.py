"""Names of made-up people, and phone numbers from ranges that the demo keeps to itself."""

from __future__ import annotations

import random

FAMILY = (
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Huỳnh",
    "Phan",
    "Vũ",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Điểu",
)
MIDDLE = ("Văn", "Thị", "Hữu", "Minh", "Ngọc", "Thanh", "Đức", "Thu", "Quốc", "Kim", "Xuân", "Hồng")
GIVEN = (
    "An", "Bình", "Châu", "Dũng", "Duyên", "Giang", "Hà", "Hạnh", "Hòa", "Hùng", "Hương", "Khoa", "Lan", "Linh", "Long",
    "Mai", "Nam", "Nga", "Phúc", "Phương", "Quang", "Sơn", "Tâm", "Thảo", "Thủy", "Trung", "Tuấn", "Vân", "Yến",
)  # fmt: skip
STOREFRONTS = ("Vườn nhà", "Nông sản nhà", "Trại nhà", "Nhà vườn")


def person(chance: random.Random) -> str:
    return f"{chance.choice(FAMILY)} {chance.choice(MIDDLE)} {chance.choice(GIVEN)}"


def storefront(head: str, chance: random.Random) -> str:
    return f"{chance.choice(STOREFRONTS)} {' '.join(head.split()[-2:])}"


def household_phone(number: int) -> str:
    return f"+84592{number:06}"


def member_phone(number: int) -> str:
    return f"+84593{number:06}"


def buyer_phone(number: int) -> str:
    return f"+84598{number:06}"
