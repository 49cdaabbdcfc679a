"""Whom the routes of pages are for."""

from content.services import build_site
from tests.cast import Cast
from tests.doors import PUBLIC, Door
from tests.sent import WORDS


def with_pages(cast: Cast) -> None:
    build_site(now=cast.household.opened_at)


DOORS = {
    "wagtail_serve": Door(PUBLIC, lambda cast: {"path": "huong-dan/"}, with_pages),
    "wagtailcore_login": Door(PUBLIC, untried="leads to the sign-in page"),
    "wagtaildocs_serve": Door(PUBLIC, untried="a document that an editor has put there"),
    "wagtaildocs_authenticate_with_password": Door(PUBLIC, untried="no collection asks for a password"),
}

SENT = {"q": WORDS}
