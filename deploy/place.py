"""Where a site keeps its data: writes libpq's service file for DATABASE_URL, and prints the folder of files.

For deploy/backup and deploy/restore: pg_dump and psql read the password from that file, so that it stands in no list of
processes. Run in the folder of the code: python deploy/place.py SERVICE-FILE
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from django.core.exceptions import ImproperlyConfigured

from core import env
from marketplace.settings import databases

ROOT = Path(__file__).resolve().parents[1]


def main(service_file: Path) -> None:
    env.load_file(ROOT / ".env")
    found = databases.from_url(env.secret("DATABASE_URL") or "-")
    if found["ENGINE"] != databases.POSTGRESQL:
        raise ImproperlyConfigured("DATABASE_URL names no server: copy the file of SQLite while nothing runs.")
    named = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    options = {key: found[name] for key, name in named.items() if found[name]} | found.get("OPTIONS", {})
    lines = [f"{key}={value}" for key, value in options.items()]
    service_file.write_text("\n".join(["[site]", *lines, ""]), encoding="utf-8")
    sys.stdout.write(env.text("VAR_DIR", str(ROOT / "var")) + "\n")


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]))
    except ImproperlyConfigured as error:
        sys.exit(f"Settings: {error}")
