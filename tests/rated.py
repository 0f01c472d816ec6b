"""Ratings of waves that were never held: counted without a database, or as answers that came."""

import random
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from uuid import UUID, uuid4, uuid5

import msgspec
from sqlalchemy import insert

from desktop.actions import records
from desktop.actions.ratings import Criterion, WaveRatings, criteria
from desktop.session import Desk
from desktop.surveys.bundled import rating_xform
from desktop.surveys.form import Form, load_form
from desktop.surveys.ratings.drawn import Asked
from desktop.surveys.ratings.wave import rate_counted
from sync.answers import Answer
from sync.client.tables import TakenAnswer
from sync.places import load_pack
from sync.records.base import field_map
from sync.records.survey import Wave

ARYS, SOZAQ, SAIRAM, KELES, OTYRAR = (
    "611600000",
    "615600000",
    "615200000",
    "613900000",
    "614800000",
)
MANY = 10  # okrugs of a district in which people are asked
OKRUGS = {
    district: [one.code for one in load_pack().okrugs.values() if one.district == district][:MANY]
    for district in (ARYS, SOZAQ, SAIRAM, KELES, OTYRAR)
}
REGION = UUID(int=56)
SEX = ("female", "female", "male")
AGES = (*("18_29", "30_44", "45_59", "60_plus") * 2, "60_plus")

Sizes = Mapping[tuple[str, str], int]  # {(official, district): how many were asked}


@cache
def rating_form() -> Form:
    """The form of the program's own rating."""
    return load_form(rating_xform())


def counted(sizes: Sizes, means: Mapping[str, float], seed: int = 7) -> dict[Asked, list[dict]]:
    """Marks around `means` of each official, in several okrugs of each district."""
    chance, found = random.Random(seed), {}
    for (official, district), number in sizes.items():
        for at, okrug in enumerate(OKRUGS[district]):
            here = (number + len(OKRUGS[district]) - 1 - at) // len(OKRUGS[district])
            people = [times(chance, means[official]) for _ in range(here)]
            if people:
                found[Asked(official, district, okrug)] = [
                    tally(person[place] for person in people)
                    for place in range(len(criteria(rating_form(), "en")))
                ]
    return found


def times(chance: random.Random, mean: float) -> list[str]:
    """What one person says: the mean of the marks first."""
    marks = [min(5, max(1, round(chance.gauss(mean, 1)))) for _ in range(5)]
    return [f"{sum(marks) / 5:g}", *map(str, marks)]


def tally(said: Iterable[str]) -> dict[object, int]:
    """How often each was said."""
    found: dict[object, int] = {}
    for one in said:
        found[one] = found.get(one, 0) + 1
    return found


def wave_ratings(
    sizes: Sizes,
    means: Mapping[str, float],
    posts: Mapping[str, str],
    title: str = "2026 жыл, 4-тоқсан",
    *,
    seed: int = 7,
    **fields: object,
) -> WaveRatings:
    """The ratings of a wave in which so many people were asked. `fields` are of its record."""
    times = counted(sizes, means, seed)
    return ratings_of(times, list(criteria(rating_form())), posts, title, **fields)


def ratings_of(
    times: Mapping[Asked, list[dict]],
    rated: list[Criterion],
    posts: Mapping[str, str],
    title: str = "",
    **fields: object,
) -> WaveRatings:
    """The ratings of a wave whose marks were counted; the first criterion sums up the others."""
    record = dict.fromkeys(field_map(Wave)) | {
        "id": uuid5(REGION, title),
        "title": title,
        "starts_on": date(2026, 10, 1),
        "ends_on": date(2026, 10, 20),
        **fields,
    }
    return WaveRatings(
        wave=record["id"],
        record=record,
        form=rating_form(),
        answers=sum(sum(one[0].values()) for one in times.values()),
        okrugs=len({asked.okrug for asked in times}),
        together=False,
        criteria=tuple(rated),
        posts=dict(posts),
        officials=tuple(sorted({asked.official for asked in times})),
        districts=tuple(sorted({asked.district for asked in times})),
        figures=rate_counted(times, [one.path for one in rated], rated[0].path),
    )


def take_answers(
    desk: Desk, wave: UUID, sizes: Sizes, means: Mapping[str, float], seed: int = 7
) -> None:
    """So many answers have come from everybody: to the form of the program's own rating.

    More women answered than men, and more of the old.
    """
    chance, rows, who = random.Random(seed), [], random.Random(seed + 1)
    paths = [one.path for one in criteria(rating_form(), "en")]
    for (official, district), number in sizes.items():
        for at in range(number):
            okrug = OKRUGS[district][at % len(OKRUGS[district])]
            said = dict(zip(paths, times(chance, means[official]), strict=True))
            answer = Answer(
                wave=wave,
                form=REGION,
                district=district,
                okrug=okrug,
                on=date(2026, 10, 1),
                values={
                    "/data/official": official,
                    "/data/person/sex": who.choice(SEX),
                    "/data/person/age_group": who.choice(AGES),
                    **said,
                },
            )
            body = msgspec.json.encode(answer)
            rows.append({"id": uuid4(), "wave": wave, "body": body})
    with desk.store.begin() as session:
        session.execute(insert(TakenAnswer), rows)


def save(desk: Desk, kind: str, **values: object) -> UUID:
    """A record of the coordinator; its id."""
    return records.save(desk, kind, values)[0].record


def two_waves(
    desk: Desk,
    posts: Mapping[str, str],
    sizes: Sizes,
    means: Mapping[str, float],
    earlier: Mapping[str, float],
) -> tuple[UUID, UUID, dict[str, str]]:
    """(the earlier wave, the later one, {name: official}): both of the program's own form."""
    form = save(desk, "form", name="Рейтинг", version="1", xform=rating_xform())
    officials = {
        name: str(save(desk, "official", post=post, body="akimat")) for name, post in posts.items()
    }
    waves = []
    told_waves = (
        ("Лауазымды тұлғалардың рейтингі, 3-тоқсан", date(2026, 7, 1), earlier),
        ("Лауазымды тұлғалардың рейтингі, 4-тоқсан", date(2026, 10, 1), means),
    )
    for seed, (title, begins, liked) in enumerate(told_waves):
        wave = save(
            desk,
            "wave",
            title=title,
            form=str(form),
            starts_on=begins,
            ends_on=begins.replace(day=20),
            districts=sorted({district for _, district in sizes}),
            rated=list(officials.values()),
            asker="Dala",
            client="Партияның облыстық филиалы",
            mode="face_to_face",
            sample="quota",
            method="Жынысы мен жасы бойынша квота",
            population="18 жастан асқан тұрғындар",
        )
        told = {(officials[name], district): n for (name, district), n in sizes.items()}
        take_answers(desk, wave, told, {officials[name]: liked[name] for name in posts}, seed)
        waves.append(wave)
    return waves[0], waves[1], officials
