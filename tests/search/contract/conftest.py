"""Each contract test runs once for each engine; the Elasticsearch half needs a server."""

from __future__ import annotations

import pytest

from search.engines.tantivy_engine import TantivyEngine
from search.engines.tantivy_index import TantivyWriter
from tests.search.shelf import SHELF, SIGNS


@pytest.fixture(params=["tantivy"])
def pair(request, tmp_path):
    """A reading and a writing side over one empty index."""
    return TantivyEngine(tmp_path), TantivyWriter(tmp_path)


@pytest.fixture
def engine(pair, writer):
    return pair[0]


@pytest.fixture
def writer(pair):
    """A writer over an index that holds the shelf."""
    build = pair[1].start_build()
    build.write(SHELF)
    build.write_signposts(SIGNS)
    build.publish()
    return pair[1]
