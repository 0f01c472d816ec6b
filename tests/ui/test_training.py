"""Into training by one click, and out of it so that nothing is left."""

import pytest

import desktop.folder
import ui.opening
from desktop.actions import records
from tests.ui.started import (  # noqa: F401
    given_profile,
    given_server,
    given_start,
    page,
    settle,
    sign_in,
    words,
)
from ui.screens.choose_person import ChoosePerson
from ui.screens.sign_in import SignIn
from ui.widgets.training_bar import TrainingBar


@pytest.fixture(autouse=True)
def few(monkeypatch, tmp_path):
    """A folder for data of this test's own, and few records."""
    monkeypatch.setattr(ui.opening, "PRACTICE", 40)
    monkeypatch.setattr(desktop.folder, "data_folder", lambda: tmp_path / "data")
    return tmp_path / "data"


def train(qtbot, program):
    qtbot.waitUntil(lambda: isinstance(page(program), SignIn | ChoosePerson), timeout=20_000)
    page(program).training_button.click()
    qtbot.waitUntil(lambda: program.window is not None, timeout=20_000)
    settle(qtbot, program)


def left(folder):
    return sorted(path.name for path in folder.iterdir())


def test_one_click_opens_a_district_of_invented_work_which_neither_syncs_nor_locks(
    qtbot, start, few
):
    program = start(None)
    train(qtbot, program)

    bar = program.window.findChild(TrainingBar)
    assert bar.isVisible()
    assert "Training" in program.frame.windowTitle()
    assert records.list_records(program.desk, "issue")
    assert program.profile.folder == few / "training"
    assert not program.exchanges.timer.isActive()
    assert not any(program.window._tools[name].isVisible() for name in ("key", "copies", "lock"))

    program.exchanges.exchange()
    program.lock()
    program.sleep.coming.emit()
    settle(qtbot, program)
    assert any("has no server" in one for one in words(program))
    assert program.window is not None
    assert not program.profile.copies.exists()


def test_leaving_wipes_it_and_leads_back_to_the_first_page_and_closing_wipes_too(
    qtbot, start, few
):
    program = start(None)
    train(qtbot, program)

    program.window.findChild(TrainingBar).leave_button.click()
    qtbot.waitUntil(lambda: isinstance(page(program), SignIn), timeout=20_000)
    settle(qtbot, program)

    assert left(few / "training") in (["lock"], ["lock", "settings.json"])
    assert not page(program).enrolled

    train(qtbot, program)  # and again: closing the window is leaving too
    program.frame.close()
    assert left(few / "training") in (["lock"], ["lock", "settings.json"])


def test_what_a_cut_left_there_is_wiped_first(qtbot, start, few):
    from desktop import training
    from desktop.folder import choose_profile
    from desktop.profile import close_desk

    desk = training.new_profile(choose_profile(few / "training"))
    old = records.save(desk, "organisation", {"name": "Ескі", "sort": "partner"})[0].record
    close_desk(desk)

    program = start(None)
    train(qtbot, program)

    rows = records.list_records(program.desk, "organisation")
    assert old not in [row["id"] for row in rows]


def test_a_training_folder_that_was_named_opens_and_stays_when_the_window_closes(
    qtbot, start, tmp_path
):
    from desktop import training
    from desktop.folder import choose_profile
    from desktop.profile import close_desk

    folder = tmp_path / "named"
    close_desk(training.new_profile(choose_profile(folder)))

    program = start(folder)
    qtbot.waitUntil(lambda: program.window is not None, timeout=20_000)
    settle(qtbot, program)
    program.frame.close()
    assert "dala.db" in left(folder)


def test_at_a_computer_with_people_training_stands_at_their_door(qtbot, start, few, server):
    from tests.profiles import new_profile

    new_profile(few, server)
    new_profile(few / "people" / "second", server, "second")
    program = start(None)
    train(qtbot, program)
    assert program.desk.training

    program.window.findChild(TrainingBar).left.emit()
    qtbot.waitUntil(lambda: isinstance(page(program), ChoosePerson), timeout=20_000)
    assert len(page(program).rows) == 2
