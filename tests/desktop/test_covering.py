"""Black boxes become pixels: nothing of what was below them is in the file or its small picture."""

from io import BytesIO
from random import Random

import pytest
from PIL import Image

from desktop.covering import BLEEDS, BLOCK, Box, burned, pixels
from desktop.pictures import shrink, small
from sync.errors import UserError

FACE = Box(0.25, 0.25, 0.2, 0.3)


def kept(seed=0, size=(800, 600)):
    """A photo as the program keeps it: colours that differ from pixel to pixel."""
    out = BytesIO()
    noise = Image.frombytes("RGB", (200, 150), Random(seed).randbytes(200 * 150 * 3))
    noise.resize(size).save(out, "PNG")
    return shrink(out.getvalue())


def seen(content):
    return Image.open(BytesIO(content)).convert("RGB")


def test_inside_the_box_every_pixel_is_black():
    image = seen(burned(kept(), [FACE]))

    left, top, right, bottom = pixels(FACE, image.size)
    edge = BLOCK + BLEEDS  # a JPEG mixes what meets in one square
    inside = image.crop((left + edge, top + edge, right - edge, bottom - edge))
    assert max(high for _, high in inside.getextrema()) <= 8  # what a JPEG makes of black
    assert max(high for _, high in image.getextrema()) > 200


@pytest.mark.parametrize("box", [FACE, Box(0.2, 0.16, 0.1, 0.08), Box(0.501, 0.41, 0.003, 0.002)])
def test_what_was_below_the_box_changes_nothing_of_the_picture(box):
    """Its colours also stood in the pixels around it, for a JPEG keeps them by squares."""
    image = seen(kept())
    left, top = int(box.left * 800), int(box.top * 600)
    sides = max(1, int(box.wide * 800)), max(1, int(box.high * 600))
    made = []
    for colour in ("red", "blue"):
        other = image.copy()
        other.paste(colour, (left, top, left + sides[0], top + sides[1]))
        out = BytesIO()
        other.save(out, "JPEG", quality=80)
        made.append(burned(out.getvalue(), [box]))

    assert made[0] == made[1]
    assert small(made[0]) == small(made[1])


def test_a_box_becomes_whole_squares_inside_the_picture():
    assert pixels(Box(0.0, 0.0, 0.01, 0.01), (800, 600)) == (0, 0, BLOCK + BLEEDS, BLOCK + BLEEDS)
    assert pixels(Box(0.9, 0.9, 0.5, 0.5), (800, 600)) == (720 - BLEEDS, 528 - BLEEDS, 800, 600)
    assert pixels(Box(-0.5, -0.5, 0.2, 0.2), (800, 600)) == (0, 0, 0, 0)


def test_the_rest_of_the_picture_is_as_it_was():
    before, after = seen(kept()), seen(burned(kept(), [FACE]))

    away = [(10, 10), (700, 500), (400, 30)]
    for place in away:
        assert all(
            abs(one - other) < 40
            for one, other in zip(before.getpixel(place), after.getpixel(place), strict=True)
        )


def test_nothing_but_pixels_is_in_the_new_picture():
    image, out = seen(kept()), BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Canary Camera"
    image.save(out, "JPEG", exif=exif, comment=b"Canary comment")

    made = burned(out.getvalue(), [FACE])

    assert b"Canary" not in made
    assert b"Exif" not in made


def test_a_damaged_photo_is_told_in_words():
    with pytest.raises(UserError):
        burned(kept()[:200], [FACE])
