"""The map leaves as a picture: noted, marked, and without numbers of a few people."""

from datetime import date

import pytest

from desktop.actions import map_files
from desktop.actions.exporting import exports
from desktop.actions.on_map import Wish, read_map
from desktop.exports.training import INVENTED, TRAINING
from sync.errors import UserError
from sync.exports import FIGURES
from sync.language import tr
from tests.ui.desks import VILLAGE, close, make_desk, record

TODAY = date(2026, 11, 20)


@pytest.fixture(name="desk")
def given_desk(tmp_path):
    desk = make_desk(tmp_path / "desk")
    yield desk
    close(desk)


@pytest.fixture(name="counted")
def given_counted(desk):
    said = {"essence": "Су жоқ", "received_on": f"{TODAY}", "state": "new", "village": VILLAGE}
    for _ in range(3):
        record(desk, "issue", said)
    return read_map(desk, Wish("issues", "open"), TODAY)


def test_an_export_is_noted_and_stands_in_the_picture(desk, counted, tmp_path):
    drawn = []

    def draw(sheet):
        drawn.append(sheet)
        return b"picture"

    noted = map_files.export(desk, counted, tmp_path / "map.png", draw)

    assert (tmp_path / "map.png").read_bytes() == b"picture"
    assert [(one.id, one.kind, one.format, one.state) for one in exports(desk)] == [
        (noted.id, FIGURES, "png", "map_issues")
    ]
    [sheet] = drawn
    assert noted.id in sheet.footer
    assert desk.person.name in sheet.footer
    assert sheet.counted.hidden == {VILLAGE}, "three people of one village"
    assert len(sheet.notes) == 2


@pytest.mark.parametrize("name", ["map.xlsx", "map", "map.svg"])
def test_only_pictures_and_pages_are_written(desk, counted, tmp_path, name):
    with pytest.raises(UserError):
        map_files.export(desk, counted, tmp_path / name, lambda _: b"")

    assert not (tmp_path / name).exists()
    assert list(exports(desk)) == []


def test_what_cannot_be_drawn_leaves_neither_file_nor_note(desk, counted, tmp_path):
    def fail(sheet):
        raise UserError("no room")

    with pytest.raises(UserError):
        map_files.export(desk, counted, tmp_path / "map.pdf", fail)

    assert not (tmp_path / "map.pdf").exists()
    assert list(exports(desk)) == []


def test_a_map_of_training_says_so(desk, counted, tmp_path):
    from dataclasses import replace

    sheets = []

    def draw(sheet):
        sheets.append(sheet)
        return b""

    map_files.export(replace(desk, training=True), counted, tmp_path / "map.png", draw)

    assert sheets[0].notes[0] == tr(INVENTED)
    assert sheets[0].footer.startswith(tr(TRAINING))
