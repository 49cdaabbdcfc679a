"""The background work of this app. Celery looks for tasks in this module; each task is defined in its own room."""

from search.index.tasks import compare_indices, drain_index, learn_words, look_after_engines
from search.saved.tasks import send_alerts

__all__ = ["compare_indices", "drain_index", "learn_words", "look_after_engines", "send_alerts"]
