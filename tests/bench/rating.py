"""The rating of a wave of a million answers, beside the bare SQL aggregate of the same rows.

Both read the encrypted file of a coordinator. The floor is one statement, the mean of each question
by official, and nothing of what makes a mean a rating: no okrugs, no variance, no interval.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter
from uuid import UUID, uuid4

import msgspec
from sqlalchemy import insert, text

from desktop.actions import ratings, records
from desktop.folder import Profile
from desktop.session import Desk
from desktop.surveys.bundled import rating_xform
from desktop.surveys.form import load_form
from sync.answers import Answer
from sync.client.tables import TakenAnswer
from sync.person import REGION, Person
from tests.bench.material import SOZAQ
from tests.bench.ratios import Figure, in_turns
from tests.bench.save import desk_at

FLOOR = "SELECT official, avg(question)… GROUP BY official, of the same rows in the same file"
ANSWERS = 1_000_000
OFFICIALS, OKRUGS = 5, 170
RUNS = 3
COORDINATOR = Person("g.omarova", "Гүлнар Омарова", "coordinator", REGION)
BATCH = 10_000


def measure(runs: int | None = None, answers: int | None = None) -> Figure:
    """The figure, of so many answers."""
    number = answers or ANSWERS
    with (
        TemporaryDirectory(prefix="dala-bench-") as folder,
        desk_at(Path(folder), COORDINATOR) as desk,
    ):
        wave, officials = _wave(desk)
        questions = [one.path for one in ratings.criteria(load_form(rating_xform()))]
        for batch in _answers(wave, officials, questions, number):
            with desk.store.begin() as session:
                session.execute(insert(TakenAnswer), batch)

        def floor() -> float:
            means = ", ".join(f"avg({_said(path)})" for path in questions)
            said = f"SELECT {_said('/data/official')}, {means} FROM taken_answer GROUP BY 1"
            began = perf_counter()
            with desk.store() as session:
                assert len(session.execute(text(said)).all()) == OFFICIALS
            return perf_counter() - began

        def ours() -> float:
            began = perf_counter()
            found = ratings.rate_wave(desk, wave)
            took = perf_counter() - began
            assert found.answers == number
            assert len(found.ratings) == OFFICIALS * len(questions)
            return took

        floors, owns = in_turns(floor, ours, runs or RUNS)
        size = Profile(Path(folder)).store.stat().st_size
    return Figure(
        "rating", FLOOR, floors, owns, {"answers": number, "MB of the file": size / 2**20}
    )


def _said(path: str) -> str:
    return f"json_extract(CAST(body AS TEXT), '$.values.\"{path}\"')"


def _wave(desk: Desk) -> tuple[UUID, list[str]]:
    officials = [str(_saved(desk, "official", {"post": f"№ {at}"})) for at in range(OFFICIALS)]
    form = _saved(desk, "form", {"name": "Рейтинг", "xform": rating_xform()})
    values = {"title": "2026", "form": str(form), "districts": [SOZAQ], "rated": officials}
    return _saved(desk, "wave", values), officials


def _saved(desk: Desk, kind: str, values: Mapping[str, object]) -> UUID:
    return records.save(desk, kind, values)[0].record


def _answers(
    wave: UUID, officials: Sequence[str], questions: Sequence[str], number: int
) -> Iterator[list[dict[str, object]]]:
    """Rows of the table, a batch at a time."""
    chance, form, on = Random(5), uuid4(), date(2026, 11, 1)
    for begin in range(0, number, BATCH):
        batch = []
        for at in range(begin, min(number, begin + BATCH)):
            marks = {path: chance.choice("12345") for path in questions}
            answer = Answer(
                wave=wave,
                form=form,
                district=SOZAQ,
                okrug=f"6156{chance.randrange(OKRUGS):03}00",
                on=on,
                values={"/data/official": officials[at % OFFICIALS], **marks},
            )
            batch.append({"id": answer.id, "wave": wave, "body": msgspec.json.encode(answer)})
        yield batch
