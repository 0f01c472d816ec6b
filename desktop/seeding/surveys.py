"""Waves of the rating, invented: one that has ended and was answered, one that runs; and a census."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from uuid import UUID

from desktop.seeding.making import Maker
from desktop.surveys.census import kept
from desktop.surveys.form import load_form
from desktop.surveys.interview import Interview
from desktop.surveys.made_up import fill
from desktop.surveys.ratings.population import Population
from sync.answers import Answer, anonymous
from sync.change import Change
from sync.places import Pack

ENDED, RUNS = (110, 89), (8, -13)  # days before the last one: from, until
PLANNED = 40  # interviews in each district
TITLES = {
    ENDED: "Лауазымды тұлғалардың рейтингі, алдыңғы кезең",
    RUNS: "Лауазымды тұлғалардың рейтингі, осы кезең",
}
SAID = {
    "asker": "Оқу үшін ойдан шығарылған топ",
    "client": "Оқу үшін ойдан шығарылған тапсырыс беруші",
    "method": "Үйлер жүйелі іріктелді",
    "mode": "face_to_face",
    "sample": "random",
    "population": "Ауылдардың ересек тұрғындары",
}
SEX, AGES = ("female", "male"), ("18_29", "30_44", "45_59", "60_plus")
INVENTED = "Оқу үшін ойдан шығарылған"
OFFICIAL, POST = "/data/official", "/data/post"


def waves(maker: Maker, form: Change, officials: Sequence[Change]) -> Iterator[Change]:
    """Both, of all districts that are asked for."""
    for days in (ENDED, RUNS):
        begins, ends = (maker.wanted.until - timedelta(days=ago) for ago in days)
        said = {
            **SAID,
            "title": TITLES[days],
            "form": str(form.record),
            "starts_on": begins.isoformat(),
            "ends_on": ends.isoformat(),
            "districts": list(maker.wanted.districts),
            "rated": [str(one.record) for one in officials],
            "target": PLANNED,
        }
        yield maker.regional("wave", said, begins)


def census(maker: Maker) -> Change:
    """Numbers of people of nowhere, by sex and age, of all districts that are asked for."""
    counts: dict[tuple[str, tuple[str, ...]], float] = {
        (district, (sex, age)): float(100 * maker.chance.randrange(20, 120))
        for district in maker.wanted.districts
        for sex in SEX
        for age in AGES
    }
    day = maker.wanted.until.replace(month=1, day=1)
    said = {
        "title": "Халық саны",
        "source": INVENTED,
        "counted_on": day.isoformat(),
        "counts": kept.written(Population(("sex", "age_group"), counts)),
    }
    return maker.regional("census", said, maker.wanted.until - timedelta(days=maker.wanted.days))


def answers(
    wave: Change, xform: str, officials: Sequence[Change], pack: Pack, chance: Random, most: int
) -> Iterator[Answer]:
    """At most so many interviews of a wave, in its districts in turn, as the server would tell them."""
    form = load_form(xform)
    begins = date.fromisoformat(wave.fields["starts_on"])
    districts: list[str] = wave.fields["districts"]
    for number in range(min(most, PLANNED * len(districts))):
        district = districts[number % len(districts)]
        okrugs = [code for code, _ in pack.places(district)]
        here = [one for one in officials if one.fields["territory"] == district]
        rated = chance.choice(here)
        about = {OFFICIAL: str(rated.record), POST: rated.fields["post"]}
        interview = Interview(form, about, language="kk")
        fill(form, interview, chance)
        given = Answer(
            id=UUID(int=chance.getrandbits(128), version=4),
            wave=wave.record,
            form=UUID(wave.fields["form"]),
            district=district,
            okrug=chance.choice(okrugs),
            on=begins,
            values=interview.to_answers(),
        )
        yield anonymous(given, begins, pack)
