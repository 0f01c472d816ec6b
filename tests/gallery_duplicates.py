"""A picture of two records that were told twice, side by side."""

from collections.abc import Iterator

AGAIN = "Көктөбе көшесінде ауыз су жоғына екі аптадан асты, су құбыры жарылған."


def duplicates(app, desk) -> Iterator[tuple[str, object]]:
    """(name, picture) of the screen, with a pair of issues."""
    from desktop.actions import records
    from sync.language import tr
    from tests.gallery import SIZE, discard, settle
    from ui.jobs import Jobs
    from ui.screens.duplicates import LOOKING, DuplicatesScreen

    told = {
        "essence": "Көктөбе көшесінде екі аптадан бері ауыз су жоқ, су құбыры жарылған",
        "village": "615647100",
        "category": "drinking_water",
        "received_on": "2026-11-03",
    }
    for values in (told, {**told, "essence": AGAIN, "received_on": "2026-11-05"}):
        records.save(desk, "issue", values)
    jobs = Jobs()
    screen = DuplicatesScreen(desk, jobs)
    screen.resize(*SIZE)
    screen.show()
    settle(app, jobs)
    yield "told-twice", screen.grab()
    screen.how_far.begin(tr(LOOKING))
    screen._say_how_far(8_400, 20_000)
    app.processEvents()
    yield "told-twice-comparing", screen.grab()
    discard(screen)
    jobs.close()
