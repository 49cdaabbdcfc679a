"""What a buyer types into a review."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.reviews.services import MAX_REVIEW_LENGTH

STARS = (
    (5, _("5 stars: very good")),
    (4, _("4 stars: good")),
    (3, _("3 stars: all right")),
    (2, _("2 stars: poor")),
    (1, _("1 star: bad")),
)


class ReviewForm(forms.Form):
    """The length is checked by the service: a limit in the browser would cut off what was pasted."""

    stars = forms.TypedChoiceField(
        label=_("How good was it?"), choices=STARS, coerce=int, widget=forms.RadioSelect(attrs={"class": "choices"})
    )
    text = forms.CharField(
        label=_("What should other buyers know?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].help_text = _(
            "Taste, freshness, packing. At most %(most)s characters; no phone number and no address."
        ) % {"most": f"{MAX_REVIEW_LENGTH:,}".replace(",", ".")}
