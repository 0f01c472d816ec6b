"""Pictures of no place at all: sky, steppe, a road; each from its number."""

from io import BytesIO
from random import Random

from PIL import Image, ImageDraw

SIZE = (1280, 960)
SKIES = ("#9fc4d8", "#c9d6dd", "#e3b98a", "#7fa8c4")
STEPPES = ("#b79a5b", "#8c8a4a", "#a8763e", "#c9b37a")


def landscape(number: int) -> bytes:
    """A JPEG; the same for the same number."""
    chance = Random(number)  # noqa: S311  # nothing secret is drawn
    wide, high = SIZE
    horizon = chance.randrange(high // 3, high // 2)
    picture = Image.new("RGB", SIZE, chance.choice(SKIES))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, horizon, wide, high), fill=chance.choice(STEPPES))
    middle, far = chance.randrange(wide // 3, 2 * wide // 3), chance.randrange(20, 60)
    road = ((middle - far, horizon), (middle + far, horizon), (wide - 200, high), (200, high))
    pen.polygon(road, fill="#8d8a84")
    for _ in range(chance.randrange(1, 5)):
        left, tall = chance.randrange(0, wide - 160), chance.randrange(60, 140)
        pen.rectangle((left, horizon - tall, left + 150, horizon + 20), fill="#e8e2d6")
        pen.polygon(
            (
                (left - 10, horizon - tall),
                (left + 75, horizon - tall - 60),
                (left + 160, horizon - tall),
            ),
            fill="#7b4a35",
        )
    file = BytesIO()
    picture.save(file, "JPEG", quality=85)
    return file.getvalue()
