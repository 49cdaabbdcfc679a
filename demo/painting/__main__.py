"""Write demo/pictures again: of each listing a still life and a part of it, of each household its land and a face.

Names on the command line choose some of them.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image

from core.text import slug
from demo.painting.faces import face_of
from demo.painting.farms import FARMS, farm_of, tea_hills_of_the_market
from demo.painting.relief import Relief
from demo.painting.titles import STILL_LIFES

FOLDER = Path(__file__).parent.parent / "pictures"
STATIC = Path(__file__).parents[2] / "static" / "img"
WHOLE, NEAR = 800, 480
NEAR_BOX = (330, 350, 890, 910)


def main(wanted: list[str]) -> None:
    FOLDER.mkdir(exist_ok=True)
    for title, paint in STILL_LIFES.items():
        name = slug(title)
        if not wanted or name in wanted:
            relief = Relief(title)
            paint(relief)
            lit = relief.lit()
            _keep(lit.resize((WHOLE, WHOLE), Image.Resampling.LANCZOS), name, 48)
            _keep(lit.crop(NEAR_BOX).resize((NEAR, NEAR), Image.Resampling.LANCZOS), f"{name}-gan", 42)
    for key in FARMS:
        if not wanted or key in wanted:
            _keep(farm_of(key), f"{key}-dat", 42)
            _keep(face_of(key), f"{key}-nguoi", 52)
    if not wanted or "hills" in wanted:
        hills = tea_hills_of_the_market()
        for wide in (640, 1280):
            small = hills.resize((wide, wide * hills.height // hills.width), Image.Resampling.LANCZOS)
            small.save(STATIC / f"hills-{wide}.webp", "WEBP", quality=56, method=6)
            if wide == 640:
                small.save(STATIC / f"hills-{wide}.jpg", "JPEG", quality=68, optimize=True, progressive=True)


def _keep(picture: Image.Image, name: str, quality: int) -> None:
    picture.save(FOLDER / f"{name}.avif", "AVIF", quality=quality, speed=3)


if __name__ == "__main__":
    main(sys.argv[1:])
