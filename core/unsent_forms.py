"""Words that were typed into a form and could not be sent stand in its fields again.

``accounts/unsent_forms.py`` keeps them over a signing in; here the forms of a page take them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.http import QueryDict

#: Browsers send nothing for these where nothing is chosen, so their absence does not tell another form apart.
SENT_WHEN_CHOSEN = (
    forms.CheckboxInput,
    forms.CheckboxSelectMultiple,
    forms.RadioSelect,
    forms.SelectMultiple,
    forms.FileInput,
)


@dataclass(frozen=True, slots=True)
class UnsentWords:
    """What was typed, and the path to which it was sent."""

    words: QueryDict
    path: str


_unsent: ContextVar[UnsentWords | None] = ContextVar("unsent", default=None)


@contextmanager
def words_in_forms(words: QueryDict, path: str) -> Iterator[None]:
    """Inside, a form without data of its own that could have sent ``words`` shows them in its fields."""
    before = _unsent.set(UnsentWords(words, path))
    try:
        yield
    finally:
        _unsent.reset(before)


def unsent_words(path: str) -> QueryDict | None:
    """The words that were sent to ``path`` and could not be taken there; for fields that no form of Django draws."""
    unsent = _unsent.get()
    return unsent.words if unsent and unsent.path == path else None


class UnsentBoundField(BoundField):
    """Django's, which shows the unsent words of its form instead of what the form begins with."""

    def value(self) -> Any:
        unsent = _unsent.get()
        widget = self.field.widget
        if unsent is None or isinstance(widget, forms.FileInput) or not could_have_sent(self.form, unsent.words):
            return super().value()
        typed = widget.value_from_datadict(unsent.words, {}, self.html_name)
        return self.field.prepare_value(self.field.bound_data(typed, self.initial))


def could_have_sent(form: BaseForm, words: QueryDict) -> bool:
    """Whether the words have all the fields that a browser would have sent with ``form``."""
    if form.is_bound:
        return False
    names = {form.add_prefix(name): field.widget for name, field in form.fields.items()}
    always_sent = {name for name, widget in names.items() if not isinstance(widget, SENT_WHEN_CHOSEN)}
    return always_sent <= words.keys() and not names.keys().isdisjoint(words.keys())
