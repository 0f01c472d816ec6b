"""Pictures of the search from anywhere: before a key, after three letters, a record, and nothing found."""

from collections.abc import Iterator

TYPED = {"kk": "мәс", "ru": "про", "en": "iss"}  # the beginning of a screen's name and of records
DONE = {"kk": "құл", "ru": "заб", "en": "loc"}  # of a command
NAMED = "су құбыры"


def searching(app, desk) -> Iterator[tuple[str, object]]:
    """(name, picture): of one district, and what a coordinator of all of them is asked."""
    from desktop.index.keeping import catch_up
    from sync.language import spoken
    from tests.gallery import discard, settle
    from tests.ui.desks import seen_by
    from ui.jobs import Jobs
    from ui.main_window import MainWindow
    from ui.menu import COMMANDS, make_actions
    from ui.screens import screens_for
    from ui.searching import ask_search

    catch_up(desk.store)
    jobs = Jobs()
    words = TYPED.get(spoken(), TYPED["en"])
    mine = (
        ("empty", ""),
        ("letters", words),
        ("command", DONE.get(spoken(), DONE["en"])),
        ("records", NAMED),
        ("nothing", "қзқзқз"),
    )
    for whose, steps in ((desk, mine), (seen_by(desk, "coordinator"), (("region", words),))):
        screens = screens_for(whose.person.role)
        window = MainWindow(
            screens, lambda screen, whose=whose: screen.build(whose, jobs), whose.person.name
        )
        window.actions_by_key = make_actions(window, {one.key: bool for one in COMMANDS})
        dialog = ask_search(whose, jobs, window, window)
        for name, typed in steps:
            dialog.words.setText(typed)
            dialog.typed.emit(typed)
            dialog.ask()
            settle(app, jobs)
            yield f"search-{name}", dialog.grab()
        dialog.close()
        discard(window)
    jobs.close()
