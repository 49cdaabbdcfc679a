"""What only Elasticsearch has: the alias, the mapping, the server's own refusals."""

from __future__ import annotations

import os
import uuid
from unittest import mock

import pytest

from search import checks
from search.engines import elasticsearch_documents
from search.engines.elasticsearch_engine import ElasticsearchEngine
from search.engines.elasticsearch_index import ElasticsearchWriter
from search.engines.port import SearchUnavailable
from tests.search.false_servers import stopped_server
from tests.search.listings import LISTINGS, everything

URL = os.environ.get("ELASTICSEARCH_URL", "")
pytestmark = [
    pytest.mark.elasticsearch,
    pytest.mark.skipif(not URL, reason="needs a real Elasticsearch (.ci/elasticsearch start) and ELASTICSEARCH_URL"),
]


@pytest.fixture
def alias():
    return f"test-{uuid.uuid4().hex}"


@pytest.fixture
def writer(alias):
    writer = ElasticsearchWriter(URL, alias)
    _publish(writer)
    yield writer
    writer.drop()


def _publish(writer):
    build = writer.start_build()
    build.write(LISTINGS)
    build.publish()
    return build


def test_the_switch_is_one_call_with_both_actions(writer):
    before = writer.start_build()._live()
    with mock.patch.object(type(writer.client.indices), "update_aliases", autospec=True) as switch:
        build = writer.start_build()
        build.publish()
    [call] = switch.call_args_list
    assert call.kwargs["actions"] == [
        {"remove": {"index": before[0], "alias": writer.alias}},
        {"add": {"index": build.index, "alias": writer.alias}},
    ]


def test_the_index_before_is_kept_and_older_ones_go(writer):
    builds = [_publish(writer).index for _ in range(3)]
    assert sorted(writer.client.indices.get(index=f"{writer.alias}-*")) == builds[-2:]
    assert list(writer.client.indices.get_alias(name=writer.alias)) == builds[-1:]


def test_an_index_made_by_other_code_is_noticed_and_mended_by_a_rebuild(writer, alias, monkeypatch, settings):
    engine = ElasticsearchEngine(URL, alias, without_time_budget=True)
    engine.search(everything())
    monkeypatch.setattr(elasticsearch_documents, "ANALYSIS", {"analyzer": {"spaces": {"tokenizer": "standard"}}})
    with pytest.raises(SearchUnavailable, match="reindex"):
        ElasticsearchEngine(URL, alias, without_time_budget=True).search(everything())
    _publish(writer)
    assert ElasticsearchEngine(URL, alias, without_time_budget=True).search(everything()).total == len(LISTINGS)


def test_the_check_warns_before_the_first_build_and_when_nobody_listens(settings, alias):
    settings.SEARCH_ENGINES = ("elasticsearch", "tantivy")
    settings.SEARCH_INDEX_PREFIX = alias
    settings.ELASTICSEARCH_URL = URL
    assert [warning.id for warning in checks.live_index_fits()] == ["search.W001"]
    with stopped_server() as settings.ELASTICSEARCH_URL:
        assert "does not serve" in checks.live_index_fits()[0].msg
    settings.SEARCH_ENGINES = ("tantivy",)
    assert checks.live_index_fits() == []


def test_nothing_is_written_where_no_index_was_built(alias):
    writer = ElasticsearchWriter(URL, alias)
    with pytest.raises(SearchUnavailable):
        writer.write(LISTINGS)
    assert not writer.client.indices.exists(index=alias)


def test_mapping_and_analyzers_use_what_every_server_has():
    """No plugin and no module beyond the core: only these types and filters appear."""
    mapping = elasticsearch_documents.expected_mapping()
    assert {field["type"] for field in mapping["properties"].values()} == {"text", "keyword", "long", "object"}
    filters = elasticsearch_documents.ANALYSIS["filter"].values()
    assert {part["type"] for part in filters} == {"length"}
