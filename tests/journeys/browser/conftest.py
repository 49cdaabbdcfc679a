"""A real server, started as `make run` starts it, and a real Chromium as wide as a cheap phone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.serving import environment_of, serving

PHONE = {"width": 360, "height": 740}


def pytest_collection_modifyitems(items):
    if os.environ.get("RUN_BROWSER") == "1":
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason="needs Chromium: set RUN_BROWSER=1"))


@pytest.fixture(scope="session")
def server(tmp_path_factory) -> Iterator[str]:
    """The address of a marketplace of its own, with the demo province loaded; or of one that runs (MARKETPLACE)."""
    if running := os.environ.get("MARKETPLACE"):
        yield running
        return
    with serving(environment_of(tmp_path_factory.mktemp("var"))) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
            ],
        )
        yield browser
        browser.close()


@pytest.fixture
def screenshots(tmp_path) -> Path:
    folder = Path(os.environ.get("SCREENSHOTS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    return folder
