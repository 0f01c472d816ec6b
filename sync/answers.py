"""An anonymous answer to a survey: no author, device, number, point, or time finer than the wave.

Answers travel apart from changes, in shuffled batches of people who cannot be told apart by what their
neighbours know (desktop.surveys.crowds), and the server keeps nothing that links an upload to what
was in it. Who could still link what, and how well: decision 58.
"""

import re
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from uuid import UUID, uuid4

import msgspec

from sync.places import Pack
from sync.records.base import Values

FEWEST = 5  # people who cannot be told apart, among whom an answer leaves its laptop
MOST = 1_000  # answers in one batch, as many as the server takes
ROOM = 4_096  # bytes: an upload is a multiple of it, and mostly one: some fifty answers fit


PLACE = "/okrug"  # how the path ends of the hidden question that says it once more
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:?\d\d.*")  # ISO 8601
NUMBER = r"-?\d{1,3}\.\d+"
POINTS = re.compile(rf"\s*{NUMBER}[ ,]+{NUMBER}([ ,;]+-?[\d.]+)*[\s;]*")  # latitude, longitude, …


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """One respondent's answers to one form."""

    id: UUID = msgspec.field(default_factory=uuid4)  # random: an ordered id would tell the order
    wave: UUID
    form: UUID
    district: str
    okrug: str  # not finer, see `place_of`; "" where too few answered in it
    on: date  # the first day of the wave, see `day_of`
    values: Values  # {path of the question: value}; what was not relevant is left out


def anonymous(answer: Answer, starts_on: date | None, pack: Pack) -> Answer:
    """The answer of an interview on the day `on`, without what would tell of a moment or a house.

    `starts_on` is the first day of its wave. Both ends see to it: older laptops do not.
    """
    values = {
        path: place_of(str(value), pack) if path.endswith(PLACE) else value
        for path, value in answer.values.items()
        if not _is_trace(value, answer.on)
    }
    return msgspec.structs.replace(
        answer,
        on=day_of(starts_on, answer.on),
        okrug=place_of(answer.okrug, pack),
        values={path: value for path, value in values.items() if value != ""},
    )


def day_of(starts_on: date | None, on: date) -> date:
    """The day that all answers of a wave bear, whichever day `on` they were given.

    Of a day and the diary of visits the village would follow, and often the interviewer.
    """
    return starts_on or date(on.year, 1, 1)


def place_of(code: str, pack: Pack) -> str:
    """The okrug of any place: the pack does not know which settlements have 500 people.

    "" for a town that stands in none, and for a district: that the answer says anyway.
    """
    village = pack.village(code)
    return village.okrug if village else code if code in pack.okrugs else ""


def _is_trace(value: object, on: date) -> bool:
    """What a form may have noted by itself: a moment, the day of the interview, points."""
    if isinstance(value, list):
        return any(_is_trace(one, on) for one in value)
    if not isinstance(value, str):
        return False
    text = value.strip()
    return bool(text == on.isoformat() or MOMENT.fullmatch(text) or POINTS.fullmatch(text))


def mark_of(counts: Mapping[UUID, int], counted: Mapping[UUID, int] | None = None) -> str:
    """What stands for these numbers of answers by wave, and of those that are counts; "" for none."""
    said = [_in_order(one) for one in (counts, counted) if one]
    if counted and not counts:
        said.insert(0, [])
    return sha256(b"".join(map(msgspec.json.encode, said))).hexdigest()[:8] if said else ""


def _in_order(counts: Mapping[UUID, int]) -> list[tuple[str, int]]:
    return sorted((wave.hex, count) for wave, count in counts.items())
