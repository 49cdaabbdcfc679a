"""Finding what is on sale, in rooms that each import only the ones named before it.

``language`` understands a typed text, ``models`` keeps the tables, ``engines`` answer questions (Elasticsearch,
tantivy, and one in memory), ``index`` keeps the engines equal to the database, ``asking`` leads from an address to
results, ``saved`` keeps searches and sends alerts, ``relevance`` measures, ``pages`` shows. ``docs/search.md`` explains
it all.
"""
