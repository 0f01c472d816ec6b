"""Pictures of training: the whole window with its bar, filled by `seed`, and the directory of bodies."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

SCREENS = ("today", "issues", "reception", "projects")


def training(app, folder) -> Iterator[tuple[str, object]]:
    """(name, picture), of a file of its own in the folder."""
    from desktop.actions.seeding import seed
    from tests.gallery import SIZE, discard, settle
    from tests.ui.desks import close, make_desk
    from ui.jobs import Jobs
    from ui.main_window import MainWindow
    from ui.program import work_of
    from ui.screens import screens_for
    from ui.screens.directory import TABS

    desk = replace(make_desk(folder / "training", "coordinator"), training=True)
    seed(desk, 400, until=date(2026, 11, 29))
    jobs = Jobs()
    window = MainWindow(
        screens_for(desk.person.role),
        lambda screen: screen.build(desk, jobs),
        desk.person.name,
        lambda: " · ".join(work_of(desk)),
        training=True,
    )
    window.resize(*SIZE)
    window.show()
    for key in SCREENS:
        window.go(key, into=True)
        settle(app, jobs)
        yield f"training-{key}", window.grab()
    directory = window.go("directory", into=True)
    for tab, name in (("Bodies and partners", "bodies"), ("Competent bodies", "competent")):
        directory.go(TABS.index(tab))
        settle(app, jobs)
        settle(app, jobs)
        yield f"directory-{name}", window.grab()
    discard(window)
    jobs.close()
    close(desk)
