"""Every mutant of a Python file: the file with one change that its tests should notice.

The changes are mutmut's (an operator swapped, an argument dropped, a value replaced by None), and four that it does not
make: a decorator dropped, a call dropped, a condition negated, a filter or lock dropped from a queryset. Only what
stands inside functions is changed, decorators included; mutmut itself leaves out every function that has a decorator.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators, operator_string

TRANSLATORS = frozenset({"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"})
# These change what a name is, not what is done: dropping one breaks every caller.
KEPT_DECORATORS = frozenset({"property", "cached_property", "staticmethod", "classmethod", "overload", "override"})
NARROWING_METHODS = frozenset({"filter", "exclude", "select_for_update", "distinct", "order_by"})


@dataclass(frozen=True, slots=True)
class Mutant:
    """``lines`` are those of the statement that is changed, by which the tests that run it are found."""

    path: str
    lines: range
    module: cst.Module
    old: cst.CSTNode
    new: cst.CSTNode | None

    def text(self) -> str:
        module = self.module
        changed = module.deep_remove(self.old) if self.new is None else module.deep_replace(self.old, self.new)
        return cst.ensure_type(changed, cst.Module).code

    def compiles(self) -> bool:
        try:
            compile(self.text(), self.path, "exec")
        except (SyntaxError, cst.CSTValidationError):
            return False
        return True

    def diff(self) -> str:
        before, after = self.module.code.splitlines(), self.text().splitlines()
        return "\n".join(difflib.unified_diff(before, after, self.path, self.path, n=2, lineterm=""))


def mutants_of(path: str, text: str) -> list[Mutant]:
    """All mutants of a file, in the order of its text; some may not compile."""
    wrapper = MetadataWrapper(cst.parse_module(text))
    collector = _Collector(path, wrapper.module)
    wrapper.visit(collector)
    return collector.mutants


class _Collector(cst.CSTVisitor):
    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self, path: str, module: cst.Module) -> None:
        self.path, self.module = path, module
        self.mutants: list[Mutant] = []
        self.statements: list[tuple[cst.CSTNode, range]] = []
        self.functions = 0

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.FunctionDef):
            self.functions += 1
        if isinstance(node, cst.BaseStatement):
            self.statements.append((node, self._lines(node)))
        if isinstance(node, cst.Annotation) or _only_says_something(node):
            return False
        if self.functions:
            changes = dict.fromkeys(changes_of(node))
            self.mutants += [Mutant(self.path, self.statements[-1][1], self.module, node, new) for new in changes]
        return True

    def on_leave(self, node: cst.CSTNode) -> None:
        if isinstance(node, cst.FunctionDef):
            self.functions -= 1
        if isinstance(node, cst.BaseStatement):
            self.statements.pop()

    def _lines(self, statement: cst.BaseStatement) -> range:
        """The lines of a statement without the statements in its body.

        Of a function they are those of its body: decorators and defaults run at import, where no test runs.
        """
        whole = self.get_metadata(PositionProvider, statement)
        body = getattr(statement, "body", None)
        if not isinstance(body, cst.BaseSuite):
            return range(whole.start.line, whole.end.line + 1)
        first_in_body = self.get_metadata(PositionProvider, body.body[0]).start.line
        if isinstance(statement, cst.FunctionDef):
            return range(first_in_body, whole.end.line + 1)
        return range(whole.start.line, max(first_in_body, whole.start.line + 1))


def _only_says_something(node: cst.CSTNode) -> bool:
    """Whether a node is a translated text or a line of the log."""
    match node:
        case cst.Call(func=cst.Name(value=name)):
            return name in TRANSLATORS
        case cst.Call(func=cst.Attribute(value=cst.Name(value="logger"))):
            return True
    return False


def changes_of(node: cst.CSTNode) -> Iterator[cst.CSTNode | None]:
    """What can stand in place of a node; None removes it."""
    for kind, operator in mutation_operators:
        if isinstance(node, kind):
            changes = iter(operator(node))
            # The same string in capitals and in small letters would be two mutants in three, and say nothing new.
            yield from [next(changes)] if operator is operator_string and _is_plain_string(node) else changes
    match node:
        case cst.Decorator() if _name_of(node.decorator) not in KEPT_DECORATORS:
            yield None
        case cst.Expr(value=cst.Call()) if not _only_says_something(node.value):
            yield cst.Pass()
        case cst.If(test=cst.Name() | cst.Attribute() | cst.Call() as test):
            yield node.with_changes(test=cst.UnaryOperation(operator=cst.Not(), expression=test))
        case cst.Call(func=cst.Attribute(value=queryset, attr=cst.Name(value=method))) if method in NARROWING_METHODS:
            yield queryset


def _is_plain_string(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.SimpleString) and not node.value.endswith('"""')


def _name_of(decorator: cst.BaseExpression) -> str:
    match decorator:
        case cst.Call(func=func):
            return _name_of(func)
        case cst.Attribute(attr=cst.Name(value=name)) | cst.Name(value=name):
            return name
    return ""
