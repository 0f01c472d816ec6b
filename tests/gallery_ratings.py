"""Pictures of ratings: the overview, the way down, both faces, and beside the wave before."""

from collections.abc import Iterator
from pathlib import Path

POSTS = {
    "head": "Облыс әкімі",
    "deputy": "Облыс әкімінің әлеуметтік мәселелер жөніндегі орынбасары",
    "sozaq": "Созақ ауданының әкімі",
    "keles": "Келес ауданының әкімі",
    "arys": "Арыс қаласының әкімі",
    "party": "Партияның Сайрам аудандық филиалының төрағасы",
    "few": "Отырар ауданының әкімі",
}
MEANS = {
    "head": 3.9,
    "deputy": 3.1,
    "sozaq": 4.5,
    "keles": 2.3,
    "arys": 3.2,
    "party": 3.8,
    "few": 3.5,
}
EARLIER = {**MEANS, "keles": 3.4, "sozaq": 4.4, "deputy": 2.7}


def ratings(app, folder: Path) -> Iterator[tuple[str, object]]:
    """(name, picture) of each state."""
    from desktop.actions.rating_views import first_view
    from tests.gallery import SIZE, discard, settle
    from tests.ui.desks import close, make_desk
    from ui.jobs import Jobs
    from ui.screens.ratings import RatingsScreen

    desk = make_desk(folder / "ratings", "coordinator")
    fill_ratings(desk)
    jobs = Jobs()
    screen = RatingsScreen(desk, jobs)
    screen.resize(SIZE[0] - 240, SIZE[1] - 90)  # less the sidebar and the bars
    screen.show()
    for name in worked(screen, lambda: settle(app, jobs)):
        settle(app, jobs)
        yield f"ratings-{name}", screen.grab()
    fit(desk)
    screen.reload()
    settle(app, jobs)
    screen.go(first_view(screen.found))
    settle(app, jobs)
    yield "ratings-fitted", screen.grab()
    jobs.close()
    discard(screen)
    discard(screen.header)
    close(desk)


def fill_ratings(desk) -> None:
    """Two waves in five districts: one official of the region, others of one district."""
    from tests.rated import ARYS, KELES, OTYRAR, SAIRAM, SOZAQ, two_waves

    sizes = {
        **{("head", one): 30 + 6 * at for at, one in enumerate((ARYS, SOZAQ, SAIRAM, KELES))},
        **{("deputy", one): 40 for one in (ARYS, SOZAQ, SAIRAM, KELES, OTYRAR)},
        ("head", OTYRAR): 18,
        ("sozaq", SOZAQ): 90,
        ("keles", KELES): 90,
        ("arys", ARYS): 80,
        ("party", SAIRAM): 24,
        ("few", OTYRAR): 7,
    }
    two_waves(desk, POSTS, sizes, MEANS, EARLIER)


def fit(desk) -> None:
    """The later wave is fitted to numbers of people by sex and age."""
    from desktop.actions import censuses, records
    from desktop.surveys.ratings.population import Population
    from tests.rated import AGES, ARYS, KELES, OTYRAR, SAIRAM, SEX, SOZAQ

    counts = {
        (district, (sex, age)): 3_000.0 + 900 * at
        for at, district in enumerate((ARYS, SOZAQ, SAIRAM, KELES, OTYRAR))
        for sex in dict.fromkeys(SEX)
        for age in dict.fromkeys(AGES)
    }
    said = {
        "title": "Халық саны",
        "source": "Ұлттық статистика бюросы",
        "counted_on": "2026-01-01",
    }
    [kept] = censuses.save(desk, Population(("sex", "age_group"), counts), said)
    waves = sorted(records.list_records(desk, "wave"), key=lambda row: row["starts_on"])
    censuses.fit(desk, waves[-1]["id"], kept.record)


def worked(screen, settled) -> Iterator[str]:
    """From the overview down to one criterion in time."""
    from dataclasses import replace

    from desktop.actions.rating_views import By

    settled()
    yield "overview"
    screen.turn()
    yield "overview-table"
    screen.turn()
    screen.bar.before.set_value(screen.bar.before.choices()[0][0])
    yield "compared"
    screen.go(replace(screen.view, by=By.DISTRICTS))
    yield "districts"
    screen.go(screen.lines[0].into)
    yield "district"
    at = next(n for n, line in enumerate(screen.lines) if line.rating.shown)
    screen.go(screen.lines[at].into)
    settled()
    yield "official"
    screen.go(screen.lines[1].into)
    yield "waves"
    screen.turn()
    yield "waves-table"
