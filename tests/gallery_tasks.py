"""Pictures of the kinds of the seven tasks: each list with one record open, above and below."""

from collections.abc import Iterator


def photograph(desk, project, inspection) -> None:
    """A photo of the beginning, and one of the newest inspection."""
    from desktop.actions import attachments
    from ui.demo.pictures import photo

    attachments.attach(desk, inspection, photo(1), "Жол төселді")
    attachments.attach(desk, project, photo(2), "Абай көшесі")


def reception_day(app, desk, jobs) -> Iterator[tuple[str, object]]:
    """A queue in the middle of the day: one is written down, the next is being typed."""
    from datetime import date, timedelta

    from desktop.actions import records
    from tests.examples import SHOLAQQORGHAN, SOZAQ_VILLAGE
    from tests.gallery import SIZE, discard, settle
    from ui.screens.reception import ReceptionScreen

    today = date.today()  # noqa: DTZ011  # the screen's own day
    usual = {"form": "personal", "received_by": desk.person.name, "state": "open"}
    for at, village, essence, days in (
        ("09:10", SHOLAQQORGHAN, "Тұрғын үй кезегі туралы анықтама сұрады", None),
        ("09:35", SOZAQ_VILLAGE, "Ауыз су құбыры екі аптадан бері жұмыс істемейді", -1),
        ("10:05", SHOLAQQORGHAN, "Мектеп автобусының маршрутын өзгертуді сұрайды", 2),
        ("10:40", SOZAQ_VILLAGE, "Жер телімі туралы жауап алды", 9),
    ):
        due = (today + timedelta(days)).isoformat() if days is not None else None
        told = {"essence": essence, "village": village, "due_on": due, "received_at": at}
        records.save(desk, "reception", usual | told | {"received_on": today.isoformat()})
    screen = ReceptionScreen(desk, jobs)
    screen.resize(*SIZE)
    screen.show()
    settle(app, jobs)
    screen.day.quick.set_values({"essence": "Жәрдемақы тағайындау мерзімі өтіп кетті"})
    screen.day.line.enter("essence")
    settle(app, jobs)
    screen.day.quick.set_values({"consent_way": "signed", "applicant": "Нұрлан Қасымов"})
    settle(app, jobs)
    yield "task-reception-day", screen.grab()
    discard(screen)


def meeting_live(app, desk, jobs) -> Iterator[tuple[str, object]]:
    """A meeting at its second item, with what was asked and decided so far."""
    from datetime import datetime, timedelta

    from tests.examples import keep
    from tests.gallery import SIZE, discard, settle
    from tests.ui.desks import story
    from ui.screens.meetings import MeetingsScreen

    began = datetime.now().astimezone() - timedelta(minutes=47)
    agenda = "1. Ауыз су құбыры\n2. Мектепке баратын жол\n3. Жайылымдық жер\n4. Әртүрлі"
    values = story()["meeting"] | {"agenda": agenda, "held_on": began.date().isoformat()}
    values["held_at"] = began.strftime("%H:%M")
    parts = [("question", one) for one in story()["questions"]]
    parts += [("decision", one) for one in story()["decisions"]]
    id = keep(desk, "meeting", values, parts)
    screen = MeetingsScreen(desk, jobs)
    screen.resize(*SIZE)
    screen.show()
    settle(app, jobs)
    screen.open_record(id)
    settle(app, jobs)
    yield "task-meeting-glance", screen.grab()
    screen.follow()
    settle(app, jobs)
    screen.live.turn(1)
    screen.live.asked.set_values({"text": "Жолға шам қашан қойылады?"})
    settle(app, jobs)
    yield "task-meeting-live", screen.grab()
    discard(screen)


def tasks(app, desk) -> Iterator[tuple[str, object]]:
    """(name, picture) of each screen that follows from a declaration, with lifelike records."""
    from tests.examples import keep_all
    from tests.gallery import SIZE, discard, settle
    from ui.demo.hands import wait
    from ui.jobs import Jobs
    from ui.screens import screen_of

    kept = keep_all(desk)
    photograph(desk, kept["project"][0], kept["inspection"][0])
    jobs = Jobs()
    for kind, ids in kept.items():
        entry = screen_of(kind)
        assert entry is not None
        whole = entry.build(desk, jobs)
        whole.resize(*SIZE)
        whole.show()
        if len(entry.kinds) > 1:
            whole.show_kind(kind)
        screen = getattr(whole, "shown", whole)
        whole.open_record(ids[0])
        editor = screen.editor
        wait(lambda shown=editor: shown.page is not None)
        settle(app, jobs)
        yield f"task-{kind}", whole.grab()
        bar = editor.area.verticalScrollBar()
        if bar.maximum() > 0:
            bar.setValue(bar.maximum())
            app.processEvents()
            yield f"task-{kind}-below", whole.grab()
        discard(whole)
    yield from reception_day(app, desk, jobs)
    yield from meeting_live(app, desk, jobs)
    jobs.close()
