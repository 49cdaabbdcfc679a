"""Keeping every index equal to the database: the outbox of changes, the passes that empty it, what they read.

Imports ``engines``, ``language``, ``models``, and what listings are made of: ``catalog``, ``households``, ``shop``.
"""
