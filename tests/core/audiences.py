"""Whom the routes of the project itself are for."""

from tests.doors import PUBLIC, Door

DOORS = {
    "live": Door(PUBLIC),
    "ready": Door(PUBLIC),
    "set_language": Door(PUBLIC, method="post", data={"language": "en"}),
}
