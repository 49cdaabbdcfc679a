"""Searches that people keep, and the messages they get when something new fits. Imports ``asking`` and below."""
