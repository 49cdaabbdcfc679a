"""The vocabulary of the catalogue, shared by every process of the site through the database."""

from __future__ import annotations

from django.db import models


class WordCounts(models.Model):
    """One row: the words, pairs of words and heads of all titles and categories, with their numbers of listings.

    ``search.index.words`` counts them from an index. Queries are read with them on every machine and for every engine,
    so neither an outage nor a machine without an index changes how a query is understood. Each list holds
    [what is said, number of listings], the commonest first.
    """

    made_at = models.DateTimeField()
    words = models.JSONField(default=list)
    pairs = models.JSONField(default=list)
    heads = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{len(self.words)} words, {self.made_at:%Y-%m-%d %H:%M}"
