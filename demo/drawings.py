"""Drawn pictures for the demo's listings: nobody's photographs, the same every time."""

from __future__ import annotations

import io
import math
import random
from collections.abc import Callable

from PIL import Image, ImageDraw, ImageFilter

SIDE = 1200
Colour = tuple[int, int, int]
Painter = Callable[[ImageDraw.ImageDraw, random.Random, Colour, Colour], None]

BACKGROUNDS: tuple[Colour, ...] = ((247, 241, 227), (235, 242, 229), (250, 236, 220), (233, 239, 243))


def _disc(draw: ImageDraw.ImageDraw, x: float, y: float, radius: float, colour: Colour) -> None:
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)


def _shade(colour: Colour, by: int) -> Colour:
    red, green, blue = (max(0, min(255, part + by)) for part in colour)
    return red, green, blue


def _leaf(draw: ImageDraw.ImageDraw, x: float, y: float, length: float, angle: float, colour: Colour) -> None:
    """A pointed leaf from its stalk at (x, y), with a paler rib."""
    steps = [i / 16 for i in range(17)]
    width = length * 0.24
    outline = [(t * length, math.sin(math.pi * t) * width) for t in steps]
    outline += [(t * length, -math.sin(math.pi * t) * width) for t in reversed(steps)]
    turn = math.cos(angle), math.sin(angle)
    points = [(x + u * turn[0] - v * turn[1], y + u * turn[1] + v * turn[0]) for u, v in outline]
    draw.polygon(points, fill=colour)
    draw.line((x, y, x + length * turn[0], y + length * turn[1]), fill=_shade(colour, 40), width=6)


def leaves(draw: ImageDraw.ImageDraw, chance: random.Random, main: Colour, second: Colour) -> None:
    """A spray of leaves: tea, herbs, vegetables in a bunch."""
    for number in range(26):
        angle = -math.pi / 2 + chance.uniform(-1.25, 1.25)
        colour = _shade(main if number % 3 else second, chance.randint(-22, 22))
        _leaf(draw, 600 + chance.uniform(-90, 90), 900, chance.uniform(340, 640), angle, colour)
    draw.rounded_rectangle((500, 850, 700, 930), 30, fill=(196, 164, 108))


def fruits(draw: ImageDraw.ImageDraw, chance: random.Random, main: Colour, second: Colour) -> None:
    """A heap of round fruits, each with its light and a stalk."""
    for row, count in enumerate((3, 4, 5)):
        for place in range(count):
            x = 600 + (place - (count - 1) / 2) * 205 + chance.uniform(-12, 12)
            y = 470 + row * 190
            colour = _shade(main, chance.randint(-18, 18))
            _disc(draw, x, y, 118, _shade(colour, -25))
            _disc(draw, x - 6, y - 8, 108, colour)
            _disc(draw, x - 38, y - 42, 26, _shade(colour, 60))
            draw.line((x, y - 104, x + 10, y - 140), fill=_shade(second, -30), width=10)
    _leaf(draw, 600, 330, 230, -0.5, second)


def jar(draw: ImageDraw.ImageDraw, chance: random.Random, main: Colour, second: Colour) -> None:
    """A glass jar with its label: honey, fish sauce, pickles."""
    draw.rounded_rectangle((360, 350, 840, 1010), 90, fill=_shade(main, 20))
    draw.rounded_rectangle((385, 430, 815, 985), 70, fill=main)
    draw.rounded_rectangle((410, 240, 790, 360), 26, fill=second)
    draw.rectangle((360, 590, 840, 830), fill=(252, 247, 235))
    for line in range(3):
        draw.rounded_rectangle((440, 640 + line * 55, 760 - line * 60, 662 + line * 55), 10, fill=_shade(second, 30))
    draw.rounded_rectangle((415, 450, 455, 560), 18, fill=_shade(main, 70))


def sack(draw: ImageDraw.ImageDraw, chance: random.Random, main: Colour, second: Colour) -> None:
    """A cloth sack, open, with grains in front: rice, beans, nuts."""
    draw.polygon(((340, 420), (860, 420), (930, 1000), (270, 1000)), fill=second)
    draw.ellipse((330, 350, 870, 500), fill=_shade(second, -28))
    draw.ellipse((365, 365, 835, 480), fill=main)
    for _number in range(190):
        x, y = chance.uniform(180, 1020), chance.uniform(960, 1070)
        draw.ellipse((x, y, x + 34, y + 15), fill=_shade(main, chance.randint(-25, 25)))
    draw.line((340, 560, 860, 560), fill=_shade(second, -22), width=10)


def roots(draw: ImageDraw.ImageDraw, chance: random.Random, main: Colour, second: Colour) -> None:
    """Long roots or pods side by side: cassava, ginger, bamboo shoots, maize."""
    for number in range(6):
        x = 250 + number * 130 + chance.uniform(-14, 14)
        top, bottom = 360 + chance.uniform(-50, 50), 980 + chance.uniform(-40, 40)
        colour = _shade(main, chance.randint(-20, 20))
        draw.rounded_rectangle((x, top, x + 100, bottom), 50, fill=colour)
        draw.rounded_rectangle((x + 18, top + 40, x + 34, bottom - 60), 8, fill=_shade(colour, 38))
        _leaf(draw, x + 50, top + 20, 190, -math.pi / 2 + chance.uniform(-0.5, 0.5), second)


def eggs(draw: ImageDraw.ImageDraw, chance: random.Random, main: Colour, second: Colour) -> None:
    """Eggs in a nest of straw."""
    for _number in range(130):
        x, y, angle = chance.uniform(200, 1000), chance.uniform(720, 980), chance.uniform(-0.5, 0.5)
        draw.line(
            (x - 90, y - 90 * angle, x + 90, y + 90 * angle), fill=_shade(second, chance.randint(-30, 30)), width=9
        )
    for x, y in ((400, 640), (600, 600), (800, 640), (500, 760), (700, 760)):
        draw.ellipse((x - 100, y - 130, x + 100, y + 130), fill=_shade(main, -18))
        draw.ellipse((x - 96, y - 128, x + 88, y + 118), fill=main)
        draw.ellipse((x - 55, y - 85, x - 15, y - 35), fill=_shade(main, 30))


def bird(draw: ImageDraw.ImageDraw, chance: random.Random, main: Colour, second: Colour) -> None:
    """A hen or a duck, seen from the side."""
    draw.ellipse((300, 470, 880, 930), fill=main)
    draw.polygon(((300, 690), (170, 470), (430, 560)), fill=_shade(main, -30))
    draw.ellipse((690, 300, 900, 520), fill=_shade(main, 12))
    draw.polygon(((740, 400), (850, 400), (860, 720), (690, 700)), fill=_shade(main, 6))
    draw.polygon(((885, 390), (985, 420), (885, 450)), fill=(232, 160, 50))
    for x in (740, 790, 840):
        _disc(draw, x, 300, 36, second)
    _disc(draw, 835, 385, 15, (30, 26, 22))
    draw.ellipse((430, 580, 720, 820), fill=_shade(main, -20))
    for x in (520, 640):
        draw.line((x, 915, x, 1040), fill=(232, 160, 50), width=20)


PAINTERS: dict[str, Painter] = {
    "leaves": leaves,
    "fruits": fruits,
    "jar": jar,
    "sack": sack,
    "roots": roots,
    "eggs": eggs,
    "bird": bird,
}


def _colour(written: str) -> Colour:
    red, green, blue = bytes.fromhex(written.removeprefix("#"))
    return red, green, blue


def draw_picture(motif: str, main: str, second: str, seed: str) -> bytes:
    """A JPEG of 1200 by 1200. ``motif`` is a key of PAINTERS, colours are #rrggbb; one seed, one picture."""
    chance = random.Random(seed)
    picture = Image.new("RGB", (SIDE, SIDE), chance.choice(BACKGROUNDS))
    shadow = Image.new("L", (SIDE, SIDE), 0)
    ImageDraw.Draw(shadow).ellipse((170, 920, 1030, 1110), fill=80)
    picture.paste((90, 74, 52), mask=shadow.filter(ImageFilter.GaussianBlur(36)))
    PAINTERS[motif](ImageDraw.Draw(picture), chance, _colour(main), _colour(second))
    data = io.BytesIO()
    picture.save(data, "JPEG", quality=88)
    return data.getvalue()
