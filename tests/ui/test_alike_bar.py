"""While a record is typed, that it was perhaps told before is said above it."""

from tests.ui.at_work import given_jobs  # noqa: F401
from tests.ui.desks import VILLAGE, close, make_desk, record
from ui.screens.record_editor import RecordEditor

TOLD = {
    "essence": "Көктөбе көшесінде екі аптадан бері ауыз су жоқ",
    "village": VILLAGE,
    "category": "drinking_water",
    "received_on": "2026-11-03",
}


def test_what_was_told_before_is_shown_and_opened_and_what_was_typed_stays(qtbot, jobs, tmp_path):
    desk = make_desk(tmp_path)
    before = record(desk, "issue", TOLD)
    editor = RecordEditor(desk, jobs, "issue")
    qtbot.addWidget(editor)
    editor.begin(TOLD | {"essence": "екы аптадан беры ауыз су жок Коктобе кошесынде"})
    qtbot.waitUntil(lambda: not jobs.working() and editor.page is not None)

    editor.keep()
    qtbot.waitUntil(lambda: not jobs.working())
    assert not editor.alike.isHidden()
    assert TOLD["essence"] in editor.alike.words.text()

    editor.alike.open_button.click()
    qtbot.waitUntil(lambda: not jobs.working() and editor.page.id == before)
    assert editor.alike.isHidden()
    editor.begin()
    qtbot.waitUntil(lambda: not jobs.working() and editor.page.id != before)
    assert editor.dirty()
    close(desk)
