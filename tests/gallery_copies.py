"""Pictures of the copies of a laptop's file, and of what is done with them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.gallery import grabbed


def copies_pictures(app) -> Iterator[tuple[str, object]]:
    """(name, picture): a week of copies, none, being checked, photos lost; a copy of a laptop that broke."""
    yield "copies", copies(app)
    yield "no-copies", copies(app, 0)
    yield "copies-checking", copies(app, 2, checking=True)
    yield "copies-lost", copies(app, 2, lost=True)
    yield "restore-by-code", restoring(app)


def restoring(app) -> object:
    """A copy of a laptop that broke."""
    from ui.dialogs.restore_copy import RestoreDialog

    dialog = RestoreDialog(by_code=True)
    return grabbed(app, dialog)


def copies(app, most: int = 9, *, checking: bool = False, lost: bool = False) -> object:
    """A week of copies; one was asked for, and one gave way to a copy that was restored."""
    from desktop.backups import About, Backup
    from desktop.copy_words import told_apart
    from desktop.repair import Repair
    from desktop.second_place import Place
    from ui.dialogs.copies import CopiesDialog

    now = datetime(2026, 11, 26, 14, 20, tzinfo=UTC)
    sorts = ("auto", "auto", "aside", "auto", "dala", "auto", "auto", "auto", "auto")
    made = [
        Backup(
            Path(f"{sort}-{number}"),
            now - timedelta(hours=number**2, minutes=7 * number),
            (41 - number) * 2**20,
            About(records=1248 - 9 * number, waiting=max(0, 3 - number)),
        )
        for number, sort in enumerate(sorts[:most])
    ]
    dialog = CopiesDialog(makes=True)
    dialog.show_copies(made, now)
    if dialog.rows:
        dialog.rows[1].click()
        own = Path("/media/dala/dala-copies-5c1d09ea")
        dialog.place.show_place(Place(own, made[0].made), there=not lost, now=now)
    if checking:
        dialog.check_button.click()
        dialog.show_progress(412, 1893)
    if lost:
        found = Repair(photos=1893, from_copies=2, from_server=14, lost=1)
        dialog.show_found(*told_apart(found))
    return grabbed(app, dialog)
