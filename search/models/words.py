"""What the catalogue says, counted: shared by every process of the site through the database."""

from __future__ import annotations

from django.db import models


class WordCounts(models.Model):
    """One row: the words, pairs of words and heads of all titles and categories, with their number of listings.

    Made from an index now and then (``search.index.words``). Queries are read with it on every machine and for every
    engine, so that a machine without an index of its own, or an outage, changes nothing in how words are understood.
    Each list holds pairs of what is said and its number, the commonest first.
    """

    made_at = models.DateTimeField()
    words = models.JSONField(default=list)
    pairs = models.JSONField(default=list)
    heads = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{len(self.words)} words, {self.made_at:%Y-%m-%d %H:%M}"
