"""What lies on a table: grounds, vessels, heaps, leaves, strands, flowers."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from demo.painting.relief import SIDE, Colour, Field, Paint, Relief, colour_of

MIDDLE = SIDE / 2


def mixed(first: Colour, second: Colour, share: Field) -> Field:
    """Between two colours, place by place."""
    one, two = np.array(first, dtype=np.float32), np.array(second, dtype=np.float32)
    return (one + (two - one) * np.clip(share, 0, 1)[..., None]).astype(np.float32)


def wood(relief: Relief, dark: str, light: str) -> None:
    """Boards from left to right with their grain."""
    grain = np.sin(relief.y / 7 + relief.noise(170) * 5 + relief.noise(60) * 0.8) * 0.5 + 0.5
    board = np.floor(relief.y / 300)
    tone = 0.34 * grain + 0.3 * (np.sin(board * 12.9) + 1) / 2 + 0.12 * relief.noise(9)
    relief.rgb = mixed(colour_of(dark), colour_of(light), tone)
    gap = np.abs((relief.y % 300) - 150) > 147
    relief.rgb[gap] *= 0.45
    relief.z = (grain * 1.2 - gap * 7).astype(np.float32)


def cloth(relief: Relief, thread: str, other: str, check: int = 0) -> None:
    """Woven cloth; ``check`` pixels wide checks in the other colour."""
    weave = np.sin(relief.x * 1.05) * np.sin(relief.y * 1.05)
    folds = relief.noise(340) * 9
    share = 0.18 + 0.12 * weave + 0.1 * relief.noise(60)
    if check:
        stripes = ((relief.x // check) % 2 + (relief.y // check) % 2) / 2
        share = share + stripes * 0.5
    relief.rgb = mixed(colour_of(thread), colour_of(other), share)
    relief.z = (weave * 0.7 + folds).astype(np.float32)


def woven_tray(relief: Relief, radius: float, x: float = MIDDLE, y: float = MIDDLE) -> None:
    """A round bamboo tray with its rim."""
    far = np.hypot(relief.x - x, relief.y - y)
    u, v = (relief.x + relief.y) / 22, (relief.x - relief.y) / 22
    over = (np.floor(u) + np.floor(v)) % 2
    strip = np.where(over > 0, np.sin((u % 1) * math.pi), np.sin((v % 1) * math.pi))
    tone = strip * 0.75 + over * 0.12 + relief.noise(30) * 0.16
    inside, rim = far < radius, (far >= radius) & (far < radius + 42)
    relief.rgb[inside] = mixed(colour_of("#8a6234"), colour_of("#dcb878"), tone)[inside]
    relief.z[inside] = (14 + strip * 6)[inside]
    turns = np.sin(np.arctan2(relief.y - y, relief.x - x) * 70 + far / 5)
    relief.rgb[rim] = mixed(colour_of("#7a5228"), colour_of("#c99f5d"), 0.5 + turns * 0.3)[rim]
    relief.z[rim] = (16 + 34 * np.sqrt(np.clip(1 - ((far - radius - 21) / 21) ** 2, 0, 1)) + turns * 2)[rim]


def bowl(relief: Relief, x: float, y: float, radius: float, glaze: str, inside: str) -> None:
    """A bowl seen from above: rim, and a hollow that a heap then fills."""
    far = np.hypot(relief.x - x, relief.y - y)
    body, hollow = far < radius, far < radius * 0.9
    relief.z[body] = (20 + 95 * np.clip((1 - far / radius) * 9, 0, 1) ** 0.4)[body]
    relief.rgb[body], relief.gloss[body] = colour_of(glaze), 0.5
    relief.z[hollow] = (112 - 70 * (1 - (far / radius / 0.9) ** 2))[hollow]
    relief.rgb[hollow], relief.gloss[hollow] = colour_of(inside), 0.35


def pool(relief: Relief, x: float, y: float, radius: float, shallow: str, deep: str, level: float = 70) -> None:
    """A liquid in a bowl: honey, tea."""
    far = np.hypot(relief.x - x, relief.y - y) / radius
    seen = far < 1
    relief.z[seen] = level + 3 * (far[seen] ** 6)
    relief.rgb[seen] = mixed(colour_of(deep), colour_of(shallow), far**3)[seen]
    relief.gloss[seen] = 0.2
    glint = np.exp(
        -(
            ((relief.x - x + radius * 0.4) / (radius * 0.28)) ** 2
            + ((relief.y - y + radius * 0.45) / (radius * 0.1)) ** 2
        )
    )
    relief.rgb[seen] += (glint[seen] * 0.55)[..., None]


def spots(
    relief: Relief, count: int, x: float, y: float, radius: float, flat: float = 1.0
) -> list[tuple[float, float, float]]:
    """Places of a heap, from its foot to its top: x, y, and how near the middle (0 edge, 1 middle)."""
    found = []
    for _number in range(count):
        far, turn = math.sqrt(relief.around(0, 1)) * radius, relief.around(0, 2 * math.pi)
        found.append((x + far * math.cos(turn), y + far * math.sin(turn) * flat, 1 - far / radius))
    return sorted(found, key=lambda spot: spot[2])


def tinted(relief: Relief, colours: Sequence[str], by: float = 0.07) -> Colour:
    chosen = colour_of(colours[int(relief.around(0, len(colours) - 0.001))])
    shift = relief.around(-by, by)
    return [min(1.0, max(0.0, part + shift)) for part in chosen]


def _mound(
    relief: Relief, place: tuple[float, float, float], height: float, base: float, colours: Sequence[str], flat: float
) -> None:
    """What the things of a heap lie on: the same in the shade, so that no table shows between them."""
    x, y, radius = place
    shade = [part * 0.7 for part in np.mean([colour_of(colour) for colour in colours], axis=0)]
    relief.press(
        x, y, (radius * 0.97, radius * 0.97 * flat, height * 0.86), shade, base=base - 6, gloss=0.02, power=0.8
    )


def heap(
    relief: Relief,
    place: tuple[float, float, float],
    count: int,
    size: tuple[float, float, float],
    colours: Sequence[str],
    *,
    height: float = 90,
    base: float = 20,
    gloss: float = 0.12,
    bumps: Paint | None = None,
    flat: float = 1.0,
) -> None:
    """Many small things on each other: grains, granules, beans."""
    _mound(relief, place, height, base, colours, flat)
    for x, y, up in spots(relief, count, *place, flat=flat):
        grown = relief.around(0.8, 1.2)
        relief.press(
            x,
            y,
            (size[0] * grown, size[1] * grown, size[2] * grown),
            tinted(relief, colours),
            angle=relief.around(0, math.pi),
            base=base + height * up**0.8 + relief.around(-4, 8),
            gloss=gloss,
            bumps=bumps,
        )


def strand(
    relief: Relief,
    x: float,
    y: float,
    length: float,
    thick: float,
    colour: Colour,
    *,
    turn: float,
    curl: float,
    base: float,
    gloss: float = 0.1,
) -> None:
    """A curled thread: a rolled tea leaf, a noodle, a strip."""
    steps = max(6, int(length / max(thick * 0.8, 2)))
    for step in range(steps):
        along = step / (steps - 1)
        narrow = thick * (0.45 + 0.55 * math.sin(math.pi * (0.08 + along * 0.86)))
        relief.press(x, y, (narrow, narrow, narrow), colour, base=base + 6 * math.sin(along * math.pi), gloss=gloss)
        x, y = x + math.cos(turn) * length / steps, y + math.sin(turn) * length / steps
        turn += curl / steps


def tea(
    relief: Relief,
    place: tuple[float, float, float],
    count: int,
    colours: Sequence[str],
    *,
    length: float = 70,
    height: float = 95,
    base: float = 20,
) -> None:
    """A heap of rolled tea leaves, hooked as those of Tân Cương are."""
    _mound(relief, place, height, base, colours, 1.0)
    for x, y, up in spots(relief, count, *place):
        strand(
            relief,
            x,
            y,
            length * relief.around(0.6, 1.25),
            relief.around(3.6, 6.4),
            tinted(relief, colours, 0.05),
            turn=relief.around(0, 2 * math.pi),
            curl=relief.around(-3.4, 3.4),
            base=base + height * up**0.8 + relief.around(0, 9),
            gloss=0.16,
        )


def leaf(
    relief: Relief,
    x: float,
    y: float,
    length: float,
    turn: float,
    colours: tuple[str, str],
    *,
    base: float = 14,
    wide: float = 0.4,
    shine: float = 0.18,
) -> None:
    """A leaf from its stalk at (x, y), bent along its rib, with side veins."""
    dark, light = colour_of(colours[0]), colour_of(colours[1])
    shift = relief.around(-0.05, 0.05)

    def paint(u: Field, v: Field) -> Field:
        veins = np.exp(-((v * 9) ** 2)) + 0.4 * (np.abs(np.sin(u * 9 - np.abs(v) * 5)) > 0.93)
        painted: Field = mixed(dark, light, 0.35 + 0.3 * v + 0.5 * veins) + shift
        return painted

    def bumps(u: Field, v: Field) -> Field:
        pointed = np.where(np.abs(v) > (1 - np.abs(u) ** 1.6) * 1.02, -400.0, 0.0)
        ribs: Field = (-5 * np.exp(-((v * 8) ** 2)) + 1.1 * np.sin(u * 18 - np.abs(v) * 10) + pointed).astype(
            np.float32
        )
        return ribs

    middle = x + math.cos(turn) * length / 2, y + math.sin(turn) * length / 2
    relief.press(
        *middle, (length / 2, length * wide / 2, 22), paint, angle=turn, base=base, gloss=shine, bumps=bumps, power=0.35
    )


def flower(
    relief: Relief,
    x: float,
    y: float,
    radius: float,
    petals: int,
    colours: tuple[str, str, str],
    *,
    base: float,
    narrow: float = 0.42,
) -> None:
    """Petals around a heart: jasmine, longan, lotus."""
    first = relief.around(0, 6)
    for petal in range(petals):
        turn = first + petal * 2 * math.pi / petals
        leaf(relief, x, y, radius, turn, (colours[0], colours[1]), base=base + (petal % 2) * 5, wide=narrow, shine=0.05)
    relief.press(x, y, (radius * 0.16, radius * 0.16, radius * 0.14), colour_of(colours[2]), base=base + 16)


def powder(
    relief: Relief, x: float, y: float, radius: float, colours: tuple[str, str], height: float = 100, base: float = 60
) -> None:
    """A soft cone of flour or starch."""
    far = np.hypot(relief.x - x, relief.y - y) / radius
    rough = relief.noise(14) * 5 + relief.noise(5) * 3 + relief.noise(50) * 9
    height_here = base + height * np.clip(1 - far, 0, 1) ** 0.85 + rough
    seen = (far < 1) & (height_here > relief.z)
    relief.z[seen] = height_here[seen]
    relief.rgb[seen] = mixed(colour_of(colours[0]), colour_of(colours[1]), (0.5 + rough / 26).astype(np.float32))[seen]
    relief.gloss[seen] = 0.02
