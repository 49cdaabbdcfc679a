"""Measuring the search with judged sets: ``folder`` reads a set, ``running`` asks an engine, ``measures`` scores.

Imports ``asking`` and below; only the management commands and the tests import it.
"""
