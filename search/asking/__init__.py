"""From an address to results: reading the address, asking the engines in their order, ranking.

Imports ``index``, ``engines``, ``language`` and ``models``; it knows no request and no template.
"""
