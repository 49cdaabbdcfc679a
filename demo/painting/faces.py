"""Who stands behind each household: a small portrait, drawn flat."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFilter

SIDE = 480
FINE = 3
"""Drawn so many times larger, then made small, which smooths every edge."""


@dataclass(frozen=True, slots=True)
class Sitter:
    """``hat`` is "cone" (nón lá), "scarf" (the indigo cloth of Tày women), "cap" or none; ``hair`` #rrggbb."""

    shirt: str
    hair: str
    hat: str
    woman: bool
    old: bool
    ground: tuple[str, str]


FACES: dict[str, Sitter] = {
    "tra-hoa": Sitter("#7d3a4a", "#241a16", "cone", True, False, ("#dfe8c4", "#8fb069")),
    "tra-thanh": Sitter("#3c5a78", "#2a211c", "", False, False, ("#e6e6c8", "#7fa35c")),
    "ga-doi-tuyen": Sitter("#8a6a3a", "#8c8580", "scarf", True, True, ("#f2e2c4", "#c99f62")),
    "rau-hong-thai": Sitter("#4f8a5a", "#1f1815", "cone", True, False, ("#e4f0d2", "#9cc47a")),
    "bac-tu": Sitter("#5a5348", "#b9b4ad", "cap", False, True, ("#ece6d6", "#b0a888")),
    "mat-ong-la-bang": Sitter("#c08a2c", "#2b221c", "cone", False, False, ("#f6e6b8", "#dfae4c")),
    "che-la-bang": Sitter("#a8586a", "#2a1f1a", "", True, False, ("#e7edd2", "#9ab56f")),
    "na-la-hien": Sitter("#2f5a68", "#2a211c", "cap", False, False, ("#dcebe4", "#8fb6a4")),
    "nam-dai-tu": Sitter("#6d4a78", "#241a16", "scarf", True, False, ("#efe3d3", "#c09a72")),
    "gao-dinh-hoa": Sitter("#26345a", "#241a16", "scarf", True, False, ("#f5ecc8", "#d9b95c")),
    "bi-thom-ba-be": Sitter("#25304f", "#3a302a", "cone", True, False, ("#dcebdc", "#7fae86")),
    "mien-na-ri": Sitter("#7a3a34", "#5f5853", "scarf", True, True, ("#ece4da", "#b8a48c")),
    "hong-khong-hat": Sitter("#3a4a3a", "#2a211c", "", False, False, ("#fae6cf", "#e8a868")),
    "lap-suon-cho-ra": Sitter("#1f2a48", "#9a938d", "scarf", True, True, ("#f0ddd0", "#b5735a")),
    "ca-ho-ba-be": Sitter("#45688a", "#2a211c", "cone", False, False, ("#d8e8ee", "#7fa9bb")),
    "ong-cu": Sitter("#4a4f3a", "#c9c4be", "", False, True, ("#ebe8d8", "#a8ab88")),
}
"""By the household's key in households.csv."""

Place = Callable[..., list[float]]
INK, LIP = "#3a251b", "#a8503f"
STRAW, STRAW_SHADE = "#e6c88e", "#b8935a"


def face_of(key: str) -> Image.Image:
    sitter, chance = FACES[key], random.Random(key)
    skin = chance.choice(["#dba67c", "#cf9468", "#e2b28a", "#c98b60"])
    shade = _between(skin, "#000000", 0.16)
    image = _ground(sitter)
    draw = ImageDraw.Draw(image)

    def at(*places: float) -> list[float]:
        return [place * FINE for place in places]

    if sitter.woman and sitter.hat != "scarf":
        draw.ellipse(at(140, 130, 340, 400), fill=sitter.hair)
    draw.ellipse(at(70, 372, 410, 720), fill=sitter.shirt)
    draw.polygon(at(206, 330, 274, 330, 286, 400, 240, 436, 194, 400), fill=shade)
    draw.polygon(
        at(194, 388, 240, 452, 286, 388, 312, 398, 246, 500, 234, 500, 168, 398),
        fill="#f3ead8" if not sitter.old else "#cfc4ae",
    )
    for x in (144, 316):
        draw.ellipse(at(x - 2, 232, x + 24, 284), fill=shade)
    draw.ellipse(at(158, 128, 322, 366), fill=skin)
    _features(draw, sitter, skin, shade, at)
    _hair_and_hat(draw, sitter, at)
    return image.resize((SIDE, SIDE), Image.Resampling.LANCZOS)


def _between(first: str, second: str, share: float) -> str:
    """A colour of the way from one to the other."""
    pairs = zip(bytes.fromhex(first[1:]), bytes.fromhex(second[1:]), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in pairs)


def _ground(sitter: Sitter) -> Image.Image:
    side = SIDE * FINE
    image = Image.new("RGB", (side, side), sitter.ground[0])
    draw = ImageDraw.Draw(image)
    draw.ellipse((-0.2 * side, 0.5 * side, 0.75 * side, 1.4 * side), fill=sitter.ground[1])
    draw.ellipse((0.45 * side, 0.42 * side, 1.4 * side, 1.4 * side), fill=sitter.ground[1])
    return image.filter(ImageFilter.GaussianBlur(30))


def _features(draw: ImageDraw.ImageDraw, sitter: Sitter, skin: str, shade: str, place: Place) -> None:
    for x in (186, 264):
        draw.ellipse(place(x - 14, 272, x + 40, 312), fill=_between(skin, "#d97f6a", 0.38))  # warm cheeks
        draw.arc(place(x, 232, x + 32, 262), 198, 342, fill=INK, width=4 * FINE)  # an eye that smiles
        brow = "#8c8580" if sitter.old else INK
        draw.arc(place(x - 5, 208, x + 37, 246), 215, 325, fill=brow, width=(4 if sitter.woman else 6) * FINE)
        if sitter.old:
            draw.arc(place(x - 2, 250, x + 34, 276), 20, 160, fill=shade, width=3 * FINE)
    draw.arc(place(226, 246, 254, 288), 30, 150, fill=shade, width=5 * FINE)
    draw.chord(place(206, 278, 274, 334), 18, 162, fill=LIP)
    draw.chord(place(212, 288, 268, 322), 22, 158, fill="#fff6ea")
    if sitter.old:
        for side in ((186, 276, 216, 330, 90, 200), (264, 276, 294, 330, 340, 90)):
            draw.arc(place(*side[:4]), side[4], side[5], fill=shade, width=3 * FINE)


def _hair_and_hat(draw: ImageDraw.ImageDraw, sitter: Sitter, place: Place) -> None:
    if sitter.hat == "scarf":
        draw.chord(place(138, 92, 342, 330), 184, 356, fill="#27324f")
        draw.polygon(place(140, 206, 172, 160, 168, 300, 132, 330), fill="#1f2942")
        draw.polygon(place(340, 206, 308, 160, 312, 300, 348, 330), fill="#1f2942")
        draw.arc(place(146, 112, 334, 330), 195, 345, fill="#c9523c", width=5 * FINE)
        return
    draw.chord(place(152, 112, 328, 300), 186, 354, fill=sitter.hair)
    if sitter.woman:
        draw.polygon(place(152, 200, 178, 160, 168, 262, 154, 300), fill=sitter.hair)
        draw.polygon(place(328, 200, 302, 160, 312, 262, 326, 300), fill=sitter.hair)
    if sitter.hat == "cone":
        draw.line(place(160, 200, 196, 372), fill="#b0476a", width=4 * FINE)
        draw.line(place(320, 200, 284, 372), fill="#b0476a", width=4 * FINE)
        draw.polygon(place(240, 26, 424, 196, 240, 224, 56, 196), fill=STRAW)
        draw.polygon(place(240, 26, 424, 196, 330, 214), fill=STRAW_SHADE)
        for step in range(1, 6):
            part = step / 6
            draw.line(
                place(240 - 184 * part, 26 + 170 * part, 240, 26 + 196 * part, 240 + 184 * part, 26 + 170 * part),
                fill="#cfab6b",
                width=2 * FINE,
            )
    if sitter.hat == "cap":
        draw.chord(place(150, 92, 330, 280), 182, 358, fill="#4d5f4a")
        draw.ellipse(place(140, 172, 300, 206), fill="#3c4b3a")
