"""The map as a file: what is seen, with its title, signs and days; asked for by a key."""

from datetime import date
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader
from PySide6.QtCore import Qt

from desktop.actions.map_files import Sheet
from desktop.actions.on_map import for_outside
from tests.map_tiles import make_tiles
from tests.ui.at_work import given_desk, given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.desks import VILLAGE, record
from tests.ui.keys import press, settle, show
from ui import theme
from ui.dialogs.export import ExportDialog
from ui.map_exports import view_of
from ui.maps.picture import draw
from ui.screens.map import MapScreen
from ui.translation import use_language

TODAY = date.today()  # noqa: DTZ011  # the screen's own day


QYZEMSHEK, QUMKENT = "615645100", "615643100"  # far from it, and from each other


@pytest.fixture(name="screen")
def given_screen(qtbot, desk, jobs):
    use_language("en")
    said = {"essence": "Су жоқ", "received_on": f"{TODAY}", "state": "new"}
    for number, village in ((7, VILLAGE), (6, QYZEMSHEK), (2, QUMKENT)):
        for _ in range(number):
            record(desk, "issue", said | {"village": village})
    screen = MapScreen(desk, jobs)
    show(qtbot, screen)
    settle(qtbot, jobs)
    return screen


def drawn(screen, form="png"):
    view = view_of(screen.content, screen.map, "© OpenStreetMap contributors, ODbL 1.0")
    sheet = Sheet(for_outside(screen.counted), form, "Footer 123", ("A note.",))
    return draw(view, sheet)


def test_a_page_says_what_it_shows_of_which_days_and_whose_places_they_are(screen):
    [page] = PdfReader(BytesIO(drawn(screen, "pdf"))).pages

    words = " ".join(page.extract_text().split())
    for said in (
        "Issues: Still open. Sozak District",
        "All days",
        f"as of {TODAY:%d.%m.%Y}",
        "several places",
        "OpenStreetMap",
        "A note.",
        "Footer 123",
        "Созақ",
        " 7 ",
        "<5",
    ):
        assert said in words
    assert " 6 " not in words, "with the sum of the district it would tell the two"
    assert page.mediabox.width > page.mediabox.height


def test_a_picture_is_of_light_paper_whatever_the_screen_wears(screen):
    light = drawn(screen)
    theme.choose(theme.DARK_ONLY)

    assert drawn(screen) == light
    with Image.open(BytesIO(light)) as image:
        assert image.format == "PNG"
        assert image.getpixel((2, 2)) == (255, 255, 255)
        assert image.width == 2200


def test_tiles_that_are_seen_are_in_the_picture_with_their_source(qtbot, jobs, screen, tmp_path):
    bare = drawn(screen)

    screen.open_tiles(make_tiles(tmp_path / "map.mbtiles"))
    settle(qtbot, jobs)

    assert drawn(screen) != bare
    assert "Somebody" in PdfReader(BytesIO(drawn(screen, "pdf"))).pages[0].extract_text()


def test_a_key_asks_where_to_and_the_file_is_there(qtbot, jobs, said, screen, tmp_path):
    press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier, widget=screen.map)
    [dialog] = screen.findChildren(ExportDialog)
    assert dialog.proposed() == f"Map Issues: Still open {TODAY:%d.%m.%Y}"

    dialog.save(tmp_path / "map.png")
    settle(qtbot, jobs)

    with Image.open(tmp_path / "map.png") as image:
        assert image.format == "PNG"
    assert "The map was saved" in said[-1]


def test_what_cannot_be_written_is_told_in_the_question(qtbot, jobs, screen, tmp_path):
    screen.save()
    [dialog] = screen.findChildren(ExportDialog)

    dialog.save(tmp_path / "nowhere" / "map.png")
    settle(qtbot, jobs)

    assert "nowhere" in dialog.problem.text()
    dialog.reject()
