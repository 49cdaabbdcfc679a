"""Where a person works, as what, and what needs them now: upper apps add entries in AppConfig.ready, this app shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import User


@dataclass(frozen=True)
class Workspace:
    """``label`` is a lazy translation, ``url_name`` takes no arguments, ``is_open_to`` asks who may enter.

    ``is_start``: work begins there, so that the lists that several workspaces share lead back to it.
    """

    label: Any
    url_name: str
    is_open_to: Callable[[User, datetime], bool]
    is_start: bool = False


@dataclass(frozen=True)
class Notice:
    """Something that is wrong now, in words, with the address of the page that says more."""

    words: str
    url: str


@dataclass(frozen=True)
class AccountSection:
    """A part at the head of the account page: ``template`` shows what ``read`` finds, where it finds something."""

    template: str
    read: Callable[[User, datetime], Any]


_sections: list[AccountSection] = []
_workspaces: list[Workspace] = []
_role_readers: list[Callable[[User, datetime], Iterable[Any]]] = []
_notice_readers: list[Callable[[User, datetime], Iterable[Notice]]] = []


def register(label: Any, url_name: str, predicate: Callable[[User, datetime], bool], *, is_start: bool = False) -> None:
    """Add one workspace to everybody's account page who may enter it."""
    _workspaces.append(Workspace(label, url_name, predicate, is_start))


def register_roles(reader: Callable[[User, datetime], Iterable[Any]]) -> None:
    """Add a reader that says in words what a person is now, such as "team leader, Tổ Hồng Thái"."""
    _role_readers.append(reader)


def register_notices(reader: Callable[[User, datetime], Iterable[Notice]]) -> None:
    """Add a reader that says what a person should know before anything else on the account page."""
    _notice_readers.append(reader)


def register_section(template: str, read: Callable[[User, datetime], Any]) -> None:
    """Add a part with which the account page begins, such as the latest orders."""
    _sections.append(AccountSection(template, read))


def sections_for(user: User, now: datetime) -> list[tuple[str, Any]]:
    """The template of each section that has something for this person, with what it shows."""
    return [(section.template, found) for section in _sections if (found := section.read(user, now))]


def workspaces_for(user: User, now: datetime) -> list[Workspace]:
    return [workspace for workspace in _workspaces if workspace.is_open_to(user, now)]


def starts_for(user: User, now: datetime) -> list[Workspace]:
    """Where the person's work begins: of the household, of the team, of both."""
    return [workspace for workspace in _workspaces if workspace.is_start and workspace.is_open_to(user, now)]


def roles_of(user: User, now: datetime) -> list[str]:
    return [str(words) for reader in _role_readers for words in reader(user, now)]


def notices_for(user: User, now: datetime) -> list[Notice]:
    return [notice for reader in _notice_readers for notice in reader(user, now)]
