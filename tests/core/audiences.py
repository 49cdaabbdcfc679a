"""Whom the routes of the project itself are for."""

from tests.doors import OPERATOR, PUBLIC, Door

DOORS = {
    "live": Door(PUBLIC),
    "ready": Door(PUBLIC),
    "periodic_work": Door(OPERATOR),
    "set_language": Door(PUBLIC, method="post", data={"language": "en"}),
}
