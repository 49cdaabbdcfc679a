"""What editors build pages from. A heading has its English beside it; longer text has an English body on the page."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import Block, ListBlock, StructBlock, StructValue
from wagtail.blocks.field_block import CharBlock, ChoiceBlock, IntegerBlock, RichTextBlock, TextBlock
from wagtail.images.blocks import ImageChooserBlock

from content.choices import Audience, Rule, category_choices, province_choices
from content.choosers import ListingChooserBlock
from content.language import local
from core.periods import vietnam_date

MAX_PRODUCTS = 24


class BilingualValue(StructValue):
    """``heading`` and ``text`` in the reader's language."""

    @property
    def local_heading(self) -> str:
        return str(local(self.get("heading", ""), self.get("heading_en", "")))

    @property
    def local_text(self) -> str:
        return str(local(self.get("text", ""), self.get("text_en", "")))


class HeadedBlock(StructBlock):
    """A part of a page under a heading in both languages."""

    heading = CharBlock(label=_("heading"), max_length=120)
    heading_en = CharBlock(label=_("English heading"), max_length=120, required=False)

    class Meta:
        value_class = BilingualValue


class ProductsValue(BilingualValue):
    @property
    def all_address(self) -> str:
        """The list of everything that fits the block's rule, of which the block shows the first."""
        asked: dict[str, str] = {}
        if self["rule"] == Rule.IN_SEASON:
            asked["season"] = str(vietnam_date(timezone.now()).month)
        if self["rule"] == Rule.NEWEST:
            asked["sort"] = "newest"
        if self.get("province"):
            asked["province"] = self["province"]
        place = reverse("catalogue:kind", args=[self["category"]]) if self.get("category") else reverse("search:search")
        return f"{place}?{urlencode(asked)}" if asked else place


class ProductsBlock(HeadedBlock):
    """Live listings: chosen by hand, or whatever fits the rule at the moment the page is read."""

    rule = ChoiceBlock(label=_("which listings"), choices=Rule.choices, default=Rule.NEWEST)
    category = ChoiceBlock(label=_("only this category"), choices=category_choices, required=False)
    province = ChoiceBlock(label=_("only this province"), choices=province_choices, required=False)
    chosen = ListBlock(ListingChooserBlock(label=_("listing")), label=_("chosen"), default=[])
    count = IntegerBlock(label=_("how many"), min_value=2, max_value=MAX_PRODUCTS, default=8)

    class Meta:
        icon = "tag"
        label = _("listings")
        value_class = ProductsValue
        template = "content/blocks/products.html"


class CategoriesBlock(HeadedBlock):
    class Meta:
        icon = "list-ul"
        label = _("categories")
        template = "content/blocks/categories.html"


class ProvincesBlock(HeadedBlock):
    class Meta:
        icon = "site"
        label = _("provinces")
        template = "content/blocks/provinces.html"


class WayBlock(HeadedBlock):
    """How it works for one kind of people, with the way to their guides."""

    text = TextBlock(label=_("text"), max_length=300)
    text_en = TextBlock(label=_("English text"), max_length=300, required=False)
    audience = ChoiceBlock(label=_("for whom"), choices=Audience.choices)


class WaysBlock(HeadedBlock):
    ways = ListBlock(WayBlock(), label=_("ways"))

    class Meta:
        icon = "group"
        label = _("how it works")
        template = "content/blocks/ways.html"


class StepBlock(StructBlock):
    heading = CharBlock(label=_("heading"), max_length=120)
    text = RichTextBlock(label=_("text"), features=["bold", "ul", "link"], required=False)


class StepsBlock(StructBlock):
    steps = ListBlock(StepBlock(), label=_("steps"))

    class Meta:
        icon = "list-ol"
        label = _("steps")
        template = "content/blocks/steps.html"


class PictureBlock(StructBlock):
    picture = ImageChooserBlock(label=_("picture"))
    says = CharBlock(label=_("what it shows"), help_text=_("Read aloud to people who cannot see it."), max_length=200)
    caption = CharBlock(label=_("caption"), max_length=200, required=False)

    class Meta:
        icon = "image"
        label = _("picture")
        template = "content/blocks/picture.html"


def text_block(**options: Any) -> RichTextBlock:
    features = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]
    return RichTextBlock(label=_("text"), features=features, template="content/blocks/text.html", **options)


def reading_blocks() -> list[tuple[str, Block]]:
    """For guides and news."""
    return [
        ("text", text_block()),
        ("steps", StepsBlock()),
        ("note", TextBlock(label=_("note"), icon="help", template="content/blocks/note.html")),
        ("picture", PictureBlock()),
        ("products", ProductsBlock()),
    ]


def landing_blocks() -> list[tuple[str, Block]]:
    """For the home page."""
    return [
        *reading_blocks(),
        ("categories", CategoriesBlock()),
        ("provinces", ProvincesBlock()),
        ("ways", WaysBlock()),
    ]
