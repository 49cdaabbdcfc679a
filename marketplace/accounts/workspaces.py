"""Where a person works and as what: upper apps add their entries in AppConfig.ready, this app shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marketplace.accounts.models import User


@dataclass(frozen=True)
class Workspace:
    """``label`` is a lazy translation, ``url_name`` takes no arguments, ``is_open_to`` asks who may enter."""

    label: Any
    url_name: str
    is_open_to: Callable[[User, datetime], bool]


_workspaces: list[Workspace] = []
_role_readers: list[Callable[[User, datetime], Iterable[Any]]] = []


def register(label: Any, url_name: str, predicate: Callable[[User, datetime], bool]) -> None:
    """Add one workspace to everybody's account page who may enter it."""
    _workspaces.append(Workspace(label, url_name, predicate))


def register_roles(reader: Callable[[User, datetime], Iterable[Any]]) -> None:
    """Add a reader that says in words what a person is now, such as "team leader, Tổ Hồng Thái"."""
    _role_readers.append(reader)


def workspaces_for(user: User, now: datetime) -> list[Workspace]:
    return [workspace for workspace in _workspaces if workspace.is_open_to(user, now)]


def roles_of(user: User, now: datetime) -> list[str]:
    return [str(words) for reader in _role_readers for words in reader(user, now)]
