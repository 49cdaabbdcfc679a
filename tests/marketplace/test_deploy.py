"""What docs/running.md and compose.yaml tell a reader to write is what the settings take."""

from __future__ import annotations

import re

import yaml
from django.conf import settings

from core import env
from marketplace.settings import databases
from tests.marketplace.test_production_settings import REAL, start

RUNNING = (settings.ROOT / "docs" / "running.md").read_text(encoding="utf-8")


def test_the_settings_of_the_running_page_start_production(tmp_path):
    [block] = re.findall(r"```\n(SECRET_KEY=.*?)```", RUNNING, re.DOTALL)
    written = dict(line.split("=", 1) for line in block.strip().splitlines())
    assert written.keys() <= env.names_in(settings.ROOT / ".env.example", commented=True)
    filled = {name: re.sub(r"<[^>]*>", REAL["SECRET_KEY"], value) for name, value in written.items()}
    done = start(tmp_path, **filled | {"VAR_DIR": str(tmp_path)})
    assert done.stdout.split() == ["False", "False", "cho.example.vn"], done.stderr


def test_files_that_the_running_page_names_are_there():
    named = set(re.findall(r"\b(?:deploy|marketplace|shop|docs|\.ci)/[\w./-]*\w", RUNNING)) - {"deploy/systemd"}
    assert named
    assert not [name for name in named if not (settings.ROOT / name).exists()]


def test_addresses_in_compose_are_those_of_its_services():
    text = (settings.ROOT / "compose.yaml").read_text(encoding="utf-8")
    services = yaml.safe_load(text)["services"]
    addresses = dict(re.findall(r"^#   ([A-Z_]+)=(\S+)$", text, re.MULTILINE))
    database = databases.from_url(addresses["DATABASE_URL"])
    wanted = services["postgres"]["environment"]
    assert (database["NAME"], database["USER"], database["PASSWORD"]) == (
        wanted["POSTGRES_DB"],
        wanted["POSTGRES_USER"],
        wanted["POSTGRES_PASSWORD"],
    )
    published = {port.rsplit(":", 1)[0] for service in services.values() for port in service["ports"]}
    assert {re.search(r"127\.0\.0\.1:\d+", address)[0] for address in addresses.values()} == published
