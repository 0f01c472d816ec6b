"""A picture that floods memory or takes minutes is stopped at each door, within a second."""

import ast
import sys
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

import ui
from desktop.pictures import MOST_PIXELS, is_ours, shrink, small
from sync.errors import UserError
from tests.picture_bombs import BOMBS, bounded, jpeg, png
from ui.app import ALLOCATION
from ui.dropped import contents, loaded
from ui.pictures import bearable, decoded
from ui.widgets.photo_panel import Photo, thumbnail

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory is counted by Linux")
bombs = pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)


def photo(size=(3_000, 2_000), form="PNG"):
    out = BytesIO()
    noise = Image.frombytes("RGB", (60, 40), Random(1).randbytes(60 * 40 * 3))
    noise.resize(size).save(out, form)
    return out.getvalue()


@bombs
def test_what_is_attached(bomb):
    with bounded(), suppress(UserError):  # what is odd but small may be taken
        shrink(bomb, "bomb")


@bombs
def test_what_a_server_sent_is_shown(qtbot, bomb):
    shown = Photo({"caption": "", "name": "", "id": 1, "media_type": "image/jpeg"})
    qtbot.addWidget(shown)

    with bounded():
        image, little = decoded(bomb), thumbnail(bomb)
        if not little.isNull():
            shown.show_image(little)
        shown.grab()

    assert max(image.width(), image.height()) <= 3_200


@pytest.mark.parametrize("size", [(3_000, 2_000), (64, 48), (300, 2_400)])
def test_what_the_program_made_is_shown(size):
    kept = shrink(photo(size))

    assert is_ours(kept)
    assert (decoded(kept).width(), decoded(kept).height()) == Image.open(BytesIO(kept)).size
    if less := small(kept):
        assert not decoded(less).isNull()
    assert not thumbnail(kept).isNull()


@pytest.mark.parametrize("form", ["PNG", "WEBP", "GIF", "BMP", "TIFF", "ICO"])
def test_other_formats_are_not_guessed(form):
    out = BytesIO()
    Image.new("RGB", (64, 64)).save(out, form)

    assert decoded(out.getvalue()).isNull()


def test_there_may_be_no_picture():
    assert decoded(None).isNull()
    assert decoded(b"").isNull()


def test_a_jpeg_as_cameras_write_them_is_taken():
    out = BytesIO()
    Image.new("RGB", (4_000, 3_000), "blue").save(out, "JPEG", progressive=True)

    assert shrink(out.getvalue())


def test_a_jpeg_of_ours_said_over_and_over_is_not_ours():
    assert is_ours(jpeg(1_600, 1_200))
    assert not is_ours(jpeg(1_600, 1_200, 200))
    assert not is_ours(jpeg(5_000, 5_000))
    assert not is_ours(png(64, 64))


def test_a_picture_on_the_clipboard_has_a_size_that_is_taken(qapp):
    copied = QMimeData()
    copied.setImageData(QImage(30, 20, QImage.Format.Format_RGB32))
    assert shrink(loaded(contents(copied)[0]))

    assert not bearable(QImage())
    huge = QImage(b"\0" * 8, 40_000_001, 1, 4, QImage.Format.Format_Mono)
    assert not bearable(huge) or huge.isNull()
    empty = QMimeData()
    empty.setImageData(QImage())
    assert contents(empty) == []


def test_qt_itself_takes_no_more_than_a_large_photo_needs():
    text = Path(ui.__file__).with_name("app.py").read_text(encoding="utf-8")

    assert "QImageReader.setAllocationLimit(ALLOCATION)" in text
    assert MOST_PIXELS * 4 <= ALLOCATION * 2**20 < 2 * MOST_PIXELS * 4


def test_no_screen_lets_qt_guess_what_a_picture_is():
    guessing = {"fromData", "loadFromData", "load"}
    found = [
        f"{path.name}:{node.lineno}"
        for path in Path(ui.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in guessing
        and ast.unparse(node.func.value) in ("QImage", "QPixmap", "image", "pixmap")
    ]

    assert found == []
