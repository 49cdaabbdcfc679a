"""Whom the pages of figures are for; tests/reporting/test_access.py tries every area too."""

from datetime import timedelta
from uuid import UUID

from django.core.files.base import ContentFile
from django.utils import timezone

from reporting.models import ReportRun
from tests.doors import Audience, Door

KEY = UUID("0191d2a6-0000-7000-8000-000000000001")
READERS = Audience(
    "reader of figures",
    ("leader", "commune_officer", "province_officer", "operator"),
    ("head", "volunteer", "buyer", "stranger"),
)
WHO_ASKED = Audience(
    "who asked for the file",
    ("province_officer",),
    ("head", "volunteer", "buyer", "stranger"),
    ("leader", "commune_officer", "other_province_officer", "operator"),
)


def make_run(cast) -> None:
    now = timezone.now()
    run = ReportRun(
        key=KEY,
        report="progress",
        requested_by=cast.province_officer,
        requested_at=now,
        area=f"province-{cast.province.pk}",
        period="2026",
        as_of=now,
        window_days=90,
        format="csv",
        status="done",
        expires_at=now + timedelta(days=1),
    )
    run.file.save("progress.csv", ContentFile(b"a;b"))


DOORS = {
    "reporting:overview": Door(READERS),
    "reporting:indicator": Door(READERS, lambda cast: {"code": "accounts"}),
    "reporting:proof": Door(READERS, lambda cast: {"code": "accounts"}),
    "reporting:runs": Door(READERS),
    "reporting:download": Door(WHO_ASKED, lambda cast: {"key": KEY}, make_run),
}
