"""The engines behind one port: Elasticsearch, tantivy in a folder, and one in memory that needs nothing.

Only this room imports the libraries of engines. It imports ``language`` and ``models``.
"""
