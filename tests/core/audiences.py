"""Whom the routes of the project itself are for."""

from tests.doors import OPERATOR, PUBLIC, Door
from tests.sent import everybodys

DOORS = {
    "live": Door(PUBLIC),
    "ready": Door(PUBLIC),
    "metrics": Door(PUBLIC),  # from this machine, as the tests are; tests/marketplace/test_metrics.py tries others
    "favicon": Door(PUBLIC, untried="a redirect to a file"),
    "manifest": Door(PUBLIC),
    "periodic_work": Door(OPERATOR),
    "set_language": Door(PUBLIC, method="post", data={"language": "en"}),
}

SENT = {
    "page": everybodys("the number of a page of a list"),
    "page2": everybodys("the number of a page of a page's second list"),
    "next": everybodys("an address of this site, which asks again who may open it"),
    "TOKEN_FIELD": everybodys("core/csrf.py asks whether a form token was sent, and leaves the checking to Django"),
    "*": everybodys("core/uploads.py reads a body that cannot be read on, to say so"),
}
