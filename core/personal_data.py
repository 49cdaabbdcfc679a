"""Masking: what a reader sees of a person who is not theirs to see."""

from __future__ import annotations


def mask_phone(phone: str) -> str:
    """ "+84912345678" as "091•••••678"."""
    local = "0" + phone.removeprefix("+84") if phone.startswith("+84") else phone
    return f"{local[:3]}{'•' * max(len(local) - 6, 0)}{local[-3:]}" if len(local) > 6 else "•" * len(local)


def mask_name(full_name: str) -> str:
    """ "Nguyễn Thị Hoa" as "N. T. Hoa": the given name comes last and stays."""
    *rest, given = full_name.split() or [""]
    return " ".join([*(f"{part[0]}." for part in rest), given])
