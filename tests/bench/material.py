"""What is recorded in the measurements: Kazakh and Russian records, the same ones every time."""

import json
import random
import re
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

import resources
from sync import vocabulary
from sync.change import Change, id_at
from sync.places import load_pack
from sync.records import KINDS
from sync.records.base import Field, Values, fields
from sync.records.consented import ENDED

SOZAQ = "615600000"
KEY = bytes(range(32))  # of the files that are measured and thrown away
KINDS_IN_TURN = ("issue", "visit", "issue", "meeting")
SIZES = (1_150, 2_150)  # bytes of one change as JSON
ENVELOPE = 250  # bytes of a change beside its fields
FIRST_DAY = datetime(2026, 1, 12, 9, tzinfo=UTC)
LISTS = ("issue_category", "appeal_kind", "visit_topic", "meeting_type", "step_type")


class Writer:
    """Makes records that differ from each other, out of words that people here use."""

    def __init__(self, seed: int) -> None:
        self._chance, self._at = random.Random(seed), FIRST_DAY
        self._villages = sorted(
            v.code for v in load_pack().villages.values() if v.district == SOZAQ
        )

    def fields(self, kind: str) -> Values:
        """The fields of one record, filled in: about 1.5 KB of JSON with its envelope."""
        values = {field.name: self._value(field) for field in fields(KINDS[kind])}
        values = {name: value for name, value in values.items() if value is not None}
        long = next(field.name for field in fields(KINDS[kind]) if field.long)
        wanted = self._chance.randint(*SIZES) - ENVELOPE - _size(values)
        values[long] = self._text(wanted)
        return values

    def changes(self, count: int) -> list[Change]:
        """New records of one district: of four, two issues, a visit and a meeting."""
        return [self._change(KINDS_IN_TURN[n % len(KINDS_IN_TURN)]) for n in range(count)]

    def issues(self, count: int) -> list[Change]:
        """New issues of one district."""
        return [self._change("issue") for _ in range(count)]

    def _change(self, kind: str) -> Change:
        self._at += timedelta(seconds=self._chance.randrange(60))
        return Change(
            id=self._id(),
            kind=kind,
            record=self._id(),
            district=SOZAQ,
            fields=self.fields(kind),
            at=self._at,
        )

    def _id(self) -> UUID:
        return id_at(self._at, self._chance.getrandbits(74))

    def _value(self, field: Field) -> Any:
        chance = self._chance
        if field.given or field.link or field.name == ENDED:  # each consent stands
            return None
        if field.choices:
            return chance.choice(vocabulary.choices(field.choices)).key
        if field.place:
            return chance.choice(self._villages)
        if field.type is date:
            return (FIRST_DAY + timedelta(days=chance.randrange(300))).date().isoformat()
        if field.name == "phone":
            return f"+7701{chance.randrange(10**7):07}"
        if field.type is str:
            return self._text(40)
        return {int: chance.randrange(200), bool: chance.random() < 0.5}.get(field.type)

    def _text(self, size: int) -> str:
        """Words of at least `size` bytes."""
        said: list[str] = []
        while size > 0:
            said.append(self._chance.choice(words()))
            size -= len(said[-1].encode()) + 1
        return " ".join(said)


@cache
def words() -> tuple[str, ...]:
    """Some hundred words in Kazakh and Russian: of the demo's story, the lists, the villages."""
    texts = [resources.text("demo", "story.json")]
    for name in LISTS:
        texts += [
            choice.names[code] for choice in vocabulary.choices(name) for code in ("kk", "ru")
        ]
    for village in load_pack().villages.values():
        texts += village.names.values()
    return tuple(sorted({word for text in texts for word in re.findall(r"[^\W\d_a-zA-Z]+", text)}))


def _size(values: Values) -> int:
    return len(json.dumps(values, ensure_ascii=False).encode())
