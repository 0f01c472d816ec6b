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
    keys.begin(desk, window)
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
