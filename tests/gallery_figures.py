"""Pictures of reports: bars and tables, places and time, the records behind a line, nothing at all."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

DAYS = 400


def figures(app, folder: Path) -> Iterator[tuple[str, object]]:
    """(name, picture) of each state."""
    from tests.gallery import SIZE, discard, settle
    from tests.ui.desks import close, make_desk, seen_by
    from ui.jobs import Jobs
    from ui.screens.figures import FiguresScreen

    desk = make_desk(folder / "figures", "coordinator")
    jobs = Jobs()
    size = (SIZE[0] - 240, SIZE[1] - 90)  # less the sidebar and the bars
    fill(desk)
    for role in ("coordinator", "activist"):
        screen = FiguresScreen(seen_by(desk, role), jobs)
        screen.resize(*size)
        screen.show()
        settle(app, jobs)
        for name in worked(screen, role):
            settle(app, jobs)
            yield f"figures-{name}", screen.grab()
        discard(screen)
    jobs.close()
    close(desk)


def worked(screen, role: str) -> Iterator[str]:
    """From the overview down to the records."""
    from desktop.figures.periods import Span

    if role == "activist":
        screen.choose("coverage")
        yield "coverage-own"
        screen.bar.span.set_value(str(Span.WEEK))
        yield "week"
        screen.bar.step(-300)
        yield "nothing"
        return
    screen.bar.span.set_value(str(Span.YEAR))
    yield "activity"
    screen.choose("issues")
    yield "issues"
    screen.turn()
    yield "issues-table"
    screen.turn()
    screen.bar.by.set_value("time")
    screen.bar.beside.set_value("earlier")
    yield "issues-months"
    screen.bar.by.set_value("district")
    yield "issues-districts"
    screen.open_line("615600000")
    yield "issues-okrugs"
    screen.open_line(screen.answer.lines[0].key)
    yield "issues-villages"
    screen.open_line(screen.answer.lines[0].key)
    yield "issues-records"
    screen.back()
    screen.choose("projects")
    yield "projects"
    screen.choose("relocation")
    yield "relocation"


def fill(desk) -> None:
    """A year of three districts."""
    from desktop.actions.edits import Edit
    from desktop.actions.records import save_all

    chance, today = random.Random(5), date.today()  # noqa: DTZ011  # as the screen counts
    villages = [
        one.code
        for one in desk.pack.villages.values()
        if one.district in ("615600000", "613900000", "611600000")
    ]
    edits = []
    for number in range(900):
        day = today - timedelta(chance.randrange(DAYS))
        where = {"village": chance.choice(villages[:: 1 + number % 3])}
        edits.append(Edit(*_one(chance, number, day, where)))
    for region, people in (("north_kazakhstan", 900), ("pavlodar", 400), ("kostanay", 120)):
        said = {"region": region, "people": people, "year": today.year}
        edits.append(Edit("relocation_quota", said))
    save_all(desk, edits)


def _one(chance, number: int, day: date, where: dict) -> tuple[str, dict]:
    """A record of a kind, in turn."""
    essence = {"essence": "Ауыз су жүйесі жөндеуді қажет етеді", "category": chance.choice(
        ("roads", "drinking_water", "gas", "housing", "health", "education"))}  # fmt: skip
    kinds = {
        "issue": {**essence, "received_on": f"{day}", "due_on": f"{day + timedelta(15)}",
                  "state": chance.choice(("new", "in_work", "closed", "closed")),
                  "satisfied": chance.choice((None, True, True, False))},
        "visit": {"visited_on": f"{day}", "topic": "survey", "households": chance.randrange(9),
                  "people": chance.randrange(3, 30)},
        "reception": {**essence, "received_on": f"{day}", "form": "personal",
                      "visitor_type": "individual", "outcome": chance.choice(("satisfied", "consulted", None))},
        "meeting": {"held_on": f"{day}", "title": "Кездесу", "type": "dialogue", "present": chance.randrange(90)},
        "project": {"title": "Көше жарығы", "sphere": "roads", "starts_on": f"{day}",
                    "ends_on": f"{day + timedelta(90)}", "contract_sum": chance.randrange(2, 90) * 10**6,
                    "physical": chance.randrange(101), "state": "under_way"},
        "relocation_case": {"household": "Бес адам", "opened_on": f"{day}", "people": chance.randrange(2, 8),
                            "region": chance.choice(("north_kazakhstan", "pavlodar", "kostanay")),
                            "state": "moved", "moved_on": f"{day}"},
    }  # fmt: skip
    kind = ("issue", "issue", "issue", "visit", "visit", "reception", "meeting", "project",
            "relocation_case")[number % 9]  # fmt: skip
    return kind, where | kinds[kind]
