"""The engines behind the search port."""
