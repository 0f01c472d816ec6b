"""The parts of a meeting: most as lines, one open, one with two values, one that lacks something."""

from collections.abc import Iterator


def parts_pictures(app, desk) -> Iterator[tuple[str, object]]:
    """(name, picture): as the page opens, at work, and after sending was tried."""
    from datetime import date, timedelta

    from desktop.actions import records
    from sync.records import KINDS
    from tests.examples import keep
    from tests.gallery import SIZE, discard, settle
    from tests.ui.desks import story
    from ui.jobs import Jobs
    from ui.screens.meetings import MeetingsScreen

    term = (date(2026, 12, 1) + timedelta(days=14)).isoformat()
    asked = [one["text"] for one in story()["questions"]]
    long = "Ауылдағы ескі су құбырын ауыстыру жұмыстары неге осыншама уақытқа созылып жатыр, " * 2
    told = [
        {"text": asked[0], "asked_by": "Ербол Сейтқали", "answered": "promised"},
        {"text": long, "answered_by": "Ауыл әкімі", "answered": "answered"},
        *({"text": text} for text in asked[1:]),
        {"text": "Интернет қашан келеді?", "asked_by": "Салтанат"},
    ]
    decided = [
        {"text": "Су құбырын тартуды сұрау", "responsible": "ТҮКШ бөлімі", "due_on": term},
        {"text": "Жол жөндеуді жоспарға қосу"},
    ]
    parts = [*(("question", one) for one in told), *(("decision", one) for one in decided)]
    id = keep(desk, "meeting", story()["meeting"], parts)
    torn = records.parts(desk, "question", id)[2]["id"]
    rival = {"value": "Басқаша жазылған сұрақ", "by": "n.tursynbek", "at": "2026-11-23T09:00:00Z"}
    with desk.store.begin() as session:
        found = session.get(KINDS["question"], torn)
        found.conflicts = {"text": [rival | {"change": str(torn)}]}
    jobs = Jobs()
    screen = MeetingsScreen(desk, jobs)
    screen.resize(*SIZE)
    screen.show()
    settle(app, jobs)
    screen.open_record(id)
    settle(app, jobs)
    cards, area = screen.questions.cards, screen.editor.area
    for card in cards:
        card.fold()
    area.ensureWidgetVisible(screen.decisions, 0, 0)
    settle(app, jobs)
    yield "parts-lines", screen.grab()
    cards[0].form.set_values({"asked_by": "Ербол"})
    cards[0].tell()
    cards[2].line.click()
    settle(app, jobs)
    yield "parts-opened", screen.grab()
    screen._send()
    for _ in range(5):
        settle(app, jobs)
    screen.decisions.cards[1].fold()
    cards[3].line.setFocus()
    area.ensureWidgetVisible(screen.decisions, 0, 0)
    settle(app, jobs)
    yield "parts-problem", screen.grab()
    discard(screen)
    jobs.close()
