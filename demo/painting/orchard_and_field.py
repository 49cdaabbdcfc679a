"""Still lifes of fruit, grain, mushrooms and roots."""

from __future__ import annotations

import math

import numpy as np

from demo.painting.relief import Field, Relief, colour_of
from demo.painting.still_lifes import (
    DARK_WOOD,
    INDIGO,
    LEAF,
    LINEN,
    PALE_WOOD,
    cut_half,
    rough_skin,
    skin_of,
    woven_ground,
)
from demo.painting.things import (
    MIDDLE,
    bowl,
    cloth,
    flower,
    heap,
    leaf,
    mixed,
    spots,
    strand,
    tea,
    tinted,
    wood,
    woven_tray,
)


def old_tea(relief: Relief) -> None:
    cloth(relief, *INDIGO)
    woven_tray(relief, 520)
    tea(relief, (MIDDLE, MIDDLE, 450), 900, ("#2a2618", "#3a3420", "#4c452a", "#343a22"), length=92, height=85, base=22)
    leaf(relief, 930, 1090, 250, -1.9, LEAF, base=60)
    leaf(relief, 960, 1100, 230, -1.3, LEAF, base=60)


def lotus_tea(relief: Relief) -> None:
    wood(relief, *DARK_WOOD)
    bowl(relief, 470, 720, 390, "#dfe3dc", "#c4cbc0")
    tea(relief, (470, 720, 335), 560, ("#33402a", "#46522f", "#2a3320"), length=62, height=90, base=66)
    for number, ring in ((11, 330), (8, 250), (6, 165)):
        for petal in range(number):
            turn = petal * 2 * math.pi / number + ring
            leaf(
                relief,
                850,
                370,
                ring,
                turn,
                ("#d9698c", "#fbe3e8"),
                base=20 + (330 - ring) * 0.25,
                wide=0.44,
                shine=0.1,
            )
    relief.press(850, 370, (62, 62, 70), colour_of("#d9c04a"), base=60)
    for x, y, _up in spots(relief, 20, 850, 370, 48):
        relief.press(x, y, (7, 7, 8), colour_of("#8c9a3a"), base=122)


def custard_apples(relief: Relief) -> None:
    woven_ground(relief)
    for x, y, size in ((400, 420, 185), (790, 400, 175), (600, 640, 190), (370, 820, 170), (830, 800, 185)):
        relief.press(x, y, (size * 0.92, size * 0.92, size * 0.8), colour_of("#55733a"), base=24)
        for ring in range(7):
            far = size * 0.94 * math.sin(ring * math.pi / 13)
            count = max(1, ring * 6)
            for scale in range(count):
                turn = scale * 2 * math.pi / count + ring * 0.5
                up = size * 0.78 * math.cos(ring * math.pi / 13.5)
                relief.press(
                    x + far * math.cos(turn),
                    y + far * math.sin(turn),
                    (size * 0.16, size * 0.145, 30),
                    tinted(relief, ("#9dbb68", "#b3cc80", "#8aab57"), 0.03),
                    angle=turn,
                    base=24 + up,
                    gloss=0.12,
                )
        strand(relief, x, y, 60, 9, colour_of("#6b5636"), turn=relief.around(0, 6), curl=0.5, base=24 + size * 0.85)
    leaf(relief, 560, 470, 220, -2.0, LEAF, base=120)


def pomelos(relief: Relief) -> None:
    cloth(relief, *INDIGO)
    for x, y, size in ((350, 400, 235), (830, 380, 225), (400, 860, 225)):
        relief.press(
            x,
            y,
            (size, size, size * 0.8),
            skin_of("#d9b02c", "#f5dd68", 4),
            base=12,
            gloss=0.3,
            bumps=rough_skin(relief, 60, 1.8),
        )
        leaf(relief, x, y, 170, relief.around(3.3, 6), LEAF, base=size * 0.76)
    cut_half(relief, 850, 850, 235, ("#f7f1d4", "#fffbe9"), "#e3c343", 0.95)
    for part in range(12):
        turn = part * math.pi / 6
        middle = 850 + 112 * math.cos(turn), 850 + 112 * math.sin(turn)
        relief.press(
            *middle,
            (92, 27, 14),
            skin_of("#e8c95a", "#f6e59a", 22),
            angle=turn,
            base=96,
            gloss=0.5,
            bumps=rough_skin(relief, 26, 1.5),
        )


def guavas(relief: Relief) -> None:
    wood(relief, *PALE_WOOD)
    skin = skin_of("#94b94a", "#d3e08c", 5)
    for x, y, turn in ((370, 370, 0.5), (760, 350, -0.6), (430, 660, -0.3), (350, 930, 0.4), (720, 640, 1.2)):
        relief.press(x, y, (165, 150, 130), skin, angle=turn, base=10, gloss=0.28, bumps=rough_skin(relief, 13, 3))
        relief.press(
            x + 110 * math.cos(turn), y + 110 * math.sin(turn), (110, 92, 100), skin, angle=turn, base=10, gloss=0.28
        )
        relief.press(x - 150 * math.cos(turn), y - 150 * math.sin(turn), (24, 24, 40), colour_of("#6c6a3a"), base=30)
    cut_half(relief, 840, 900, 180, ("#f4ecd2", "#fdfbf0"), "#a9c45a", 0.92)
    for seed_x, seed_y, _up in spots(relief, 75, 840, 900, 92):
        relief.press(seed_x, seed_y, (8, 6, 6), colour_of("#d8bf82"), angle=relief.around(0, 3), base=100)
    leaf(relief, 520, 480, 260, -1.0, LEAF, base=60)


def dried_mushrooms(relief: Relief) -> None:
    woven_ground(relief)

    def cracked(u: Field, v: Field) -> Field:
        turn, far = np.arctan2(v, u), np.hypot(u, v)
        crack = (np.abs(np.sin(turn * 5 + np.sin(far * 9) * 1.4)) < 0.16) & (far < 0.85)
        return mixed(colour_of("#5b3a22"), colour_of("#e0c79c"), 0.12 + 0.25 * far + crack * 0.6)

    for x, y, up in spots(relief, 64, MIDDLE, MIDDLE, 420):
        size = relief.around(68, 112)
        if relief.around(0, 1) < 0.16:
            relief.press(
                x,
                y,
                (size, size * 0.92, 30),
                skin_of("#d9bf8f", "#efdcb4", 30),
                base=20 + 80 * up,
                bumps=rough_skin(relief, 34, 4),
            )
            relief.press(x, y, (size * 0.22, size * 0.2, 44), colour_of("#b08d5c"), base=40 + 80 * up)
        else:
            relief.press(
                x,
                y,
                (size, size * 0.9, 62),
                cracked,
                angle=relief.around(0, 6),
                base=20 + 80 * up,
                bumps=rough_skin(relief, 9, 5),
            )


def wood_ears(relief: Relief) -> None:
    cloth(relief, *LINEN)
    bowl(relief, MIDDLE, MIDDLE, 470, "#b98d5a", "#8e663b")
    for x, y, up in spots(relief, 150, MIDDLE, MIDDLE, 400):
        tone = tinted(relief, ("#2c211d", "#3c2d27", "#54402f", "#1f1815"), 0.03)
        relief.press(
            x,
            y,
            (relief.around(50, 96), relief.around(36, 66), 30),
            tone,
            angle=relief.around(0, 6.3),
            base=64 + 70 * up,
            gloss=0.25,
            bumps=rough_skin(relief, 7, 13),
            power=0.3,
        )


def _grains(relief: Relief, colours: tuple[str, ...], size: tuple[float, float, float]) -> None:
    bowl(relief, 570, 640, 430, "#2f4a5a", "#e5dcc2")
    heap(relief, (570, 640, 385), 3600, size, colours, height=105, base=64, gloss=0.2)
    heap(relief, (1010, 1010, 170), 130, size, colours, height=8, base=4, gloss=0.2)


def _ear(relief: Relief, x: float, y: float, turn: float) -> None:
    """An ear of ripe rice."""
    strand(relief, x, y, 520, 5, colour_of("#a98c3c"), turn=turn, curl=0.7, base=20)
    for grain in range(44):
        along = 130 + grain * 8.6
        lean = turn + 0.7 * along / 520 * 0.5
        side = 1 if grain % 2 else -1
        relief.press(
            x + along * math.cos(lean) + side * 13 * math.sin(lean),
            y + along * math.sin(lean) - side * 13 * math.cos(lean),
            (21, 8, 9),
            tinted(relief, ("#d9b23f", "#c99a2e", "#e6c766"), 0.03),
            angle=lean + side * 0.45,
            base=30,
        )


def white_rice(relief: Relief) -> None:
    wood(relief, *DARK_WOOD)
    _grains(relief, ("#f4ecd6", "#fbf6e6", "#e9dfc2"), (15, 5, 5))
    for turn in (0.25, 0.45, 0.68):
        _ear(relief, 640, 90, turn)


def sticky_rice(relief: Relief) -> None:
    cloth(relief, "#6e2a2a", "#94484a")
    _grains(relief, ("#fffdf6", "#f7f3e8", "#efe9d9"), (11, 7, 7))
    for turn in (1.3, 1.55):
        _ear(relief, 950, 60, turn)


def red_peanuts(relief: Relief) -> None:
    woven_ground(relief)
    heap(
        relief,
        (MIDDLE, MIDDLE, 440),
        620,
        (26, 18, 19),
        ("#a33f36", "#b95347", "#8c3430"),
        height=70,
        base=26,
        gloss=0.22,
    )
    for x, y, up in spots(relief, 16, 640, 560, 360):
        turn, shell = relief.around(0, 6.3), skin_of("#c49a5d", "#e6c78d", 14)
        for side in (-1, 1):
            relief.press(
                x + side * 34 * math.cos(turn),
                y + side * 34 * math.sin(turn),
                (50, 36, 36),
                shell,
                angle=turn,
                base=60 + 40 * up,
                bumps=rough_skin(relief, 18, 3),
            )


def wax_gourds(relief: Relief) -> None:
    wood(relief, *PALE_WOOD)
    for x, y, turn in ((600, 300, 0.06), (580, 590, -0.05), (620, 880, 0.04)):
        relief.press(
            x,
            y,
            (455, 132, 125),
            skin_of("#3f7a3c", "#a3c890", 11),
            angle=turn,
            base=10,
            gloss=0.2,
            bumps=rough_skin(relief, 11, 4),
        )
        strand(
            relief,
            x - 445,
            y - 445 * math.sin(turn),
            80,
            17,
            colour_of("#7c8a4a"),
            turn=math.pi + 0.3,
            curl=0.6,
            base=70,
        )
    leaf(relief, 200, 1120, 330, -0.6, LEAF, wide=0.8)
    flower(relief, 470, 1080, 95, 5, ("#e3b02a", "#f7d95e", "#c98d1a"), base=20, narrow=0.75)


def taro(relief: Relief) -> None:
    cloth(relief, *LINEN)

    def ringed(u: Field, v: Field) -> Field:
        return mixed(colour_of("#4d3526"), colour_of("#9a7657"), 0.45 + 0.45 * np.sin(u * 24 + v * 2) + 0.1 * v)

    def hairy(u: Field, v: Field) -> Field:
        found: Field = (5 * np.sin(u * 24 + v * 2) + 2.5 * np.sin(v * 60 + u * 9)).astype(np.float32)
        return found

    for x, y, turn in ((350, 360, 0.4), (720, 330, -0.5), (380, 700, -0.2), (640, 640, 0.9), (400, 980, 0.2)):
        relief.press(x, y, (190, 130, 118), ringed, angle=turn, base=10, bumps=hairy)
    cut_half(relief, 850, 860, 200, ("#efe4e6", "#f8f1ee"), "#6b4c38", 0.93)
    for spot_x, spot_y, _up in spots(relief, 320, 850, 860, 172):
        relief.press(
            spot_x, spot_y, (relief.around(3, 8), 2.2, 2), colour_of("#8b5f86"), angle=relief.around(0, 3), base=101
        )
