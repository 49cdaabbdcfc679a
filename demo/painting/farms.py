"""The land of each household: hills of the north in their light, and what grows before them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from demo.painting.relief import Field, colour_of
from demo.painting.things import mixed

WIDE, HIGH = 1280, 720
HORIZON = 330
Chance = np.random.Generator
Canvas = NDArray[np.float32]
Painter = Callable[[Canvas, Chance], None]

Y, X = np.mgrid[0:HIGH, 0:WIDE].astype(np.float32)


def _noise(chance: Chance, grain: float) -> Field:
    cells = int(HIGH // grain) + 3, int(WIDE // grain) + 3
    rough = chance.uniform(0, 255, cells).astype(np.uint8)
    smooth = Image.fromarray(rough).resize((WIDE, HIGH), Image.Resampling.BICUBIC)
    return np.asarray(smooth, dtype=np.float32) / 127.5 - 1


def _ridge(chance: Chance, height: float, rough: float, steep: float = 1.0) -> Field:
    """The height of a line of hills above the horizon, for each x."""
    line = np.zeros(WIDE)
    for octave in range(1, 6):
        line += np.sin(np.arange(WIDE) / WIDE * 6.3 * octave**1.35 + chance.uniform(0, 6.3)) * rough / octave**1.1
    return (height * (1 + np.sign(line) * np.abs(line) ** steep)).astype(np.float32)


def _sky(canvas: Canvas, chance: Chance, high: str, low: str) -> None:
    canvas[:] = mixed(colour_of(high), colour_of(low), (Y / HORIZON) ** 0.8)
    glow = np.exp(-(((X - chance.uniform(250, 1030)) / 420) ** 2 + ((Y - 250) / 190) ** 2))
    canvas += glow[..., None] * np.array([0.17, 0.12, 0.02], dtype=np.float32)
    cloud = np.clip(_noise(chance, 130) + 0.5 * _noise(chance, 45) - 0.35, 0, 1) * np.clip(1 - Y / 300, 0, 1)
    canvas += (cloud * 0.13)[..., None]


def _hills(canvas: Canvas, chance: Chance, colours: tuple[str, str], karst: bool = False) -> None:
    """Four ridges, the far ones pale."""
    for layer in range(4):
        near = layer / 3
        top = (
            HORIZON
            + 14 * layer
            - _ridge(chance, 90 - 22 * layer, 0.55 if karst else 0.34, 0.7 if karst else 1.0)[None, :]
        )
        body = top < Y
        haze = mixed(colour_of(colours[0]), colour_of(colours[1]), np.full_like(Y, near**1.3))
        woods = _noise(chance, 9) * 0.05 * near + np.clip((Y - top) / 160, 0, 1) * 0.07 * (1 - near)
        canvas[body] = (haze + woods[..., None])[body]


def _ground(canvas: Canvas, chance: Chance, far: str, near: str) -> tuple[Field, Field]:
    """The ground before the hills; answers how far down each place is (0 to 1) and x as the perspective shows it."""
    down = np.clip((Y - HORIZON - 20) / (HIGH - HORIZON - 20), 0, 1)
    seen = HORIZON + 20 + 8 * np.sin(X / 210 + chance.uniform(0, 6)) < Y
    soil = mixed(colour_of(far), colour_of(near), down) + (_noise(chance, 7) * 0.03)[..., None]
    canvas[seen] = soil[seen]
    return down, (X - chance.uniform(420, 860)) / (0.12 + down)


def _rows(
    canvas: Canvas,
    chance: Chance,
    down: Field,
    x: Field,
    plants: tuple[str, str],
    step: float,
    bend: float,
    fill: float = 0.2,
) -> None:
    """Hedges or beds that run away from the viewer."""
    phase = x / step + bend * np.sin(down * 4.4 + X / 700) + _noise(chance, 26) * 0.05 * (0.3 + down)
    body = np.sin(phase)
    clumps = _noise(chance, 5) * 0.5 + _noise(chance, 14) * 0.5
    share = np.clip(0.45 + 0.5 * np.cos(phase - 0.6) + 0.32 * clumps, 0, 1)
    seen = (body + clumps * 0.22 > fill) & (down > 0.015)
    canvas[seen] = mixed(colour_of(plants[0]), colour_of(plants[1]), share)[seen]


def _dots(
    canvas: Canvas,
    chance: Chance,
    count: int,
    size: float,
    colours: tuple[str, ...],
    low: float = 0.05,
    high: float = 1.0,
) -> None:
    """Round things on the ground, larger when nearer: bushes, fruit, flowers."""
    for down in np.sort(chance.uniform(low, high, count)):
        x, y, radius = chance.uniform(0, WIDE), HORIZON + 25 + down * (HIGH - HORIZON - 25), size * (0.16 + down)
        _ball(canvas, x, y, radius, colours[int(chance.integers(len(colours)))])


def _ball(canvas: Canvas, x: float, y: float, radius: float, colour: str) -> None:
    top, bottom, left, right = (
        int(max(0, y - radius)),
        int(min(HIGH, y + radius)),
        int(max(0, x - radius)),
        int(min(WIDE, x + radius)),
    )
    if top >= bottom or left >= right:
        return
    u, v = (X[top:bottom, left:right] - x) / radius, (Y[top:bottom, left:right] - y) / radius
    light = 0.78 + 0.34 * np.clip(-0.5 * u - 0.75 * v, -0.8, 1)
    inside = u * u + v * v < 1
    canvas[top:bottom, left:right][inside] = (np.array(colour_of(colour), dtype=np.float32) * light[..., None])[inside]


def tea_hills(canvas: Canvas, chance: Chance) -> None:
    _sky(canvas, chance, "#a9cfd8", "#fbe7c0")
    _hills(canvas, chance, ("#b3c9c0", "#4e7a4a"))
    down, x = _ground(canvas, chance, "#7c8f4c", "#5c4a2c")
    _rows(canvas, chance, down, x, ("#1f4a24", "#86b04a"), 46, 2.3, -0.35)


def gardens(canvas: Canvas, chance: Chance) -> None:
    _sky(canvas, chance, "#9cc7dd", "#f4efcf")
    _hills(canvas, chance, ("#bccfc4", "#5d8653"))
    down, x = _ground(canvas, chance, "#9a8a58", "#7a5a38")
    _rows(canvas, chance, down, x, ("#2c6a2e", "#a8cf62"), 62, 0.2, 0.1)
    _dots(canvas, chance, 160, 17, ("#5d9a3c", "#86b552", "#3c7a34"), 0.1)


def chicken_slope(canvas: Canvas, chance: Chance) -> None:
    tea_hills(canvas, chance)
    _dots(canvas, chance, 34, 17, ("#a8552a", "#c9823c", "#7a3a22"), 0.35)


def forest_meadow(canvas: Canvas, chance: Chance) -> None:
    _sky(canvas, chance, "#b5d0cf", "#f9e3ae")
    _hills(canvas, chance, ("#a9c2b8", "#2f5a3a"))
    _ground(canvas, chance, "#7d9a4c", "#4a7a35")
    _dots(canvas, chance, 260, 7, ("#f6efd0", "#e8c84f", "#d98fb0", "#5d9440"), 0.02)
    for number in range(9):
        x, y, size = 150 + number * 125, 470 + (number % 3) * 62, 42 + (number % 3) * 14
        box = (slice(int(y - size * 0.9), int(y)), slice(x, x + size))
        canvas[box] = colour_of(("#e0b451", "#7fa3b8", "#cf8a4a")[number % 3])
        canvas[int(y - size * 1.05) : int(y - size * 0.9), x - 4 : x + size + 4] = colour_of("#6b4a2c")
        canvas[int(y - size * 0.22) : int(y - size * 0.14), x + 8 : x + size - 8] = colour_of("#33241a")


def orchard(canvas: Canvas, chance: Chance, fruit: tuple[str, ...] = ("#c3d68a",)) -> None:
    _sky(canvas, chance, "#a4cbe0", "#f7edd0")
    _hills(canvas, chance, ("#aab8b4", "#5f7263"), karst=True)
    _ground(canvas, chance, "#8aa252", "#5f8a3c")
    for down in np.sort(chance.uniform(0.02, 0.8, 46)):
        x, y, radius = chance.uniform(0, WIDE), HORIZON + 20 + down * 330, 90 * (0.14 + down)
        canvas[
            int(y) : min(HIGH, int(y + radius * 0.9)), int(max(0, x - radius * 0.07)) : int(max(1, x + radius * 0.07))
        ] = colour_of("#5a4028")
        for _branch in range(9):
            _ball(
                canvas,
                x + chance.normal(0, radius * 0.4),
                y - radius * 0.3 + chance.normal(0, radius * 0.28),
                radius * 0.5,
                str(chance.choice(["#3c6f34", "#4f8540", "#2f5c2e", "#6a9a48"])),
            )
        for _one in range(7):
            _ball(
                canvas,
                x + chance.normal(0, radius * 0.45),
                y - radius * 0.25 + chance.normal(0, radius * 0.35),
                radius * 0.1,
                fruit[int(chance.integers(len(fruit)))],
            )


def persimmon_orchard(canvas: Canvas, chance: Chance) -> None:
    orchard(canvas, chance, ("#e8862a", "#f0a045"))


def terraces(canvas: Canvas, chance: Chance) -> None:
    _sky(canvas, chance, "#9fc4d6", "#fde9b8")
    _hills(canvas, chance, ("#b6c8c2", "#58804f"))
    down, _x = _ground(canvas, chance, "#a7a04c", "#c9a53a")
    steps = down * 13 + _noise(chance, 300) * 2.4 + _noise(chance, 110) * 0.5
    edge, field = steps % 1, np.floor(steps)
    tone = (np.sin(field * 7.3) + 1) / 2
    seen = down > 0.02
    rice = mixed(colour_of("#b99a2e"), colour_of("#8fae46"), tone) + (_noise(chance, 4) * 0.05)[..., None]
    canvas[seen] = rice[seen]
    canvas[seen & (edge < 0.13)] = colour_of("#4f7034")
    canvas[seen & (edge > 0.13) & (edge < 0.19)] = colour_of("#e4d27c")


def lake(canvas: Canvas, chance: Chance) -> None:
    _sky(canvas, chance, "#a6cbd6", "#fbe9cf")
    _hills(canvas, chance, ("#b4c6c4", "#3c6650"), karst=True)
    shore = HORIZON + 48
    mirrored = canvas[shore - 1 : 2 * shore - HIGH - 1 : -1] if 2 * shore - HIGH - 1 >= 0 else canvas[shore - 1 :: -1]
    part = mirrored[: HIGH - shore]
    ripples = (
        np.sin(Y[shore : shore + len(part)] ** 1.15 / 3.1 + _noise(chance, 60)[shore : shore + len(part)] * 5) * 0.03
    )[..., None]
    canvas[shore : shore + len(part)] = part * 0.82 + np.array([0.02, 0.07, 0.08], dtype=np.float32) + ripples
    u, v = (X - 760) / 170, (Y - 560) / 26
    boat = (np.abs(u) < 1) & (v > -0.5 + 0.9 * u**2 - 0.9) & (v < 1 - u**2) & (v > -0.35 * (1 - u**2))
    canvas[boat] = colour_of("#4a3020")
    _ball(canvas, 735, 530, 17, "#2f4a6a")
    hat = (np.abs(X - 735) < (Y - 496) * 1.5) & (Y > 496) & (Y < 514)
    canvas[hat] = colour_of("#e2c48a")


def trellis(canvas: Canvas, chance: Chance) -> None:
    lake(canvas, chance)
    for number in range(60):
        x, y = chance.uniform(0, WIDE), chance.uniform(0, 90)
        _ball(canvas, x, y, chance.uniform(22, 58), str(chance.choice(["#3f7a36", "#5c963f", "#2f612e"])))
        if number % 5 == 0:
            gourd = (np.abs(X - x) / 20) ** 2 + ((Y - y - 105) / 62) ** 2 < 1
            canvas[gourd] = (
                np.array(colour_of("#86b06a"), dtype=np.float32) * (1.0 - 0.22 * ((X - x) / 20))[..., None]
            )[gourd]


def hill_house(canvas: Canvas, chance: Chance) -> None:
    """A house on stilts, its hearth smoking."""
    terraces(canvas, chance)
    roof = (Y > 330) & (Y < 425) & (np.abs(X - 640) < 90 + (Y - 330) * 1.25)
    wall = (Y >= 425) & (Y < 510) & (np.abs(X - 640) < 165)
    canvas[wall] = mixed(colour_of("#7a5434"), colour_of("#a97c4e"), (np.sin(X / 5) + 1) / 2)[wall]
    canvas[roof] = mixed(colour_of("#6b5a45"), colour_of("#a08c6a"), (np.sin(Y * 0.9 + _noise(chance, 20)) + 1) / 2)[
        roof
    ]
    for x in range(490, 800, 50):
        canvas[510:580, x : x + 11] = colour_of("#4f3723")
    canvas[445:495, 610:665] = colour_of("#3a271a")
    canvas[445:480, 520:560] = canvas[445:480, 720:760] = colour_of("#f2c66a")
    smoke = (
        np.exp(
            -(((X - 720 - (330 - Y) * 0.35 - _noise(chance, 80) * 26) / (16 + np.clip(330 - Y, 0, None) * 0.2)) ** 2)
        )
        * (Y < 345)
        * np.clip(Y / 300, 0, 1)
    )
    canvas += (np.clip(smoke, 0, 1) * 0.42)[..., None] * (np.array([0.93, 0.93, 0.95], dtype=np.float32) - canvas)


FARMS: dict[str, Painter] = {
    "tra-hoa": tea_hills,
    "tra-thanh": tea_hills,
    "ga-doi-tuyen": chicken_slope,
    "rau-hong-thai": gardens,
    "bac-tu": gardens,
    "mat-ong-la-bang": forest_meadow,
    "che-la-bang": tea_hills,
    "na-la-hien": orchard,
    "nam-dai-tu": hill_house,
    "gao-dinh-hoa": terraces,
    "bi-thom-ba-be": trellis,
    "mien-na-ri": terraces,
    "hong-khong-hat": persimmon_orchard,
    "lap-suon-cho-ra": hill_house,
    "ca-ho-ba-be": lake,
    "ong-cu": terraces,
}
"""By the household's key in households.csv."""


def farm_of(key: str) -> Image.Image:
    return _painted(FARMS[key], f"farm {key}")


def tea_hills_of_the_market() -> Image.Image:
    """For the first page."""
    return _painted(tea_hills, "the first page")


def _painted(painter: Painter, seed: str) -> Image.Image:
    canvas = np.zeros((HIGH, WIDE, 3), dtype=np.float32)
    painter(canvas, np.random.default_rng(list(seed.encode())))
    canvas *= (1.03 - 0.3 * (((X - WIDE / 2) / WIDE) ** 2 + ((Y - HIGH / 2) / HIGH) ** 2))[..., None]
    image = Image.fromarray((np.clip(canvas, 0, 1) * 255).astype(np.uint8))
    return image.filter(ImageFilter.GaussianBlur(0.9))
