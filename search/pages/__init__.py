"""What visitors and other search engines see: views, cards, facets, suggestions, sitemaps. Imports every other room but
``relevance``."""
