"""The Vietnamese language of the search: everything that must hold above every engine.

Pure Python, no Django, no engine. Reading order: ``normal`` (one spelling for index and query), ``query`` and
``clauses`` (what an engine is given), ``analysis`` (a typed text becomes an analysed query), ``ranking`` (an analysed
query becomes clauses), ``plan`` (what is tried, and in which order).
"""
