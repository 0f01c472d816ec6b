"""Pictures of what can be undone, and of the history of a record."""

from collections.abc import Iterator


def undoing(app, desk) -> Iterator[tuple[str, object]]:
    """(name, picture): the foot of the window after a command, what was undone, a record's history."""
    import dataclasses

    import msgspec

    from desktop.actions import records
    from tests.gallery import SIZE, discard, settle
    from tests.profiles import ISSUE
    from ui import messages, undoing
    from ui.dialogs.history import HistoryDialog
    from ui.jobs import Jobs
    from ui.main_window import MainWindow
    from ui.models.history import told_history
    from ui.screens import screens_for
    from ui.widgets.notices import Notices

    jobs = Jobs()
    window = MainWindow(
        screens_for("activist"), lambda screen: screen.build(desk, jobs), desk.person.name
    )
    keys = undoing.Undoing(jobs, window)
    keys.begin(window.tell_steps)
    window.resize(*SIZE)
    window.show()
    notices = Notices(window)
    messages.show_with(notices.post)
    window.go("issues", into=True)
    settle(app, jobs)
    [made] = records.save(desk, "issue", ISSUE)
    said = {"essence": "Көшеде екі аптадан бері ауыз су жоқ, құбыр жарылған", "state": "in_work"}
    jobs.write(lambda: records.save(desk, "issue", said, made.record))
    settle(app, jobs)
    window.open_record("issue", made.record)
    settle(app, jobs)
    yield "undo-offered", window.grab()
    undoing.undo(desk, jobs)
    settle(app, jobs)
    yield "undone", window.grab()
    leader = dataclasses.replace(
        desk, person=msgspec.structs.replace(desk.person, id="n.tursynbek", role="leader")
    )
    records.save(desk, "issue", said, made.record)
    records.save(leader, "issue", {"state": "answered", "category": "roads"}, made.record)
    records.save(desk, "step", {"type": "call", "done_on": "2026-11-24"}, parent=made.record)
    dialog = HistoryDialog(window)
    dialog.show_history(told_history(desk, "issue", made.record))
    dialog.show()
    settle(app, jobs)
    yield "history", dialog.grab()
    dialog.close()
    messages.stop_showing(notices.post)
    keys.rest()
    discard(window)
    jobs.close()


def together(app, desk) -> Iterator[tuple[str, object]]:
    """(name, picture): several records chosen in a list, and what would become of them."""
    from PySide6.QtCore import QItemSelectionModel

    from desktop.actions import bulk
    from desktop.actions.bulk import Saved, Wish
    from tests.gallery import SIZE, discard, grabbed, settle
    from ui.dialogs.bulk import BulkDialog
    from ui.jobs import Jobs
    from ui.models.fates import read_preview
    from ui.screens.issues import IssuesScreen

    jobs = Jobs()
    screen = IssuesScreen(desk, jobs)
    screen.resize(*SIZE)
    screen.show()
    settle(app, jobs)
    for row in (0, 1, 3):
        screen.list.view.selectionModel().select(
            screen.list.model.index(row), QItemSelectionModel.SelectionFlag.Select
        )
    settle(app, jobs)
    yield "several-chosen", screen.grab()
    screen.list.view.selectAll()
    chosen = [("issue", id) for id in screen.list.chosen_ids(bulk.MOST)]
    moves = bulk.offered_moves(desk, ["issue"])

    def dialog():
        made = BulkDialog(len(chosen), bulk.settable(desk, "issue"), moves, desk.pack)
        made.show_saved([Saved("Су арнасына")])
        made.add_field("state", "handed_over")
        made.add_field("handed_to", "Түркістан су арнасы")
        return made

    yield "bulk-empty", grabbed(app, BulkDialog(3, bulk.settable(desk, "issue"), moves, desk.pack))
    shown = dialog()
    wish = Wish({"state": "handed_over", "handed_to": "Түркістан су арнасы"}, "send")
    shown.move_input.set_value("send")
    shown._soon.stop()
    shown.show_preview(read_preview(desk, chosen, wish, lambda *_: None))
    yield "bulk", grabbed(app, shown)
    discard(screen)
    jobs.close()
