"""What operators are told of the engines follows the engines, whoever noticed first."""

from __future__ import annotations

import pytest

from search.engines import health
from search.index import changes, outbox, tasks
from search.models import EngineHealth
from tests.search.false_servers import stopped_server


def states():
    return dict(EngineHealth.objects.values_list("engine", "is_down"))


def test_the_background_work_notices_an_outage_nobody_searched_in(settings, indexed, now):
    settings.SEARCH_ENGINES = ("elasticsearch", "tantivy")
    with stopped_server() as settings.ELASTICSEARCH_URL:
        tasks.look_after_engines()
    assert states() == {"elasticsearch": True}


def test_an_outage_noted_by_a_process_that_is_gone_ends_all_the_same(indexed, now):
    health.record_down("tantivy", now, "away")
    assert health.examine("tantivy", now)
    assert states() == {"tantivy": False}


def test_what_waited_is_written_when_the_engine_is_back(indexed, now, django_capture_on_commit_callbacks):
    health.record_down("tantivy", now, "away")
    changes.record_changes(product_ids=[indexed.pk], now=now)
    with django_capture_on_commit_callbacks(execute=True):
        tasks.look_after_engines()
    assert outbox.pending("tantivy").count() == 0


@pytest.mark.django_db
def test_an_outage_keeps_the_time_it_began(settings, now):
    health.record_down("tantivy", now, "away")
    assert not health.examine("tantivy", now.replace(hour=20))
    assert EngineHealth.objects.get().since == now
