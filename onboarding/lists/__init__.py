"""A commune's lists: spreadsheets of households or of what they sell, read as people write them, and loaded."""

from onboarding.lists.loading import KINDS, load_list
from onboarding.lists.rows import ListRow

__all__ = ["KINDS", "ListRow", "load_list"]
