"""One still life for each product of the demo: what a buyer would get, on the table of its household."""

from __future__ import annotations

import math

import numpy as np

from demo.painting.relief import SIDE, Field, Paint, Relief, colour_of
from demo.painting.things import (
    MIDDLE,
    bowl,
    cloth,
    flower,
    heap,
    leaf,
    mixed,
    pool,
    powder,
    spots,
    strand,
    tea,
    tinted,
    wood,
    woven_tray,
)

DARK_WOOD, PALE_WOOD = ("#4a2f1c", "#8c6239"), ("#9b774c", "#d9bb8a")
LINEN, INDIGO = ("#d9cfb8", "#f2ecdc"), ("#22304f", "#4a628f")
LEAF = ("#2f6b2c", "#7fae4a")


def rough_skin(relief: Relief, fineness: float, depth: float) -> Paint:
    """Irregular bumps ``depth`` pixels high; about ``fineness`` of them from end to end."""
    lumps = relief.noise(24)
    step = fineness * 8
    start = int(relief.around(0, SIDE))

    def bumps(u: Field, v: Field) -> Field:
        across = (start + (u + 1) * step).astype(np.int32) % SIDE
        down = (start + (v + 1) * step).astype(np.int32) % SIDE
        found: Field = depth * lumps[down, across]
        return found

    return bumps


def skin_of(low: str, high: str, fineness: float = 6.0, lean: float = 0.35) -> Paint:
    def paint(u: Field, v: Field) -> Field:
        share = 0.5 + lean * v + 0.18 * np.sin(u * fineness) * np.sin(v * fineness * 1.3)
        return mixed(colour_of(low), colour_of(high), share)

    return paint


def tea_in_a_bowl(relief: Relief, colours: tuple[str, ...], tips: tuple[str, ...], *, length: float = 66) -> None:
    wood(relief, *DARK_WOOD)
    bowl(relief, 560, 640, 430, "#ece7da", "#d8d1be")
    tea(relief, (560, 640, 375), 620, colours, length=length, height=95, base=66)
    tea(relief, (560, 640, 320), 70, tips, length=length * 0.8, height=60, base=100)
    bowl(relief, 1010, 245, 165, "#f4f0e6", "#e9e2cf")
    pool(relief, 1010, 245, 132, "#d9cf62", "#a8a832", 84)
    for turn in (0.4, 1.2):
        leaf(relief, 150, 1020, 200, turn - 1.3, LEAF)


def hook_tea(relief: Relief) -> None:
    tea_in_a_bowl(relief, ("#26301b", "#2f3d21", "#39492a", "#1f2717"), ("#6d7f4e", "#8a966a"))


def bud_tea(relief: Relief) -> None:
    cloth(relief, "#7d2f27", "#a8574a")
    bowl(relief, 600, 600, 400, "#2b2a28", "#3a3835")
    tea(relief, (600, 600, 345), 760, ("#3d4a2a", "#4b5a33", "#5d6b40"), length=42, height=100, base=66)
    tea(relief, (600, 600, 300), 90, ("#8d9a5f", "#a9b078"), length=30, height=60, base=104)
    leaf(relief, 1000, 1080, 170, -2.3, LEAF)


def jasmine_tea(relief: Relief) -> None:
    cloth(relief, *LINEN, check=100)
    woven_tray(relief, 500)
    tea(relief, (MIDDLE, MIDDLE, 440), 720, ("#36422a", "#454f33", "#2c3521"), length=70, height=70, base=22)
    for x, y, up in spots(relief, 26, MIDDLE, MIDDLE, 430):
        flower(relief, x, y, relief.around(38, 56), 6, ("#f0eee2", "#ffffff", "#e8dba0"), base=44 + 66 * up)


def _shoot(relief: Relief, x: float, y: float, turn: float, base: float) -> None:
    """One bud and two leaves."""
    for lean, long in ((-0.75, 150), (0.7, 165), (0.0, 110)):
        leaf(relief, x, y, long, turn + lean, ("#4f8f35", "#b3d06b"), base=base, wide=0.36 if lean else 0.2)
    strand(relief, x, y, 90, 7, colour_of("#86a552"), turn=turn + math.pi, curl=0.2, base=base)


def shoot_tea(relief: Relief) -> None:
    wood(relief, *PALE_WOOD)
    woven_tray(relief, 520)
    for x, y, up in spots(relief, 34, MIDDLE, MIDDLE, 410):
        _shoot(relief, x, y, relief.around(0, 6.3), 20 + 70 * up)


def matcha(relief: Relief) -> None:
    cloth(relief, "#3b3a36", "#5b594f")
    bowl(relief, 590, 620, 420, "#efe9dc", "#d9e0b2")
    powder(relief, 590, 620, 360, ("#86a83a", "#b4cf63"), height=85, base=66)
    strand(relief, 800, 420, 560, 22, colour_of("#c9a45e"), turn=-0.75, curl=0.15, base=150, gloss=0.3)
    relief.press(790, 430, (70, 34, 26), colour_of("#c9a45e"), angle=-0.75, base=140, gloss=0.3)
    relief.press(780, 434, (46, 24, 30), colour_of("#a3c04c"), angle=-0.75, base=145)


def chicken(relief: Relief) -> None:
    wood(relief, *DARK_WOOD)
    for turn in (-0.5, -0.2, 0.15, 0.45, 2.7, 3.3):
        leaf(relief, 600, 620, 640, turn, ("#2c6a2a", "#6fa747"), wide=0.42)
    skin, pores = ("#d9a850", "#f4d58a"), rough_skin(relief, 60, 3)
    relief.press(600, 600, (300, 215, 165), skin_of(*skin), angle=0.1, base=40, gloss=0.3, bumps=pores)
    relief.press(520, 560, (215, 150, 60), skin_of(*skin), angle=0.25, base=165, gloss=0.3, bumps=pores)
    for y, turn in ((455, -0.4), (770, 0.5)):
        relief.press(760, y, (165, 88, 92), skin_of(*skin), angle=turn, base=60, gloss=0.3, bumps=pores)
        strand(relief, 880, y + (40 if y > 600 else -40), 180, 24, colour_of("#e3bb62"), turn=turn, curl=0.3, base=50)
    for y, turn in ((420, 2.4), (800, -2.4)):
        relief.press(470, y, (130, 50, 55), skin_of(*skin), angle=turn, base=70, gloss=0.3, bumps=pores)
    relief.press(250, 575, (120, 62, 62), skin_of(*skin), angle=0.15, base=40, gloss=0.3, bumps=pores)
    for x, y in ((210, 900), (300, 960), (960, 980)):
        relief.press(x, y, (62, 56, 50), skin_of("#e8dcc8", "#f8f2e6"), base=14)


def hen_eggs(relief: Relief) -> None:
    wood(relief, *DARK_WOOD)
    woven_tray(relief, 480)
    for x, y, up in spots(relief, 420, MIDDLE, MIDDLE, 440):
        strand(
            relief,
            x,
            y,
            190,
            4.5,
            tinted(relief, ("#c9a45a", "#e0c37c", "#a98342")),
            turn=relief.around(0, 6.3),
            curl=relief.around(-1.5, 1.5),
            base=30 + 20 * up,
        )
    for x, y in (
        (430, 430),
        (610, 390),
        (790, 450),
        (370, 590),
        (540, 570),
        (710, 600),
        (860, 620),
        (440, 750),
        (620, 760),
        (780, 780),
    ):
        size = relief.around(0.95, 1.08)
        tone = tinted(relief, ("#e7c39a", "#f0d6b4", "#d9ac7d"), 0.03)
        relief.press(x, y, (108 * size, 84 * size, 84), tone, angle=relief.around(0, 3), base=48, gloss=0.14)


def _sprig(
    relief: Relief,
    x: float,
    y: float,
    turn: float,
    long: float,
    pairs: int,
    colours: tuple[str, str],
    base: float,
    size: float = 105,
) -> None:
    strand(relief, x, y, long, 8, colour_of("#6f9a45"), turn=turn, curl=0.15, base=base)
    for pair in range(pairs):
        far = long * (0.25 + 0.75 * pair / pairs)
        for side in (-1, 1):
            leaf(
                relief,
                x + math.cos(turn) * far,
                y + math.sin(turn) * far,
                size * relief.around(0.8, 1.15),
                turn + side * relief.around(0.6, 1.1),
                colours,
                base=base + 12 + pair * 3,
                wide=0.5,
            )


def sweet_leaf(relief: Relief) -> None:
    cloth(relief, *LINEN)
    for number in range(17):
        turn = -math.pi / 2 + (number - 8) * 0.1 + relief.around(-0.06, 0.06)
        _sprig(
            relief,
            600 + (number - 8) * 9,
            1080,
            turn,
            relief.around(720, 900),
            8,
            ("#256028", "#69a344"),
            12 + (number % 4) * 14,
        )
    for row in range(4):
        strand(relief, 470, 930 + row * 16, 270, 9, colour_of("#c8a566"), turn=0.02, curl=0.0, base=108)


def wild_gourd(relief: Relief) -> None:
    woven_ground(relief)
    rows, colours = _ridges(26, 15), skin_of("#3f7f34", "#93bf5c")
    for x, y, turn in (
        (360, 420, 0.4),
        (600, 350, 0.1),
        (830, 460, -0.3),
        (420, 620, 0.1),
        (680, 600, 0.5),
        (880, 690, 0.2),
        (350, 800, -0.2),
        (590, 820, 0.3),
        (800, 880, -0.1),
    ):
        relief.press(x, y, (150, 76, 74), colours, angle=turn, base=30, gloss=0.25, bumps=rows)
        strand(
            relief,
            x - 145 * math.cos(turn),
            y - 145 * math.sin(turn),
            70,
            7,
            colour_of("#6d8f45"),
            turn=turn + math.pi,
            curl=0.8,
            base=50,
        )


def _ridges(across: float, depth: float) -> Paint:
    def bumps(u: Field, v: Field) -> Field:
        found: Field = (depth * np.abs(np.sin(u * across)) * np.abs(np.sin(v * across * 0.55))).astype(np.float32)
        return found

    return bumps


def woven_ground(relief: Relief) -> None:
    wood(relief, *PALE_WOOD)
    woven_tray(relief, 520)


def heart_cabbage(relief: Relief) -> None:
    wood(relief, *DARK_WOOD)

    def veined(u: Field, v: Field) -> Field:
        fan = np.abs(np.sin(np.arctan2(v, u + 1.25) * 17)) > 0.965
        rib = np.exp(-((v * 13) ** 2))
        return mixed(
            colour_of("#6fa548"), colour_of("#dcebb0"), 0.2 + 0.35 * (u + 1) / 2 + 0.5 * np.maximum(fan * 0.6, rib)
        )

    def crimped(u: Field, v: Field) -> Field:
        edge = np.where(np.abs(v) > (1 - np.clip(u, 0, 1) ** 1.3) * 1.03, -400.0, 0.0)
        found: Field = (edge + 9 * np.exp(-((v * 12) ** 2)) + 4 * np.sin(np.arctan2(v, u + 1.25) * 34)).astype(
            np.float32
        )
        return found

    for x, y, turn in ((380, 430, -1.2), (800, 400, -1.8), (590, 800, -1.45)):
        for shift, wide, lean in ((-60, 190, -0.38), (60, 190, 0.38), (0, 205, 0.0)):
            relief.press(
                x + shift * 0.7,
                y,
                (285, wide, 120 + (40 if not lean else 0)),
                veined,
                angle=turn + lean,
                base=20,
                gloss=0.22,
                bumps=crimped,
            )


def jicama(relief: Relief) -> None:
    cloth(relief, "#7c8c6a", "#a3b08c")
    for x, y, size in ((370, 400, 165), (760, 370, 180), (400, 800, 175), (590, 590, 150)):
        for turn in range(4):
            relief.press(
                x + 40 * math.cos(turn * 1.57),
                y + 40 * math.sin(turn * 1.57),
                (size * 0.78, size * 0.78, 118),
                skin_of("#b98f5f", "#e3c698", 9),
                base=14,
                gloss=0.12,
                bumps=rough_skin(relief, 16, 2),
            )
        strand(relief, x, y, 130, 12, colour_of("#a17f52"), turn=relief.around(0, 6), curl=1.2, base=120)
    cut_half(relief, 840, 820, 190, ("#f6f3e6", "#ffffff"), "#cfae80")


def cut_half(
    relief: Relief, x: float, y: float, radius: float, flesh: tuple[str, str], rind: str, thick: float = 0.94
) -> None:
    """A cut half, its face upwards."""
    relief.press(x, y, (radius, radius, 90), colour_of(rind), base=10, power=0.2)

    def face(u: Field, v: Field) -> Field:
        return mixed(colour_of(flesh[0]), colour_of(flesh[1]), np.hypot(u, v))

    relief.press(x, y, (radius * thick, radius * thick, 4), face, base=98, gloss=0.3, power=0.1)


def _honey(relief: Relief, shallow: str, deep: str) -> None:
    bowl(relief, 520, 660, 400, "#e9e1d0", "#c98d2b")
    pool(relief, 520, 660, 345, shallow, deep, 88)
    strand(relief, 560, 560, 660, 20, colour_of("#b98950"), turn=-0.7, curl=0, base=150, gloss=0.3)
    for ring in range(6):
        relief.press(
            470 + ring * 26, 636 - ring * 22, (20, 62, 60), colour_of("#a8763d"), angle=-0.7, base=96, gloss=0.4
        )


def forest_honey(relief: Relief) -> None:
    wood(relief, *DARK_WOOD)
    comb(relief, 930, 900, 250)
    _honey(relief, "#e9a02c", "#8f4a0c")
    for x, y in ((170, 190), (250, 290), (1030, 210)):
        flower(relief, x, y, 62, 5, ("#f0e3c2", "#fffbf0", "#d9a530"), base=14)


def comb(relief: Relief, x: float, y: float, radius: float) -> None:
    """A piece of honeycomb."""
    relief.press(x, y, (radius, radius * 0.9, 70), colour_of("#d08a20"), base=12, gloss=0.4, power=0.12)
    for row in range(-7, 8):
        for column in range(-8, 9):
            cx, cy = x + column * 40 + (row % 2) * 20, y + row * 34
            if math.hypot(cx - x, (cy - y) * 1.1) > radius * 0.88:
                continue
            for side in range(6):
                turn = side * math.pi / 3 + math.pi / 6
                relief.press(
                    cx + 19 * math.cos(turn),
                    cy + 19 * math.sin(turn),
                    (12, 5, 5),
                    colour_of("#f0bd55"),
                    angle=turn + math.pi / 2,
                    base=84,
                    gloss=0.4,
                )


def longan_honey(relief: Relief) -> None:
    cloth(relief, *LINEN, check=100)
    _honey(relief, "#f3c04f", "#c57a14")
    for stem in range(5):
        strand(
            relief,
            1180,
            1180,
            relief.around(380, 560),
            6,
            colour_of("#7d6a3d"),
            turn=-2.2 + stem * 0.17,
            curl=0.25,
            base=14,
        )
    for x, y, _up in spots(relief, 120, 930, 960, 200):
        flower(relief, x, y, relief.around(15, 22), 5, ("#e9d9a4", "#f7efcf", "#c79a3a"), base=26)


def bee_pollen(relief: Relief) -> None:
    cloth(relief, *INDIGO)
    bowl(relief, MIDDLE, 620, 440, "#efe6d2", "#d9bd7b")
    heap(
        relief,
        (MIDDLE, 620, 385),
        2300,
        (12, 11, 12),
        ("#e9b02c", "#f2c94f", "#cf8a1f", "#b8862b", "#e6d17a"),
        height=110,
        base=62,
    )
    heap(relief, (1010, 200, 110), 40, (12, 11, 12), ("#e9b02c", "#f2c94f"), height=8, base=6)
