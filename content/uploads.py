"""What editors upload is read as everyone's uploads are: pictures anew from their pixels, documents of a closed list.

Wagtail keeps a file as it came: with the place where a photo was taken, and with formats that browsers run as pages.
"""

from __future__ import annotations

import io
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from catalog.photos.reading import PhotoRefused, upright_image

MAX_WIDTH = 2560
"""In pixels: twice the widest place that a page has for a picture."""


class PictureField(WagtailImageField):
    """Any photo that a phone makes, kept as a plain upright JPEG with nothing attached to its pixels."""

    def to_python(self, data: Any) -> Any:
        upload = forms.FileField.to_python(self, data)
        if upload is None:
            return None
        try:
            image = upright_image(upload.open("rb"), MAX_WIDTH)
        except PhotoRefused as refusal:
            raise ValidationError(str(refusal), code=refusal.code) from refusal
        image.thumbnail((MAX_WIDTH, MAX_WIDTH * 4))
        written = io.BytesIO()
        image.save(written, "JPEG", quality=88, optimize=True)
        name = f"{PurePath(upload.name or '').stem or 'anh'}.jpg"
        return super().to_python(SimpleUploadedFile(name, written.getvalue(), "image/jpeg"))


class PictureForm(BaseImageForm):
    """Wagtail's form for an image, with our reading of its file (``WAGTAILIMAGES_IMAGE_FORM_BASE``)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            theirs = self.fields["file"]
            self.fields["file"] = PictureField(label=theirs.label, required=theirs.required, widget=theirs.widget)
