"""Still lifes of what households dry, smoke, grill and ferment."""

from __future__ import annotations

import math

import numpy as np

from demo.painting.relief import Field, Relief, colour_of
from demo.painting.still_lifes import (
    DARK_WOOD,
    INDIGO,
    LINEN,
    PALE_WOOD,
    rough_skin,
    skin_of,
    woven_ground,
)
from demo.painting.things import (
    MIDDLE,
    bowl,
    cloth,
    heap,
    leaf,
    mixed,
    powder,
    spots,
    strand,
    tinted,
    wood,
    woven_tray,
)


def noodles(relief: Relief) -> None:
    wood(relief, *DARK_WOOD)
    woven_tray(relief, 520)
    for x, y, turn in ((430, 400, 0.5), (760, 420, -0.4), (420, 760, -0.5), (770, 770, 0.6)):
        for _thread in range(130):
            shift = relief.around(-85, 85)
            strand(
                relief,
                x - 170 * math.cos(turn) - shift * math.sin(turn),
                y - 170 * math.sin(turn) + shift * math.cos(turn),
                350,
                5.5,
                tinted(relief, ("#cfc6b4", "#ddd6c8", "#b8ad99"), 0.04),
                turn=turn + relief.around(-0.35, 0.35),
                curl=relief.around(-0.7, 0.7),
                base=24 + relief.around(0, 55) * (1 - abs(shift) / 110),
                gloss=0.35,
            )
        for row in range(5):
            across = turn + math.pi / 2
            strand(
                relief,
                x - 105 * math.cos(across) + row * 9 * math.cos(turn),
                y - 105 * math.sin(across) + row * 9 * math.sin(turn),
                210,
                6,
                colour_of("#b5894a"),
                turn=across,
                curl=0,
                base=84,
            )


def turmeric(relief: Relief) -> None:
    cloth(relief, "#4a5a4a", "#74836c")
    bowl(relief, 530, 560, 400, "#efe7d6", "#e8b93a")
    powder(relief, 530, 560, 345, ("#dd9a12", "#f4c244"), height=95, base=66)
    for x, y, turn in ((900, 860, 0.4), (720, 1010, -0.2), (1010, 640, 1.3), (980, 1030, 0.9)):
        relief.press(
            x, y, (120, 48, 48), skin_of("#b97722", "#e0a850", 20), angle=turn, base=8, bumps=rough_skin(relief, 15, 4)
        )
        relief.press(x + 40, y + 30, (62, 34, 36), skin_of("#b97722", "#e0a850", 20), angle=turn + 1.2, base=8)


def persimmons(relief: Relief) -> None:
    wood(relief, *DARK_WOOD)
    for x, y, size in (
        (360, 390, 180),
        (760, 360, 190),
        (560, 640, 185),
        (880, 700, 175),
        (340, 860, 190),
        (700, 960, 180),
    ):
        relief.press(
            x,
            y,
            (size, size * 0.97, size * 0.72),
            skin_of("#d9691c", "#f5a040", 3),
            base=12,
            gloss=0.4,
            bumps=rough_skin(relief, 3.1, 7),
        )
        for petal in range(4):
            leaf(
                relief,
                x,
                y,
                size * 0.46,
                petal * math.pi / 2 + size,
                ("#5d6b34", "#9aa25c"),
                base=size * 0.7,
                wide=0.85,
            )
        relief.press(x, y, (15, 15, 24), colour_of("#6a5330"), base=size * 0.76)


def spice(relief: Relief) -> None:
    cloth(relief, *INDIGO)
    woven_tray(relief, 470)
    for x, y, up in spots(relief, 70, MIDDLE, MIDDLE, 400):
        leaf(
            relief,
            x,
            y,
            relief.around(110, 190),
            relief.around(0, 6.3),
            ("#5a5a32", "#9a8f5a"),
            base=22 + 50 * up,
            wide=0.45,
        )
    heap(relief, (690, 690, 250), 200, (17, 16, 17), ("#4a2f24", "#6b4530", "#382218"), height=50, base=60, gloss=0.2)


def sausages(relief: Relief) -> None:
    wood(relief, *PALE_WOOD)
    for turn in (-0.3, 0.0, 0.3):
        leaf(relief, 130, 640, 1000, turn, ("#2c6a2a", "#6fa747"), wide=0.34)
    for row in range(5):
        y = 300 + row * 150
        for link in range(3):
            x = 310 + link * 285 + (row % 2) * 40
            skin = skin_of("#6f1f18", "#b5553c", 21)
            relief.press(
                x,
                y + relief.around(-14, 14),
                (142, 56, 58),
                skin,
                angle=relief.around(-0.12, 0.12),
                base=30,
                gloss=0.45,
                bumps=rough_skin(relief, 12, 4),
            )
            relief.press(x + 145, y, (20, 12, 14), colour_of("#8c4a38"), base=40)


def smoked_pork(relief: Relief) -> None:
    wood(relief, *DARK_WOOD)
    woven_tray(relief, 520)

    def lean(u: Field, v: Field) -> Field:
        return mixed(
            colour_of("#2c1410"),
            colour_of("#8a4a33"),
            (0.45 + 0.4 * np.sin(v * 21 + np.sin(u * 6) * 1.5)).astype(np.float32),
        )

    for row in range(7):
        x, y = 600 + relief.around(-30, 30), 270 + row * 108
        relief.press(
            x,
            y,
            (330 if 0 < row < 6 else 240, 56, 50),
            lean,
            angle=relief.around(-0.16, 0.16),
            base=26 + (row % 2) * 18,
            gloss=0.2,
            bumps=rough_skin(relief, 14, 7),
            power=0.28,
        )
    heap(relief, (820, 850, 120), 60, (10, 10, 10), ("#3a2c1e", "#5d4630"), height=20, base=80)


def bamboo_shoots(relief: Relief) -> None:
    cloth(relief, "#59452f", "#7d654a")
    woven_tray(relief, 500)
    for x, y, up in spots(relief, 85, MIDDLE, MIDDLE, 360):
        relief.press(
            x,
            y,
            (relief.around(110, 200), relief.around(20, 42), 26),
            skin_of(*(("#b98634", "#ecc878") if up > 0.3 else ("#a8772b", "#d9ae5c")), 17),
            angle=relief.around(0, 3.2),
            base=24 + 80 * up,
            gloss=0.2,
            bumps=rough_skin(relief, 15, 6),
            power=0.3,
        )


def _fish(relief: Relief, x: float, y: float, turn: float, size: float, base: float) -> None:
    def scaled(u: Field, v: Field) -> Field:
        shade = np.clip(0.5 - v * 0.7, 0, 1) + 0.2 * np.sin(u * 40) * np.sin(v * 24)
        return mixed(colour_of("#e6c78f"), colour_of("#5f3d1d"), shade)

    relief.press(x, y, (size, size * 0.24, size * 0.2), scaled, angle=turn, base=base, gloss=0.4)
    for side in (-0.45, 0.45):
        leaf(
            relief,
            x - math.cos(turn) * size * 0.86,
            y - math.sin(turn) * size * 0.86,
            size * 0.42,
            turn + math.pi + side,
            ("#6a4524", "#b98f55"),
            base=base,
        )
    relief.press(
        x + math.cos(turn) * size * 0.78,
        y + math.sin(turn) * size * 0.78 - 5,
        (8, 8, 9),
        colour_of("#1c130c"),
        base=base + size * 0.13,
        gloss=0.9,
    )


def grilled_fish(relief: Relief) -> None:
    woven_ground(relief)
    for row in range(6):
        for column in range(2):
            _fish(
                relief,
                450 + column * 310 + relief.around(-14, 14),
                330 + row * 112,
                relief.around(-0.12, 0.12),
                150,
                30 + (row % 2) * 8,
            )
    for x in (400, 770):
        strand(relief, x, 170, 870, 9, colour_of("#d8b06a"), turn=math.pi / 2, curl=0, base=78)


def sour_shrimps(relief: Relief) -> None:
    cloth(relief, *LINEN)
    bowl(relief, MIDDLE, 620, 440, "#5a6f5b", "#c9694a")
    for x, y, up in spots(relief, 330, MIDDLE, 620, 370):
        strand(
            relief,
            x,
            y,
            relief.around(55, 85),
            relief.around(9, 13),
            tinted(relief, ("#d9603c", "#e8825a", "#c94a32", "#eda27a")),
            turn=relief.around(0, 6.3),
            curl=relief.around(2.2, 3.4),
            base=64 + 80 * up,
            gloss=0.5,
        )
    for x, y, up in spots(relief, 60, MIDDLE, 620, 330):
        relief.press(
            x, y, (24, 5, 6), tinted(relief, ("#e8cf8a", "#f2dfaa")), angle=relief.around(0, 3), base=96 + 70 * up
        )
    for x, y in ((1010, 200), (1080, 270)):
        strand(relief, x, y, 210, 19, colour_of("#c9281f"), turn=2.4, curl=0.7, base=10, gloss=0.7)
