"""The page of interview quality: a wave that laptops told of, a table, and an officer's card."""

import csv
import random
from datetime import date, timedelta
from pathlib import Path

from tests.told_waves import rows, take


def quality_pictures(app, folder: Path):
    """(name, picture)."""
    from tests.gallery import SIZE, discard, settle
    from tests.ui.desks import close, make_desk, record
    from ui.jobs import Jobs
    from ui.screens.quality import QualityScreen

    desk = make_desk(folder / "quality", "coordinator")
    form = record(desk, "form", {"name": "Рейтинг", "xform": "<h:html/>"})
    ended = date.today() - timedelta(days=9)  # noqa: DTZ011  # the day of the place
    title = "Лауазымды тұлғалардың рейтингі, 3-тоқсан"
    wave = record(desk, "wave", {"title": title, "form": str(form), "ends_on": ended})
    jobs = Jobs()

    def picture(of, do=lambda screen: None, height=SIZE[1]):
        screen = QualityScreen(of, jobs)
        screen.resize(SIZE[0], height)
        screen.show()
        settle(app, jobs)
        do(screen)
        settle(app, jobs)
        taken = screen.grab()
        discard(screen)
        return taken

    yield "quality-none-told", picture(desk)
    take(desk, wave, rows())
    yield "quality-flags", picture(desk, height=1400)
    yield "quality-counts", picture(desk, lambda screen: screen.cards[0].reasons[0].toggle(), 1000)
    path = table(folder / "kobo.csv")

    def checked(screen):
        screen.pages.setCurrentIndex(2)
        screen.table.open(path)
        settle(app, jobs)
        screen.table.check()
        settle(app, jobs)
        if card := screen.table._flags.itemAt(0).widget():
            card.reasons[0].toggle()

    yield "quality-table", picture(desk, checked, 1000)
    officer = make_desk(folder / "quality", "officer")
    yield "quality-whose", picture(officer, lambda screen: screen.whose.ask())
    jobs.close()
    close(officer)
    close(desk)


def table(path: Path) -> Path:
    """Interviews of eight people as another program exports them; one of them in a hurry."""
    chance = random.Random(7)
    grid = [f"marks/m{n}" for n in range(1, 7)]
    with path.open("w", encoding="utf-8", newline="") as opened:
        out = csv.writer(opened)
        out.writerow(["_id", "interviewer", "okrug", "minutes", *grid])
        for number in range(160):
            who = f"Сұхбат алушы {number % 8 + 1}"
            hurried = number % 8 == 3 and number > 60
            marks = ["4"] * 6 if hurried else [chance.choice("12345") for _ in grid]
            minutes = 4 if hurried else chance.randint(18, 32)
            out.writerow([1000 + number, who, f"округ {number % 8 % 4 + 1}", minutes, *marks])
    return path
