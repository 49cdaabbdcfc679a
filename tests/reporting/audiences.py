"""Whom the pages of figures are for; tests/reporting/test_access.py tries every area too."""

from datetime import timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from django.core.files.base import ContentFile
from django.utils import timezone

from reporting.models import ReportRun
from tests.doors import READING_OFFICERS, Audience, Door
from tests.sent import Sent, everybodys

READERS = Audience(
    "reader of figures", ("leader", "other_volunteer", *READING_OFFICERS, "operator"), sees_all=("operator",)
)
WHO_ASKED = Audience("who asked for the file", ("province_officer",))


def key_of(cast) -> dict[str, UUID]:
    return {"key": uuid5(NAMESPACE_URL, cast.province_officer.phone)}


def make_run(cast) -> None:
    now = timezone.now()
    run = ReportRun(
        **key_of(cast),
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
    "reporting:download": Door(WHO_ASKED, key_of, make_run),
}


def key_of_run(cast) -> str:
    make_run(cast)
    return str(key_of(cast)["key"])


SENT = {
    "*": everybodys("reporting/export_views.py hands all to its form, whose fields are declared here"),
    "key": Sent(
        "the form of a report, sent before",
        of=key_of_run,
        routes=("reporting:runs",),
        typed=lambda cast: {"bao_cao": "progress", "dinh_dang": "csv", "ky": "2026", "theo": "usual"},
    ),
    "area": everybodys("the field behind noi"),
    "noi": Sent(
        "the area of the figures",
        of=lambda cast: f"team-{cast.team.pk}",
        routes=("reporting:overview", "reporting:indicator", "reporting:proof", "reporting:runs"),
        typed=lambda cast: {"bao_cao": "progress", "dinh_dang": "csv", "ky": "2026", "theo": "usual"},
    ),
    "indicator": everybodys("the code of an indicator: a closed list"),
}
