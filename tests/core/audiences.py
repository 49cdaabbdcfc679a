"""Whom the routes of the project itself are for."""

from tests.doors import OPERATOR, PUBLIC, Door

DOORS = {
    "live": Door(PUBLIC),
    "ready": Door(PUBLIC),
    "metrics": Door(PUBLIC),  # from this machine, as the tests are; tests/marketplace/test_metrics.py tries others
    "periodic_work": Door(OPERATOR),
    "set_language": Door(PUBLIC, method="post", data={"language": "en"}),
}
