"""The custodians of the region's key in the window: a whole drill, the way in and out, nobody there."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt

from desktop import keys
from desktop.profile import close_desk, open_desk
from desktop.recovery_code import groups
from sync.client import trust
from sync.region_key import read_row
from tests.profiles import PASSWORD
from tests.ui.custodian_room import (  # noqa: F401
    given_files,
    given_made,
    given_own_places,
    given_request_of,
    given_room,
    hear,
    make_key,
    nothing_is_left,
    on_screen,
    open_request,
    plain,
    said,
    seen,
    type_sheet,
)
from tests.ui.keys import write
from tests.ui.started import given_profile, given_server, given_start, page, words  # noqa: F401
from tests.ui.started import settle as settle_program
from ui.__main__ import main
from ui.dialogs.ask_region import AskRegionDialog
from ui.frame import Frame
from ui.screens.custodian_answer import SheetWanted, WhoseLaptop
from ui.screens.custodians import CustodiansStart
from ui.screens.sign_in import SignIn
from ui.translation import use_language

OTHER = "жаңа құпия сөз"


def test_a_drill_from_the_key_to_the_opened_laptop(qtbot, room, start, profile, server):
    """By keys alone, in two windows: what is lost at the laptop comes back from two custodians."""
    folder = room.files.folder
    sheets = make_key(room, folder / "region-key.txt")
    row = read_row((folder / "region-key.txt").read_text())
    assert any("Bring it to whoever runs the server" in one for one in said(room))
    desk = open_desk(profile, PASSWORD)
    with desk.store.begin() as session:
        trust.take(session, row)
    close_desk(desk)
    close_desk(open_desk(profile, PASSWORD))  # this opening seals the file's key
    request, reply = folder / "request.txt", folder / "answer.txt"
    program = start(profile.folder)
    qtbot.waitUntil(lambda: isinstance(page(program), SignIn), timeout=20_000)
    page(program).set_recovering(True)
    page(program).region_button.click()
    [dialog] = program.frame.findChildren(AskRegionDialog)
    for edit in (dialog.password, dialog.repeated):
        write(OTHER, edit)
    room.files.name = request
    dialog.ask_button.click()
    settle_program(qtbot, program)
    letters = dialog.check.text().rsplit(": ", 1)[1]

    room.frame.activateWindow()
    qtbot.waitUntil(room.frame.isActiveWindow)
    room.frame.centralWidget().setFocus()
    open_request(room, request)
    type_sheet(room, sheets[2].lower())
    type_sheet(room, " ".join(groups(sheets[0])))
    assert "(aidana)" in seen(room, WhoseLaptop).whose.text()
    # nobody may tell them to who asks
    assert plain(letters) not in plain(on_screen(room.frame))
    hear(room, letters.upper(), chooses=reply)
    assert any("The answer is in answer.txt" in one for one in words(program))

    room.files.name = reply
    dialog.answer_button.click()
    settle_program(qtbot, program)
    assert program.desk.person.id == "aidana"
    with pytest.raises(keys.WrongPassword):
        keys.unwrap(profile.keys, PASSWORD)


def by_time(room):
    room.work.timer.setInterval(1)
    room.work.timer.start()
    room.qtbot.waitUntil(lambda: isinstance(room.frame.centralWidget(), CustodiansStart))


def by_sleep(room):
    room.work._sleep.prepare(begins=True)


@pytest.mark.parametrize("away", [by_time, by_sleep])
def test_where_nobody_works_the_sheets_are_put_away(room, made, request_of, away):
    region, sheets = made
    open_request(room, request_of(region)[1])
    type_sheet(room, sheets[0])
    write(sheets[1], seen(room, SheetWanted).sheet)

    away(room)

    seen(room, CustodiansStart)
    assert any("put away" in one for one in said(room))
    nothing_is_left(room, sheets)


def test_a_touch_puts_it_off(room, made, request_of, monkeypatch):
    open_request(room, request_of(made[0])[1])
    assert room.work.timer.isActive()
    assert room.work.timer.interval() == 10 * 60 * 1000
    begun = []
    timer = SimpleNamespace(isActive=lambda: True, start=lambda: begun.append(1), stop=bool)
    monkeypatch.setattr(room.work, "timer", timer)

    room.qtbot.keyClick(room.frame.windowHandle(), Qt.Key.Key_Shift)

    assert begun


def test_the_command_opens_their_page_and_looks_for_no_profile(
    qapp, own_places, monkeypatch, tmp_path
):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    pages = []

    def work():
        [frame] = [
            one for one in qapp.topLevelWidgets() if isinstance(one, Frame) and one.isVisible()
        ]
        pages.append(frame.centralWidget())
        frame.close()
        frame.deleteLater()
        return 0

    monkeypatch.setattr("ui.app.make_app", lambda **_: SimpleNamespace(exec=work))
    monkeypatch.setattr("ui.app.catch_bugs", lambda _: None)

    assert main(["custodians", "--lang", "en"]) == 0

    assert isinstance(pages[0], CustodiansStart)
    assert pages[0].back_button.isHidden()
    assert not (tmp_path / "data").exists()


def test_the_language_is_changed_in_the_midst_of_it(room, made, request_of):
    room.work.language_chosen.connect(use_language)
    open_request(room, request_of(made[0])[1])

    seen(room, SheetWanted).language_chosen.emit("kk")

    assert seen(room, SheetWanted).title.text() == "Бірінші парақ"
    use_language("en")


def test_a_new_laptop_shows_the_way_to_it_and_back(qtbot, start, server, tmp_path):
    program = start(tmp_path / "nobody")
    qtbot.waitUntil(lambda: isinstance(page(program), SignIn), timeout=20_000)

    page(program).custodians_button.click()
    qtbot.waitUntil(lambda: isinstance(page(program), CustodiansStart))
    page(program).back_button.click()

    qtbot.waitUntil(lambda: isinstance(page(program), SignIn))
    assert not page(program).enrolled


def test_a_laptop_that_is_somebodys_does_not_show_it():
    assert SignIn(enrolled=True).custodians_button.isHidden()
