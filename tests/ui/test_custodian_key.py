"""Three custodians make the region's key in the window, a sheet for each."""

from PySide6.QtCore import Qt

from desktop import custodians
from sync.region_key import read_row
from tests.ui.custodian_room import (  # noqa: F401
    enter,
    given_files,
    given_made,
    given_own_places,
    given_request_of,
    given_room,
    make_key,
    nothing_is_left,
    said,
    seen,
    tab_to,
)
from tests.ui.keys import press
from ui.screens.custodian_key import KeyMade, SheetToKeep
from ui.screens.custodians import CustodiansStart


def test_a_sheet_is_saved_as_a_page_and_as_text_and_the_text_is_read_again(room, made, request_of):
    folder = room.files.folder
    tab_to(seen(room, CustodiansStart).key_button)
    enter(room)
    enter(room)
    shown = seen(room, SheetToKeep)
    enter(room)
    letters = "".join(part.text() for part in shown.parts)

    enter(room, chooses=folder / "sheet.pdf")
    enter(room, chooses=folder / "sheet.txt")

    assert (folder / "sheet.pdf").read_bytes().startswith(b"%PDF")
    assert custodians.open_sheet(folder / "sheet.txt").words == letters
    assert any("two such files in one place" in one for one in said(room))


def test_a_public_half_that_is_there_is_not_written_over(room):
    public = room.files.folder / "region-key.txt"
    public.write_text("the one before")

    make_key(room, public)

    assert "there already" in seen(room, KeyMade).problem.text()
    assert public.read_text() == "the one before"
    enter(room, chooses=room.files.folder / "other.txt")
    assert read_row((room.files.folder / "other.txt").read_text())


def test_a_key_whose_sheets_are_not_all_given_out_is_thrown_away(room):
    tab_to(seen(room, CustodiansStart).key_button)
    enter(room)
    enter(room)
    shown = seen(room, SheetToKeep)
    press(Qt.Key.Key_Escape)  # too easily pressed to throw something away
    assert seen(room, SheetToKeep) is shown

    tab_to(shown.back_button)
    enter(room)

    seen(room, CustodiansStart)
    assert any("Burn its sheets" in one for one in said(room))
    assert list(room.files.folder.iterdir()) == []


def test_the_public_half_is_waited_for_without_an_end(room):
    make_key(room, None)

    room.work.put_away()

    enter(room, chooses=room.files.folder / "region-key.txt")
    assert (room.files.folder / "region-key.txt").exists()


def test_nothing_of_the_key_is_left_when_it_is_made(own_places, room):
    sheets = make_key(room, room.files.folder / "region-key.txt")

    nothing_is_left(room, sheets)
