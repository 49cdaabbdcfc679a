"""Start-up checks of the pages."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, register
from wagtail.models import get_page_models


@register()
def every_page_says_how_it_is_found(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A page type that inherits its search fields silently was not thought about."""
    ours = [model for model in get_page_models() if model._meta.app_label == "content"]
    return [
        Error(
            f"{model.__name__} does not say how it is searched.",
            hint="Declare search_fields on the page type itself, even if they are its parent's.",
            obj=model,
            id="content.E001",
        )
        for model in ours
        if "search_fields" not in vars(model)
    ]
