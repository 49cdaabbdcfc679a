"""A relief seen from above: things are pressed into a height map with their colours, then lit by one low window."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

SIDE = 1200
Colour = Sequence[float]
Field = NDArray[np.float32]
Paint = Callable[[Field, Field], Field]
"""From the place within a thing (u and v, each -1 to 1) to its colours."""

SUN = np.array([-0.55, -0.6, 0.62], dtype=np.float32)
SHADOW_STEPS = 26


def colour_of(written: str) -> Colour:
    """Of #rrggbb, each part 0 to 1."""
    return [part / 255 for part in bytes.fromhex(written.removeprefix("#"))]


def blurred(field: Field, radius: float) -> Field:
    low = float(field.min())
    span = float(field.max()) - low or 1.0
    image = Image.fromarray(((field - low) / span * 255).astype(np.uint8))
    soft = image.filter(ImageFilter.GaussianBlur(radius))
    return (np.asarray(soft, dtype=np.float32) / 255 * span + low).astype(np.float32)


class Relief:
    """The picture while it grows: ``z`` heights, ``rgb`` colours of the surface, ``gloss`` how much it shines."""

    def __init__(self, seed: str) -> None:
        self.chance = np.random.default_rng(list(seed.encode()))
        self.z: Field = np.zeros((SIDE, SIDE), dtype=np.float32)
        self.rgb: Field = np.ones((SIDE, SIDE, 3), dtype=np.float32)
        self.gloss: Field = np.zeros((SIDE, SIDE), dtype=np.float32)
        self.y, self.x = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)

    def noise(self, grain: int) -> Field:
        """Smooth noise between -1 and 1 with lumps of about ``grain`` pixels."""
        cells = SIDE // grain + 3
        rough = self.chance.uniform(0, 255, (cells, cells)).astype(np.uint8)
        smooth = Image.fromarray(rough).resize((SIDE, SIDE), Image.Resampling.BICUBIC)
        return np.asarray(smooth, dtype=np.float32) / 127.5 - 1

    def around(self, low: float, high: float) -> float:
        return float(self.chance.uniform(low, high))

    def press(
        self,
        x: float,
        y: float,
        size: tuple[float, float, float],
        colour: Colour | Paint,
        *,
        angle: float = 0.0,
        base: float = 0.0,
        gloss: float = 0.15,
        bumps: Paint | None = None,
        power: float = 0.5,
    ) -> None:
        """An ellipsoid with half axes ``size``, lying on ``base``; a ``power`` below 0.5 makes its top flatter.

        ``bumps`` answers heights to add, in pixels.
        """
        reach = max(size[0], size[1]) + 2
        left, right = max(0, int(x - reach)), min(SIDE, int(x + reach) + 1)
        top, bottom = max(0, int(y - reach)), min(SIDE, int(y + reach) + 1)
        if left >= right or top >= bottom:
            return
        dx, dy = self.x[top:bottom, left:right] - x, self.y[top:bottom, left:right] - y
        u = (dx * math.cos(angle) + dy * math.sin(angle)) / size[0]
        v = (dy * math.cos(angle) - dx * math.sin(angle)) / size[1]
        inside = 1 - u * u - v * v
        height = base + size[2] * np.power(np.clip(inside, 0, 1), power)
        if bumps is not None:
            height = height + bumps(u, v)
        seen = (inside > 0) & (height > self.z[top:bottom, left:right])
        self.z[top:bottom, left:right][seen] = height[seen]
        painted = (
            colour(u, v) if callable(colour) else np.broadcast_to(np.array(colour, dtype=np.float32), (*u.shape, 3))
        )
        self.rgb[top:bottom, left:right][seen] = painted[seen]
        self.gloss[top:bottom, left:right][seen] = gloss

    def lit(self) -> Image.Image:
        """The picture in its light: warm sun, soft blue from above, shade where things stand close."""
        z = self.z
        shade_y, shade_x = np.gradient(z)
        normal = np.stack([-shade_x, -shade_y, np.full_like(z, 1.0)], axis=-1)
        normal /= np.linalg.norm(normal, axis=-1, keepdims=True)
        sun = SUN / np.linalg.norm(SUN)
        facing = np.clip(normal @ sun, 0, 1)
        light = facing * self._sunlit()
        near = np.clip(1 - np.clip(blurred(z, 9) - z, 0, None) / 26, 0.35, 1)
        wide = np.clip(1 - np.clip(blurred(z, 40) - z, 0, None) / 90, 0.45, 1)
        warm, cool = np.array([1.22, 1.1, 0.92]), np.array([0.46, 0.5, 0.54])
        shown = self.rgb * (light[..., None] * warm + (near * wide)[..., None] * cool)
        half = sun + np.array([0, 0, 1])
        shine = np.clip(normal @ (half / np.linalg.norm(half)), 0, 1) ** 42
        shown += (shine * self.gloss)[..., None] * np.array([1.0, 0.96, 0.86])
        far = np.hypot(self.x - SIDE / 2, self.y - SIDE / 2) / SIDE
        shown *= (1.06 - 0.42 * far**2)[..., None]
        shown = np.clip(shown, 0, None)
        toned = shown / (1 + 0.16 * shown) * 1.12
        return Image.fromarray((np.clip(toned, 0, 1) ** 0.94 * 255).astype(np.uint8))

    def _sunlit(self) -> Field:
        """1 where the sun arrives, 0 in a thing's shadow, soft at its edge."""
        rise = float(SUN[2] / np.hypot(SUN[0], SUN[1]))
        hidden = np.zeros_like(self.z)
        for step in range(1, SHADOW_STEPS):
            far = step * (1 + step / 9)
            dx, dy = round(float(SUN[0]) * far * 1.25), round(float(SUN[1]) * far * 1.25)
            toward = np.roll(self.z, (-dy, -dx), (0, 1))
            hidden = np.maximum(hidden, np.clip((toward - self.z - math.hypot(dx, dy) * rise) / 7, 0, 1))
        return blurred(1 - hidden * 0.82, 2.2)
