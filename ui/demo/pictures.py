"""Photos for the demo, drawn: the steppe, and in front of it what the issue is about."""

import random
from io import BytesIO

from PIL import Image, ImageDraw, ImageFilter

SIZE = (2400, 1800)


def photo(subject: int) -> bytes:
    """A JPEG of 4 megapixels, as a telephone would make it; another one for each subject."""
    chance = random.Random(subject)  # noqa: S311  # a picture, not a secret
    picture = _steppe(chance)
    draw = ImageDraw.Draw(picture)
    (_pipe, _road, _lamp)[subject % 3](draw, chance)
    made = BytesIO()
    picture.filter(ImageFilter.GaussianBlur(1)).save(made, "JPEG", quality=90)
    return made.getvalue()


def _steppe(chance: random.Random) -> Image.Image:
    width, height = SIZE
    picture = Image.new("RGB", SIZE)
    draw = ImageDraw.Draw(picture)
    for y in range(height):
        share = y / height
        sky = (int(120 + 90 * share), int(170 + 50 * share), int(215 + 20 * share))
        earth = (int(196 - 70 * share), int(170 - 60 * share), int(112 - 40 * share))
        draw.line((0, y, width, y), fill=sky if share < 0.45 else earth)
    ridge = [(x, 810 - chance.randint(0, 120)) for x in range(0, width + 200, 200)]
    draw.polygon([(0, 830), *ridge, (width, 830)], fill=(128, 138, 148))
    for x in range(100, width, 420):
        top = 700 + chance.randint(0, 60)
        draw.rectangle((x, top, x + 230, 860), fill=(226, 219, 203))
        draw.polygon(((x - 20, top), (x + 250, top), (x + 115, top - 80)), fill=(139, 74, 58))
    return picture


def _pipe(draw: ImageDraw.ImageDraw, chance: random.Random) -> None:
    draw.rectangle((0, 1240, 2400, 1330), fill=(96, 106, 112))
    draw.rectangle((1180, 1220, 1260, 1350), fill=(150, 84, 48))
    for _ in range(60):
        x, y = 1220 + chance.randint(-160, 160), 1400 + chance.randint(0, 300)
        draw.ellipse((x, y, x + 120, y + 30), fill=(120, 160, 176))


def _road(draw: ImageDraw.ImageDraw, chance: random.Random) -> None:
    draw.polygon(((1080, 860), (1320, 860), (2100, 1800), (300, 1800)), fill=(92, 92, 94))
    for _ in range(14):
        x, y = chance.randint(800, 1500), chance.randint(1100, 1650)
        draw.ellipse((x, y, x + y // 6, y + y // 18), fill=(48, 44, 40))


def _lamp(draw: ImageDraw.ImageDraw, _: random.Random) -> None:
    for x, top in ((400, 360), (1300, 520), (1900, 600)):
        draw.rectangle((x, top, x + 26, 1500), fill=(70, 72, 76))
        draw.rectangle((x, top, x + 190, top + 20), fill=(70, 72, 76))
        draw.ellipse((x + 150, top, x + 250, top + 50), fill=(50, 50, 52))
