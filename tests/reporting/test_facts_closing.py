"""Days that are over stand in files that never change, and the figures over them are those of the database."""

from __future__ import annotations

import hashlib
import json
import shutil
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path
from random import Random

import duckdb
import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from core.append_only import AppendOnlyError
from core.periods import VIETNAM, parse_period
from households.models import DigitalTeam
from households.services import record_act
from reporting.facts import closing
from reporting.facts.closing import MANIFEST, BadClosedFacts, close_days, closed_and_open, closed_files, folder_of
from reporting.facts.definitions import Part
from reporting.facts.engines import ENGINES
from reporting.facts.figures import FactSource, FigureQuestion, compute
from reporting.facts.live import LiveFacts, LiveUnits
from reporting.facts.shape import moment
from reporting.models import ClosedDay
from reporting.tasks import close_facts
from tests.reporting.events import act, order, part
from tests.reporting.test_facts_live import AS_OF, write_live_history

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def root(settings, tmp_path) -> Path:
    settings.FACTS_ROOT = tmp_path / "facts"
    return settings.FACTS_ROOT


@pytest.fixture
def history(cast, now):
    """An account of 14 September 2026, an act and a sale of the next days; the day after the last of them."""
    act(cast.household, now, known=now + 2 * DAY)
    part(order(now), cast.household, 70_000, new=now, accepted=now + DAY)
    return now + 3 * DAY


def question(on: date, **more: object) -> FigureQuestion:
    given = {"area": "country", "on": on, "period": parse_period("2026"), "as_of": AS_OF, "by": Part.COMMUNE}
    return FigureQuestion(**(given | more))


def figures(source: FactSource, asked: FigureQuestion, engine: str = "duckdb"):
    with ENGINES[engine]() as opened:
        return compute(opened, source, asked)


def over_rows() -> FactSource:
    return FactSource(LiveFacts(), LiveUnits(), is_in_order=True)


@pytest.mark.parametrize("seed", range(2))
def test_figures_over_closed_and_open_days_are_those_over_the_rows(seed):
    write_live_history(Random(seed))
    closed = close_days(now=datetime(2026, 3, 1, 12, tzinfo=VIETNAM))
    assert closed[-1].day == date(2026, 2, 28)
    assert [row.day for row in closed] == [closed[0].day + number * DAY for number in range(len(closed))]
    source = closed_and_open()
    in_files, still_open = sum(row.fact_count for row in closed), len(list(source.facts))
    assert in_files + still_open == len(list(LiveFacts()))
    assert min(in_files, still_open) > 5
    for asked in (question(AS_OF.date()), question(AS_OF.date(), period=parse_period("2026-Q2"), by=Part.TEAM)):
        expected = figures(over_rows(), asked, "database")
        assert sum(figure.value > 0 for figure in expected) >= 3
        for engine in ENGINES:
            assert figures(source, asked, engine) == expected


def test_day_is_closed_an_hour_after_nothing_of_it_can_be_taken_back(history, now, settings):
    settings.TAKE_BACK_MINUTES = 30
    first = datetime(2026, 9, 14, tzinfo=VIETNAM)
    over = first + DAY + timedelta(minutes=90)
    assert close_days(now=over - timedelta(microseconds=1)) == []
    assert [row.day for row in close_days(now=over)] == [first.date()]
    assert close_days(now=over) == []
    assert close_days(now=over - 30 * DAY) == []  # a clock that was set back


def test_file_holds_what_was_learned_on_its_day_by_province_in_an_open_format(history, cast, now):
    close_days(now=history)
    assert folder_of((now + 2 * DAY).date()).parts[-1] == "2026-10-16"
    learned = folder_of((now + 2 * DAY).date()) / f"{cast.province.pk}.parquet"
    rows = duckdb.execute(
        f"SELECT household, kind, epoch_us(happened_at), epoch_us(learned_at), is_former, commune_code, value, ref "
        f"FROM '{learned}'"
    ).fetchall()
    expected = (cast.household.code, "searched", moment(now), moment(now + 2 * DAY), False, cast.commune.pk, 0, "")
    assert rows == [expected]
    assert list(closed_and_open().facts) == []  # nothing was learned since
    manifest = json.loads((learned.parent / MANIFEST).read_text())
    (file,) = manifest["files"]
    assert (file["name"], file["facts"], file["bytes"]) == (learned.name, 1, learned.stat().st_size)
    assert file["sha256"] == hashlib.sha256(learned.read_bytes()).hexdigest()
    before = (folder_of((now + DAY).date()) / MANIFEST).read_bytes()
    assert manifest["previous"] == hashlib.sha256(before).hexdigest()


def test_what_is_learned_late_goes_into_a_later_file_with_both_its_dates(history, cast, now):
    close_days(now=history)
    kept = {path: path.read_bytes() for path in closed_files()}
    # A transaction that began on the last closed day, and is committed only now.
    late = now + 2 * DAY
    record_act(household=cast.household, kind="exchange", happened_at=now, key="late", now=late)
    (row,) = close_days(now=history + DAY)
    assert (row.day, row.fact_count) == ((now + 3 * DAY).date(), 1)
    (path,) = set(closed_files()) - set(kept)
    shown = duckdb.execute(f"SELECT kind, epoch_us(happened_at), epoch_us(learned_at) FROM '{path}'").fetchall()
    assert shown == [("exchanged", moment(now), moment(late))]
    assert {path: path.read_bytes() for path in kept} == kept
    assert close_days(now=history + 3 * DAY)[-1].fact_count == 0


def test_closed_fact_keeps_the_name_that_its_team_had(history, cast):
    cast.household.opened_by_team = cast.team
    cast.household.save()
    close_days(now=history)
    DigitalTeam.objects.filter(pk=cast.team.pk).update(name="Tổ đã đổi tên")
    asked = question(AS_OF.date(), by=Part.TEAM)
    assert figures(closed_and_open(), asked)[0].parts[cast.team.name] == 1


def damage_byte(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (damage_byte, "was changed after the day was closed"),
        (lambda path: path.write_bytes(path.read_bytes()[:-1]), "bytes instead of"),
        (lambda path: path.unlink(), "is missing"),
        (lambda path: (path.parent / MANIFEST).unlink(), "manifest of 2026-10-16 cannot be read"),
        (lambda path: damage_byte(path.parent / MANIFEST), "manifest of 2026-10-16 is not the one"),
        (lambda path: shutil.rmtree(path.parent), "manifest of 2026-10-16 cannot be read"),
    ],
    ids=["byte", "cut", "missing", "manifest missing", "manifest", "day missing"],
)
def test_file_that_is_not_as_it_was_closed_is_named_and_gives_no_figure(history, cast, now, tmp_path, damage, words):
    close_days(now=history)
    damage(folder_of((now + 2 * DAY).date()) / f"{cast.province.pk}.parquet")
    with pytest.raises(BadClosedFacts, match=words):
        closed_and_open()
    for command in (["verify_facts"], ["figures", "--area", "country", "--period", "2026", "--json", tmp_path / "out"]):
        with pytest.raises(CommandError, match=words):
            call_command(*map(str, command))
    assert not (tmp_path / "out").exists()


def test_manifests_that_were_written_anew_do_not_follow_what_the_database_keeps(history, cast, now):
    close_days(now=history)
    folder = folder_of((now + DAY).date())
    manifest = json.loads((folder / MANIFEST).read_text())
    manifest["files"] = []
    (folder / MANIFEST).write_text(json.dumps(manifest))
    with pytest.raises(BadClosedFacts, match="manifest of 2026-10-15 is not the one"):
        list(closed_files())


def test_closed_day_is_never_changed(history):
    row = close_days(now=history)[0]
    with pytest.raises(AppendOnlyError):
        row.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        ClosedDay.objects.create(day=row.day, closed_at=history, fact_count=0, previous_sha256="", manifest_sha256="x")


def test_worker_that_died_leaves_nothing_that_counts(history, monkeypatch, root):
    def die(*_args: object) -> None:
        raise OSError("no room")

    with monkeypatch.context() as broken:
        broken.setattr(closing.os, "replace", die)
        with pytest.raises(OSError, match="no room"):
            close_days(now=history)
    assert not ClosedDay.objects.exists()
    assert list(root.iterdir()) == []
    # One that died between the folder's place and the commit left a folder without a row.
    left = folder_of(date(2026, 9, 14))
    left.mkdir()
    (left / "19.parquet").write_bytes(b"half")
    close_days(now=history)
    assert (left / MANIFEST).exists()
    list(closed_files())


def test_second_worker_leaves_the_day_to_the_first(history, monkeypatch):
    write = closing._write_files

    def first_is_faster(*given: object):
        if not ClosedDay.objects.exists():
            monkeypatch.setattr(closing, "_write_files", write)
            assert close_days(now=history)
        return write(*given)

    monkeypatch.setattr(closing, "_write_files", first_is_faster)
    assert close_days(now=history) == []
    assert list(closed_files())


def test_task_closes_and_command_verifies_what_was_closed(history, cast, now):
    with time_machine.travel(history, tick=False):
        close_facts()
    said = StringIO()
    call_command("verify_facts", stdout=said)
    last = ClosedDay.objects.order_by("day").last()
    assert f"{ClosedDay.objects.count()} days to {last.day}" in said.getvalue()
    assert last.manifest_sha256 in said.getvalue()
    # A fact that was written into a closed day long afterwards, as by a clock that was set back, is said.
    record_act(household=cast.household, kind="exchange", happened_at=now, key="back", now=now)
    with pytest.raises(CommandError, match="1 fact of the closed days is in no file"):
        call_command("verify_facts")


def test_database_without_facts_has_nothing_to_close(db, now):
    assert close_days(now=now) == []
    assert list(closed_and_open().facts) == []
