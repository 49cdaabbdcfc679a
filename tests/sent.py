"""What visitors send beside an address: tests/<app>/audiences.py declares SENT, tests/architecture tries it.

A name that the code reads from a query or a body, or a field of a form that may name a row, must be declared.
``WORDS`` names nothing; ``everybodys`` says why anybody may name it; anything else says what of the other side is
tried, and where.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from allauth.account.fields import PasswordField
from django import forms
from django.apps import apps
from django.db.models import Model

import tests
from accounts.models import User
from catalog.fields import DongField, TypedNumberField
from tests.cast import Cast
from tests.doors import routes

Row = tuple[str, Any]


@dataclass(frozen=True)
class Sent:
    """``of(cast)`` names something of ``cast``'s own side; the routes are tried with that of the other.

    ``typed(cast)`` is all else that the form needs, so that the request reaches what reads the name.
    """

    names: str
    of: Callable[[Cast], Any] | None = None
    routes: tuple[str, ...] = ()
    typed: Callable[[Cast], dict[str, Any]] = lambda cast: {}


WORDS = Sent("words, or one of a closed list")


def everybodys(why: str) -> Sent:
    return Sent(why)


def declared_sent() -> dict[tuple[str, str], Sent]:
    """Every app's SENT, by (app, name)."""
    found: dict[tuple[str, str], Sent] = {}
    for package in pkgutil.iter_modules(tests.__path__, "tests."):
        if package.ispkg and importlib.util.find_spec(f"{package.name}.audiences"):
            module = importlib.import_module(f"{package.name}.audiences")
            app = package.name.removeprefix("tests.")
            found |= {(app, name): sent for name, sent in getattr(module, "SENT", {}).items()}
    return found


def read_names(tree: ast.AST) -> Iterator[str]:
    """The names that the code reads from ``….GET`` and ``….POST``: ``get``, ``getlist``, ``[…]`` and ``in``.

    Forms declare their own names. All that was sent, handed on in any other way, is read where nobody sees it: ``*``.
    """
    seen: set[ast.AST] = set()
    for node in ast.walk(tree):
        key: ast.AST | None = None
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _is_sent(node.func.value):
            key, sent = (node.args[0] if node.args else None), [node.func.value]
        elif isinstance(node, ast.Subscript) and _is_sent(node.value):
            key, sent = node.slice, [node.value]
        elif isinstance(node, ast.Compare) and any(_is_sent(right) for right in node.comparators):
            key, sent = node.left, node.comparators
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("Form"):
            sent = [part for part in ast.walk(node) if _is_sent(part)]
        else:
            continue
        seen.update(sent)
        if key is not None:
            yield key.value if isinstance(key, ast.Constant) else ast.unparse(key)
    if any(_is_sent(node) and node not in seen for node in ast.walk(tree)):
        yield "*"


def _is_sent(node: ast.AST) -> bool:
    """``request.GET``, ``self.request.POST``."""
    return isinstance(node, ast.Attribute) and node.attr in ("GET", "POST")


PLAIN = (
    DongField,
    TypedNumberField,
    PasswordField,
    forms.BooleanField,
    forms.DateField,
    forms.DecimalField,
    forms.EmailField,
    forms.FileField,
    forms.FloatField,
)


def may_name_a_row(name: str, field: forms.Field) -> bool:
    """Whether what is typed there could be the key of something: hidden, a row to choose, or named as keys are."""
    if isinstance(field, forms.ModelChoiceField | forms.UUIDField) or field.widget.is_hidden:
        return True
    if isinstance(field, forms.ChoiceField):
        return not field.choices  # filled in when the form is made; else a closed list of the code
    if isinstance(field, PLAIN):
        return False
    if type(field) is forms.IntegerField or type(field) is forms.CharField:
        return name in names_of_rows()
    return True


def names_of_rows() -> set[str]:
    """Every name by which an address names something, and every model's own."""
    converters: set[str] = set()
    for _name, pattern in routes():
        converters |= {piece.split(">")[0].split(":")[-1] for piece in pattern.split("<")[1:]}
    models = {model._meta.model_name for model in apps.get_models()}
    return {*converters, *models, "area", "id", "pk"} - {"path", "slug", "url"}


def form_classes(package: str) -> Iterator[type[forms.BaseForm]]:
    """The forms that the package defines, in modules that its routes load."""
    _loaded = list(routes())
    waiting: list[type] = [forms.BaseForm]
    while waiting:
        for form in waiting.pop().__subclasses__():
            waiting.append(form)
            if form.__module__.split(".")[0] == package and "tests" not in form.__module__:
                yield form


def belongings(side: Cast) -> dict[Row, dict[str, Any]]:
    """Every row that hangs on the household, the team or the people of ``side``, with what it holds."""
    roots: list[Model] = [side.household, side.team, side.mandate]
    people: list[User] = [side.head, side.volunteer, side.leader, side.buyer, side.province_officer]
    held: dict[Row, dict[str, Any]] = {}
    reached = {(row._meta.label, row.pk) for row in [*roots, *people]}
    fresh = set(reached)
    rows = {model: list(model._default_manager.values()) for model in apps.get_models() if model._meta.managed}
    while fresh:
        before = fresh
        fresh = set()
        for model, values in rows.items():
            keys = [(f.attname, f.remote_field.model._meta.label) for f in model._meta.fields if f.remote_field]
            for value in values:
                own = (model._meta.label, value[model._meta.pk.attname])
                if own not in reached and any((label, value[name]) in before for name, label in keys):
                    fresh.add(own)
        reached |= fresh
    for model, values in rows.items():
        for value in values:
            own = (model._meta.label, value[model._meta.pk.attname])
            if own in reached and model._meta.app_label not in ("sessions", "admin"):
                held[own] = {name: text for name, text in value.items() if name != "last_login"}
    return held
