"""Two custodians answer a laptop's request in the window, and what may be wrong with it."""

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from desktop.custodians import make
from desktop.recovery_code import groups
from desktop.region_letters import Reply, open_letter, written
from desktop.shares import split
from sync.sealing import new_seed
from tests.ui.custodian_room import (  # noqa: F401
    enter,
    given_files,
    given_made,
    given_own_places,
    given_request_of,
    given_room,
    hear,
    no_sheet_lives,
    nothing_is_left,
    on_screen,
    open_request,
    plain,
    seen,
    tab_to,
    type_sheet,
)
from tests.ui.keys import press, write
from ui.screens.custodian_answer import SheetWanted, WhoseLaptop
from ui.screens.custodians import CustodiansStart


def test_sheets_are_loaded_from_files(room, made, request_of):
    region, sheets = made
    request, path = request_of(region)
    open_request(room, path)
    for sheet in sheets[1:]:
        (room.files.folder / "sheet.txt").write_text(" ".join(groups(sheet)))
        tab_to(seen(room, SheetWanted).file_button)
        enter(room, chooses=room.files.folder / "sheet.txt")

    hear(room, request.check, chooses=room.files.folder / "answer.txt")

    reply = open_letter(room.files.folder / "answer.txt", Reply)
    assert reply.profile == request.profile


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"noise" * 1000, b"%PDF-1.4"])
def test_a_file_that_is_no_sheet_is_said_in_words(room, made, request_of, content):
    open_request(room, request_of(made[0])[1])
    (room.files.folder / "sheet.txt").write_bytes(content)
    tab_to(seen(room, SheetWanted).file_button)

    enter(room, chooses=room.files.folder / "sheet.txt")

    assert "no custodian's sheet" in seen(room, SheetWanted).row.problem.text()


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe", b"noise", b"e30=", b"A" * 100_000])
def test_a_damaged_request_is_said_in_words(room, content):
    path = room.files.folder / "request.txt"
    if content is not None:
        path.write_bytes(content)

    open_request(room, path)

    problem = seen(room, CustodiansStart).problem
    assert problem.isVisible()
    assert "no request of a laptop" in problem.text() or "cannot be read" in problem.text()


def test_a_request_that_was_altered_on_the_way_is_not_answered(room, made, request_of):
    region, sheets = made
    request, path = request_of(region)
    altered = request.sealed[:-1] + bytes([request.sealed[-1] ^ 1])
    path.write_text(written(msgspec.structs.replace(request, sealed=altered)))
    open_request(room, path)
    for sheet in sheets[:2]:
        type_sheet(room, sheet)

    assert "not whole" in seen(room, SheetWanted).row.problem.text()


def test_a_slip_of_the_pen_is_told_and_the_sheet_can_be_put_right(room, made, request_of):
    region, sheets = made
    open_request(room, request_of(region)[1])
    wrong = ("0" if sheets[0][7] != "0" else "1").join((sheets[0][:7], sheets[0][8:]))

    type_sheet(room, wrong)
    assert "not right" in seen(room, SheetWanted).row.problem.text()
    type_sheet(room, sheets[0][:-1])
    assert "has 60 letters" in seen(room, SheetWanted).row.problem.text()
    enter(room)
    type_sheet(room, sheets[0])

    assert seen(room, SheetWanted).title.text() == "The second sheet"


def test_nothing_typed_is_asked_for_at_the_field(room, made, request_of):
    open_request(room, request_of(made[0])[1])

    enter(room)

    assert "Fill this in" in seen(room, SheetWanted).row.problem.text()


def test_the_same_sheet_twice_asks_for_another_custodians(room, made, request_of):
    region, sheets = made
    open_request(room, request_of(region)[1])
    type_sheet(room, sheets[0])

    type_sheet(room, sheets[0])
    assert "the same sheet twice" in seen(room, SheetWanted).row.problem.text()
    type_sheet(room, sheets[1])

    assert "Айгүл Бейсенова" in seen(room, WhoseLaptop).whose.text()
    no_sheet_lives(sheets)


def test_sheets_of_two_keys_are_both_asked_for_again(room, made, request_of):
    region, sheets = made
    open_request(room, request_of(region)[1])
    type_sheet(room, sheets[0])

    type_sheet(room, split(new_seed(), 2, 3)[1].words)

    again = seen(room, SheetWanted)
    assert "do not belong together" in again.row.problem.text()
    assert again.title.text() == "The first sheet"
    for sheet in sheets[:2]:
        type_sheet(room, sheet)
    seen(room, WhoseLaptop)


def test_a_request_to_another_region_is_said_in_words(room, made, request_of):
    _, sheets = made
    open_request(room, request_of(make(2, 3)[0][-1].keys)[1])
    for sheet in sheets[:2]:
        type_sheet(room, sheet)

    assert "another of the region's keys" in seen(room, SheetWanted).row.problem.text()


def test_who_cannot_read_the_letters_gets_no_answer(room, made, request_of):
    region, sheets = made
    request, path = request_of(region)
    open_request(room, path)
    for sheet in sheets[:2]:
        type_sheet(room, sheet)

    hear(room, "0" * 12, chooses=room.files.folder / "answer.txt")
    assert "not the letters of this request" in seen(room, WhoseLaptop).row.problem.text()
    hear(room, "", chooses=room.files.folder / "answer.txt")
    assert "Fill this in" in seen(room, WhoseLaptop).row.problem.text()
    assert not (room.files.folder / "answer.txt").exists()

    hear(room, request.check, chooses=room.files.folder / "answer.txt")
    assert (room.files.folder / "answer.txt").exists()


def test_an_older_laptop_names_nobody_and_that_is_said(room, made, request_of):
    region, sheets = made
    open_request(room, request_of(region, owner=None)[1])
    for sheet in sheets[:2]:
        type_sheet(room, sheet)

    assert "too old to say" in seen(room, WhoseLaptop).whose.text()


def test_a_disk_that_does_not_take_the_answer_costs_nothing(room, made, request_of):
    region, sheets = made
    request, path = request_of(region)
    open_request(room, path)
    for sheet in sheets[:2]:
        type_sheet(room, sheet)

    hear(room, request.check, chooses=room.files.folder / "nowhere" / "answer.txt")
    assert seen(room, WhoseLaptop).row.problem.text()
    hear(room, request.check, chooses=room.files.folder / "answer.txt")

    assert (room.files.folder / "answer.txt").exists()


def test_escape_leaves_an_answer_and_nothing_is_written(room, made, request_of):
    region, sheets = made
    open_request(room, request_of(region)[1])
    type_sheet(room, sheets[0])

    press(Qt.Key.Key_Escape)

    seen(room, CustodiansStart)
    open_request(room, request_of(region)[1])
    assert seen(room, SheetWanted).title.text() == "The first sheet"


def test_what_arrives_after_it_was_put_away_is_not_shown(room, made, request_of):
    region, sheets = made
    open_request(room, request_of(region)[1])
    type_sheet(room, sheets[0])
    write(sheets[1], seen(room, SheetWanted).sheet)
    press(Qt.Key.Key_Return)  # it is being worked out

    room.work.put_away()

    seen(room, CustodiansStart)


def test_what_is_named_after_it_was_put_away_is_not_written(room, made, request_of, monkeypatch):
    """The system's dialog stood there while nobody was here."""
    region, sheets = made
    request, path = request_of(region)
    open_request(room, path)
    for sheet in sheets[:2]:
        type_sheet(room, sheet)
    shown = seen(room, WhoseLaptop)

    def choose(*_, **__):
        room.work.put_away()
        return str(room.files.folder / "answer.txt"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    write(request.check, shown.letters)
    press(Qt.Key.Key_Return)

    seen(room, CustodiansStart)
    assert not (room.files.folder / "answer.txt").exists()


def test_what_goes_wrong_after_it_was_put_away_is_not_said(room, made, request_of):
    open_request(room, request_of(made[0])[1])
    type_sheet(room, made[1][0])
    write(split(new_seed(), 2, 3)[1].words, seen(room, SheetWanted).sheet)
    press(Qt.Key.Key_Return)

    room.work.put_away()

    seen(room, CustodiansStart)


def test_nothing_of_the_key_is_left_when_a_laptop_was_answered(own_places, room, made, request_of):
    region, sheets = made
    request, path = request_of(region)
    open_request(room, path)
    type_sheet(room, sheets[0])
    shown = seen(room, SheetWanted)
    write(sheets[1], shown.sheet)
    shown.sheet.selectAll()
    shown.sheet.copy()
    assert sheets[1] in QGuiApplication.clipboard().text()
    enter(room)
    seen(room, WhoseLaptop)
    room.qtbot.waitUntil(lambda: sheets[1] not in plain(on_screen()))

    hear(room, request.check, chooses=room.files.folder / "answer.txt")

    nothing_is_left(room, sheets)
    assert b"k" * 32 not in (room.files.folder / "answer.txt").read_bytes()
