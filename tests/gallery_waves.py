"""Pictures of waves: all cells, before a vote, and passports."""

from collections.abc import Iterator
from datetime import date, timedelta


def waves(app, desk) -> Iterator[tuple[str, object]]:
    """(name, picture) of what the screen of surveys shows beside its list."""
    from desktop.actions.waves import read_passport
    from desktop.surveys.waves.passport import passport
    from sync.records.survey import Wave
    from tests.gallery import discard, grabbed, settle
    from ui.dialogs.passport import PassportDialog
    from ui.jobs import Jobs
    from ui.models.waves import read_waves
    from ui.screens.surveys import SurveysScreen

    wave = read_waves(desk)[0].state.id
    whole = read_passport(desk, wave)
    yield "wave-passport", grabbed(app, PassportDialog(whole))
    linked = {
        "title": whole.title,
        "linked_to": "election",
        "asker": "Түркістан облыстық қоғамдық пікір орталығы",
        "sample": "quota",
        "experience": 3,
    }
    lacking = passport(linked, None, desk.pack, 412)
    yield "wave-passport-lacking", grabbed(app, PassportDialog(lacking))

    day = date.today() + timedelta(days=3)  # noqa: DTZ011  # a vote soon
    with desk.store.begin() as session:
        row = session.get_one(Wave, wave)
        row.linked_to, row.polling_day = "election", day
    jobs = Jobs()
    screen = SurveysScreen(desk, jobs)
    screen.resize(1130, 740)
    screen.show()
    settle(app, jobs)
    screen.cards[0].show_all()
    settle(app, jobs)
    yield "wave-cells", screen.grab()
    discard(screen)
    jobs.close()
    with desk.store.begin() as session:
        row = session.get_one(Wave, wave)
        row.linked_to = row.polling_day = None
