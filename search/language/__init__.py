"""How a typed Vietnamese text is understood and what must match for it, the same for every engine.

Imports only ``core.text``, ``core.tones`` and the place names of ``households.places``: no engine, no other room. Read
``plan`` first, which tells the steps in their order; then ``normal`` (one spelling for index and query), ``analysis``
(a text becomes a reading) and ``scoring`` (a reading becomes clauses). ``docs/search.md`` defines the terms and follows
a query through the code.
"""
