"""A column that holds other columns without tones, to be searched as people type."""

from __future__ import annotations

from typing import Any

from django.db import models

from core.text import fold


class FoldedField(models.CharField[str, str]):
    """Filled from ``of`` at every save and bulk_create; a save with ``update_fields`` names this field too."""

    def __init__(self, *, of: tuple[str, ...], **kwargs: Any) -> None:
        self.of = of
        super().__init__(**{"max_length": 250, "blank": True, "editable": False, **kwargs})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        text = " ".join(str(getattr(model_instance, name)) for name in self.of)
        folded = " ".join(fold(text).split())[: self.max_length]
        setattr(model_instance, self.attname, folded)
        return folded
