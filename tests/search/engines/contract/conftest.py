"""Each contract test runs once for each engine; the Elasticsearch half needs a server (`.ci/elasticsearch start`)."""

from __future__ import annotations

import os
import uuid

import pytest

from search.engines.elasticsearch_engine import ElasticsearchEngine
from search.engines.elasticsearch_index import ElasticsearchWriter
from search.engines.tantivy_engine import TantivyEngine
from search.engines.tantivy_index import TantivyWriter
from tests.search.listings import LISTINGS, SIGNPOSTS

ELASTICSEARCH_URL = os.environ.get("ELASTICSEARCH_URL", "")


@pytest.fixture(params=["tantivy", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def pair(request, tmp_path):
    """A reading and a writing side over one index that does not exist yet."""
    if request.param == "tantivy":
        yield TantivyEngine(tmp_path), TantivyWriter(tmp_path)
        return
    if not ELASTICSEARCH_URL:
        pytest.skip("needs a real Elasticsearch: .ci/elasticsearch start, then set ELASTICSEARCH_URL")
    alias = f"test-{uuid.uuid4().hex}"
    writer = ElasticsearchWriter(ELASTICSEARCH_URL, alias)
    yield ElasticsearchEngine(ELASTICSEARCH_URL, alias, without_time_budget=True), writer
    writer.drop()


@pytest.fixture
def engine(pair, writer):
    return pair[0]


@pytest.fixture
def writer(pair):
    """A writer over an index that holds the contents."""
    build = pair[1].start_build()
    build.write(LISTINGS)
    build.write_signposts(SIGNPOSTS)
    build.publish()
    return pair[1]
