"""The password is changed in the window: the work stays, and only the new one opens it."""

import pytest
from keyring.backends.null import Keyring as NullKeyring

from desktop import keys
from sync.language import LANGUAGES
from tests.profiles import CHEAP, PASSWORD, keystore, new_profile
from tests.ui.keys import choose, show, write
from tests.ui.started import (  # noqa: F401
    given_profile,
    given_server,
    given_start,
    settle,
    sign_in,
    words,
)
from ui.dialogs.new_password import NewPasswordDialog
from ui.translation import use_language
from ui.widgets.labels import PlainLabel

OTHER = "жаңа құпия сөз"


@pytest.fixture
def program(qtbot, start, profile):
    program = start(profile.folder)
    sign_in(qtbot, program)
    return program


def asked(qtbot, program, old, new, repeated):
    """The dialog, after these were typed and sent."""
    if not program.frame.findChildren(NewPasswordDialog):
        choose(program.window._tools["key"].menu(), "Change the password…")
    [dialog] = program.frame.findChildren(NewPasswordDialog)
    for text, field in ((old, dialog.old), (new, dialog.new), (repeated, dialog.repeated)):
        field.clear()
        write(text, field)
    dialog.go_button.click()
    settle(qtbot, program)
    return dialog


def test_only_the_new_password_opens_and_the_sheet_stays_good(qtbot, program, profile):
    code = keys.make_recovery_code(profile.keys, PASSWORD, cost=CHEAP)

    asked(qtbot, program, PASSWORD, OTHER, OTHER)

    assert any("new password opens" in said for said in words(program))
    program.lock()
    sign_in(qtbot, program, OTHER)
    assert program.desk.person.id == "aidana"
    with pytest.raises(keys.WrongPassword):
        keys.unwrap(profile.keys, PASSWORD)
    keys.recover(profile.keys, code, PASSWORD, cost=CHEAP)


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        (("wrong one", OTHER, OTHER), "old", "Wrong password"),
        ((PASSWORD, "short", "short"), "new", "at least 8"),
        ((PASSWORD, "қазақстан1", "қазақстан1"), "new", "among the first"),
        ((PASSWORD, OTHER, OTHER + "!"), "repeated", "not the same"),
        ((PASSWORD, "", ""), "new", "Fill this in"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_the_old_one_stays(
    qtbot, program, profile, typed, field, said
):
    before = profile.keys.read_bytes()

    dialog = asked(qtbot, program, *typed)

    row = dialog.rows[field]
    assert said in row.problem.text()
    assert dialog.go_button.isEnabled()
    assert profile.keys.read_bytes() == before


def test_where_no_keystore_is_left_that_is_said(qtbot, start, server, tmp_path):
    with keystore(NullKeyring()):
        profile = new_profile(tmp_path / "other", server)
        program = start(profile.folder)
        sign_in(qtbot, program)

        asked(qtbot, program, PASSWORD, OTHER, OTHER)

    assert any("password alone" in said for said in words(program))


def test_a_locked_window_asks_for_no_password(qtbot, program):
    choose(program.window._tools["key"].menu(), "Change the password…")

    program.lock()

    settle(qtbot, program)
    qtbot.waitUntil(lambda: program.frame.findChildren(NewPasswordDialog) == [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_on_the_dialog_is_cut(qtbot, language):
    use_language(language)
    dialog = NewPasswordDialog()
    show(qtbot, dialog)

    for label in dialog.findChildren(PlainLabel):
        if label.wordWrap():
            assert label.height() >= label.heightForWidth(label.width())
        else:
            assert label.width() >= label.sizeHint().width()
