"""The pages of a listing before buyers see it."""
