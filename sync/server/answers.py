"""Anonymous answers on the server. Nothing is kept, and nothing logged, that tells who sent them.

No column holds an author, device, time or number; a batch is stored in the order of its random
ids; what the shape of an answer does not name, the day and what tells of a moment or a point is
dropped before it is stored. That a batch may be known for one is allowed for: decision 58.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, Select, and_, func, literal, select, union_all
from sqlalchemy.orm import Session

from sync.answers import Answer, anonymous, mark_of
from sync.errors import Refused
from sync.language import mark
from sync.person import REGION, Person
from sync.places import Pack
from sync.policy import Action, Place, reach
from sync.progress import Told
from sync.progress import mark_of as mark_of_progress
from sync.rights import require
from sync.server import arrivals, audit, progress
from sync.server.audit import Act
from sync.server.store import insert_new
from sync.server.tables import Kept, KeptAnswer, KeptCounts, KeptDone

MOST = 1_000  # answers in one batch
LONGEST = 64 * 2**10  # bytes of one answer
PROGRESS = 2  # in `news`: the sort of such a row
NOTHING = Told(mark="", waves=[])

Row = Select[int, UUID, int, str]  # of `news`: its sort, the wave, a number, a mark

WRONG = mark("These answers cannot be kept: something in them is not as the survey says.")


def keep(
    session: Session,
    answers: list[Answer],
    person: Person,
    pack: Pack,
    twice: Path | None = None,
) -> None:
    """Store a batch, whole or not at all; `twice`: in this folder, too. Sending again is harmless.

    Raises Refused.
    """
    if len(answers) > MOST:
        raise Refused(WRONG)
    waves = {wave: wave_of(session, wave) for wave in {answer.wave for answer in answers}}
    rows = [_row(answer, waves[answer.wave], person, pack) for answer in answers]
    rows.sort(key=lambda row: row["id"].bytes)
    arrivals.keep_twice(twice, KeptAnswer.__tablename__, rows)
    insert_new(session, KeptAnswer, rows)


@dataclass(frozen=True)
class News:
    """What a laptop is told of surveys; None where it knows it already."""

    answers: dict[UUID, int] | None = None  # {wave: how many} that this person may rate by
    counted: dict[UUID, int] | None = None  # {wave: how many are counts by now}; with `answers`
    progress: Told | None = None  # of where this person asks or rates


def news(session: Session, person: Person, known: str, known_progress: str) -> News:
    """What is new beyond these two marks of a laptop's."""
    asked: list[Row] = []
    if progress.told_to(person.role):
        done = select(literal(PROGRESS), KeptDone.wave, literal(0), KeptDone.mark)
        asked.append(done.where(*progress.seen_by(person)))
    if rates := bool(reach(person.role, Action.RATE)):
        there = select(literal(0), KeptAnswer.wave, func.count(), literal(""))
        past = select(literal(1), KeptCounts.wave, func.sum(KeptCounts.answers), literal(""))
        asked += [
            there.where(*_seen_by(person)).group_by(KeptAnswer.wave),
            past.where(*_seen_by(person, KeptCounts)).group_by(KeptCounts.wave),
        ]
    if not asked:  # perhaps not any more
        return News(progress=NOTHING if known_progress else None)
    counts, counted, marks = dict[UUID, int](), dict[UUID, int](), list[str]()
    for sort, wave, number, said in session.execute(union_all(*asked)):  # in every exchange
        if sort == PROGRESS:
            marks.append(said)
        else:
            (counted if sort else counts)[wave] = int(number)
    new = rates and mark_of(counts, counted) != known
    mark = mark_of_progress(marks)
    return News(
        answers=counts if new else None,
        counted=counted if new else None,
        progress=None if mark == known_progress else progress.sums(session, person, mark),
    )


def counts_of(session: Session, wave: UUID, person: Person) -> list[bytes]:
    """What is left of a wave whose answers are past their term: a Counts as JSON for each district."""
    if not reach(person.role, Action.RATE):
        raise Refused(mark("Your role may not see the answers."))
    seen = and_(KeptCounts.wave == wave, *_seen_by(person, KeptCounts))
    return list(session.scalars(select(KeptCounts.body).where(seen).order_by(KeptCounts.district)))


def of_wave(
    session: Session, wave: UUID, person: Person, known: int, now: datetime
) -> list[bytes]:
    """All answers that this person may rate by, as JSON, or none if `known` of them is all."""
    if not reach(person.role, Action.RATE):
        raise Refused(mark("Your role may not see the answers."))
    seen = and_(KeptAnswer.wave == wave, *_seen_by(person))
    if session.scalar(select(func.count()).select_from(KeptAnswer).where(seen)) == known:
        return []
    bodies = list(session.scalars(select(KeptAnswer.body).where(seen).order_by(KeptAnswer.id)))
    told = {"wave": wave, "answers": len(bodies)}
    audit.note(session, person.id, Act.READ_ANSWERS, told, now, person.district)
    return bodies


def _seen_by(
    person: Person, table: type[KeptAnswer | KeptCounts] = KeptAnswer
) -> list[ColumnElement[bool]]:
    """Of those who rate: everything, or their own district."""
    everywhere = Place.OTHER in reach(person.role, Action.RATE)
    return [] if everywhere else [table.district == person.district]


def wave_of(session: Session, wave: UUID) -> Kept:
    """A wave that answers may be handed in to. Raises Refused."""
    found = session.get(Kept, (REGION, wave))
    if found is None or found.kind != "wave" or found.fields.get("removed"):
        raise Refused(mark("The server does not know this survey."))
    return found


def _row(given: Answer, wave: Kept, person: Person, pack: Pack) -> dict[str, Any]:
    answer = anonymous(given, _starts_on(wave), pack)
    body = msgspec.json.encode(answer)
    asked: Iterable[str] = wave.fields.get("districts") or pack.districts
    fits = (
        answer.id.version == 4  # any other kind of id tells when it was made
        and str(answer.form) == wave.fields.get("form")
        and answer.district in pack.districts
        and answer.district in asked
        and (not given.okrug or _within(given, pack))
        and len(body) <= LONGEST
    )
    if not fits:
        raise Refused(WRONG)
    require(person, Action.ANSWER, answer.district)
    return {"id": answer.id, "wave": answer.wave, "district": answer.district, "body": body}


def _starts_on(wave: Kept) -> date | None:
    try:
        return date.fromisoformat(wave.fields.get("starts_on") or "")
    except ValueError:
        return None


def _within(answer: Answer, pack: Pack) -> bool:
    """A place of the pack, and of that district; never one that a person typed."""
    return ":" not in answer.okrug and pack.district_of(answer.okrug) == answer.district
