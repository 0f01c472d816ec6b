"""The file gets a new key in the window: the work is closed, written anew, and open again."""

import pytest

from desktop import keys, new_key
from desktop.actions import records
from desktop.key_file import read_key_file
from desktop.new_key import lay_new_key, turn
from desktop.restoring import settle_restored
from desktop.store_failures import full
from tests.profiles import CHEAP, PASSWORD
from tests.ui.keys import choose, write
from tests.ui.started import (  # noqa: F401
    given_profile,
    given_server,
    given_start,
    page,
    settle,
    sign_in,
    words,
)
from ui.dialogs.new_key import NewKeyDialog
from ui.dialogs.recovery_sheet import RecoverySheet
from ui.screens.sign_in import SignIn

OTHER = "жаңа құпия сөз"


@pytest.fixture
def program(qtbot, start, profile, monkeypatch):
    for costly in (lay_new_key, turn):
        monkeypatch.setitem(costly.__kwdefaults__, "cost", CHEAP)
    program = start(profile.folder)
    sign_in(qtbot, program)
    program.jobs.write(lambda: records.save(program.desk, "issue", {"essence": "Су жоқ"}))
    settle(qtbot, program)
    return program


def asked(qtbot, program, old, new="", repeated=""):
    """The dialog, after these were typed and sent."""
    choose(program.window._tools["key"].menu(), "New key for the file…")
    [dialog] = program.frame.findChildren(NewKeyDialog)
    for text, field in ((old, dialog.old), (new, dialog.new), (repeated, dialog.repeated)):
        write(text, field)
    dialog.go_button.click()
    settle(qtbot, program)
    return dialog


def issues(program):
    return [row["essence"] for row in records.list_records(program.desk, "issue")]


def test_the_work_is_open_again_under_a_new_key_and_the_sheet_is_shown(qtbot, program, profile):
    old = keys.unwrap(profile.keys, PASSWORD)

    asked(qtbot, program, PASSWORD)

    assert keys.unwrap(profile.keys, PASSWORD) != old
    assert issues(program) == ["Су жоқ"]
    assert len(program.frame.findChildren(RecoverySheet)) == 1


def test_with_another_password_only_that_opens(qtbot, program, profile):
    asked(qtbot, program, PASSWORD, OTHER, OTHER)

    program.lock()
    sign_in(qtbot, program, OTHER)
    assert issues(program) == ["Су жоқ"]
    with pytest.raises(keys.WrongPassword):
        keys.unwrap(profile.keys, PASSWORD)


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        (("wrong one",), "old", "Wrong password"),
        (("",), "old", "Fill this in"),
        ((PASSWORD, "short", "short"), "new", "at least 8"),
        ((PASSWORD, "қазақстан1", "қазақстан1"), "new", "among the first"),
        ((PASSWORD, OTHER, OTHER + "!"), "repeated", "not the same"),
        ((PASSWORD, "", OTHER), "repeated", "not the same"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_the_work_stays_open(
    qtbot, program, profile, typed, field, said
):
    before = profile.keys.read_bytes()

    dialog = asked(qtbot, program, *typed)

    assert said in dialog.rows[field].problem.text()
    assert profile.keys.read_bytes() == before
    assert issues(program) == ["Су жоқ"]


def test_where_the_disk_is_full_that_is_said_and_the_old_key_stays(
    qtbot, program, profile, monkeypatch
):
    def fails(*_):
        raise full(profile.folder)

    old = keys.unwrap(profile.keys, PASSWORD)
    with monkeypatch.context() as disk:
        disk.setattr(new_key, "require_room", fails)
        asked(qtbot, program, PASSWORD)

    assert isinstance(page(program), SignIn)
    assert "full" in page(program).fields["password"].problem.text()
    sign_in(qtbot, program)
    assert issues(program) == ["Су жоқ"]
    assert keys.unwrap(profile.keys, PASSWORD) == old


def test_where_it_was_cut_before_the_sheet_a_button_makes_one(qtbot, program, profile):
    lay_new_key(profile, program.desk, PASSWORD, cost=CHEAP)
    program.lock()
    settle(qtbot, program)
    settle_restored(profile)

    sign_in(qtbot, program)

    assert any("no recovery sheet yet" in said for said in words(program))
    [notice] = program.frame.notices.shown
    assert notice.message.action.words == "Make the sheet"
    assert len(read_key_file(profile.keys).slots) == 1
