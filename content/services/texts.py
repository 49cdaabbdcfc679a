"""The pages that come with the project, as files in ``content/data``: a title, a summary and a body of blocks."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parents[1] / "data"


def home_text() -> dict[str, Any]:
    return _fields(DATA / "trang-chu.toml")


def branches() -> list[dict[str, Any]]:
    branches: list[dict[str, Any]] = tomllib.loads((DATA / "nhanh.toml").read_text(encoding="utf-8"))["branch"]
    return branches


def texts_of(branch: str) -> list[dict[str, Any]]:
    """The pages below a branch, in their order, each with its ``slug``."""
    texts = [{"slug": path.stem} | _fields(path) for path in (DATA / branch).glob("*.toml")]
    return sorted(texts, key=lambda text: text.pop("order"))


def _fields(path: Path) -> dict[str, Any]:
    """Stream fields take their blocks as JSON."""
    fields = tomllib.loads(path.read_text(encoding="utf-8"))
    return {name: json.dumps(value) if name.startswith("body") else value for name, value in fields.items()}
