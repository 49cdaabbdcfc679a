"""Measuring the search with judged sets: ``folder`` reads a set, ``running`` asks an engine, ``measures`` scores."""
