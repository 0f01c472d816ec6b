"""Pictures of terms: an issue with both clocks, its reckoning, what is late, the calendar."""

from collections.abc import Iterator
from datetime import date, timedelta


def terms(app, folder) -> Iterator[tuple[str, object]]:
    """(name, picture), of a file of its own in the folder."""
    from desktop.actions import calendar_days, records
    from tests.ui.desks import close, make_desk, seen_by, story
    from ui.demo.hands import wait
    from ui.jobs import Jobs
    from ui.screens.calendar import CalendarPage
    from ui.screens.issues import IssuesScreen
    from ui.screens.overdue import OverdueScreen

    today = date.today()  # noqa: DTZ011  # pictures show what is due from today
    desk = make_desk(folder / "terms")
    coordinator, leader = seen_by(desk, "coordinator"), seen_by(desk, "leader")

    def handed(body, days, **more):
        values = {**story()["issues"][0], "handed_to": body, **more}
        values |= {"handed_on": today - timedelta(days=days), "state": "handed_over"}
        return records.save(desk, "issue", values)[0].record

    def step(issue, days, **values):
        done = {"done_on": today - timedelta(days=days), **values}
        records.save(desk, "step", done, parent=issue)

    first = handed("Созақ ауданының әкімдігі", 30, due_on=today + timedelta(days=5))
    step(first, 27, type="forwarded", body="Су шаруашылығы басқармасы", part=True)
    step(first, 12, type="extended", until=today + timedelta(days=14), text="Хат № 17-05/331")
    handed("Тұрғын үй-коммуналдық шаруашылық бөлімі", 70)
    handed("Білім бөлімі", 40)
    calendar_days.mark_day(coordinator, date(today.year, 12, 17), "day_off", "№ 700")

    jobs = Jobs()
    screen = IssuesScreen(desk, jobs)
    yield from _pictures(app, jobs, screen, "issue", lambda: _open(screen, first, wait))
    screen = OverdueScreen(leader, jobs)
    yield from _pictures(app, jobs, screen, "overdue")
    page = CalendarPage(coordinator, jobs)
    yield from _pictures(
        app, jobs, page, "calendar", lambda: page.list.choose(date(today.year, 12, 17))
    )
    jobs.close()
    close(desk)


def _open(screen, id, wait) -> None:
    screen.open_record(id)
    wait(lambda: screen.editor.page is not None and screen.editor.page.id == id)
    screen.terms.button.click()
    screen.steps.restore([{"id": str(id), "values": {"type": "forwarded"}}])


def _pictures(app, jobs, screen, name, work=lambda: None) -> Iterator[tuple[str, object]]:
    from tests.gallery import SIZE, discard, settle

    screen.resize(*SIZE)
    screen.show()
    settle(app, jobs)
    work()
    settle(app, jobs)
    if name == "issue":
        screen.editor.area.ensureWidgetVisible(screen.terms, 0, 300)
        settle(app, jobs)
    yield f"terms-{name}", screen.grab()
    discard(screen)
