"""The directory of officials: posts that are rated, who holds them, and who held them before.

The office is rated, not the person. What somebody thinks, whom they vote for or are loyal to has no
field here, and none anywhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from desktop.actions import records
from desktop.actions.edits import Edit
from desktop.session import Desk
from sync.change import Change, new_id
from sync.errors import UserError
from sync.folding import fold, kazakh_key
from sync.language import mark
from sync.records.base import Values, field_map
from sync.records.survey import Official
from sync.records.values import Wrong, missing
from sync.vocabulary import choices, label

BACKWARDS = mark("The end of a term cannot lie before its beginning.")
SAME_POST = ("post", "body", "territory")  # what a successor has of the one before


@dataclass(frozen=True)
class Entry:
    """One official in the list."""

    id: UUID
    post: str
    name: str
    body: str
    place: str  # in words
    since: date | None
    until: date | None

    def in_office(self, on: date) -> bool:
        """Whether the post is theirs on this day."""
        return (self.since or on) <= on and (self.until is None or on <= self.until)

    @property
    def found_by(self) -> str:
        """What a search looks at, folded."""
        return fold(
            " ".join((self.post, self.name, self.place, label("official_body", self.body)))
        )


def list_officials(desk: Desk, words: str = "") -> list[Entry]:
    """Those that have all these words: by body, by place and by post in Kazakh order; former ones last."""
    bodies = [choice.key for choice in choices("official_body")]
    found = [_entry(desk, row) for row in records.list_records(desk, "official")]
    wanted = fold(words).split()
    found = [one for one in found if all(word in one.found_by for word in wanted)]
    today = date.today()  # noqa: DTZ011  # the day of the place

    def order(one: Entry) -> tuple[Any, ...]:
        body = bodies.index(one.body) if one.body in bodies else len(bodies)
        former = one.until is not None and one.until < today
        return former, body, kazakh_key(one.place), kazakh_key(one.post)

    return sorted(found, key=order)


def save(desk: Desk, values: Values, official: UUID | None = None) -> list[Change]:
    """Write an official down, or change an entry. `values` as JSON; of an entry, those that change.

    Raises Wrong where a field is missing or the term ends before it begins, Refused where the person
    may not.
    """
    row = records.show(desk, official, "official") if official is not None else {}
    _check({**{name: row.get(name) for name in field_map(Official)}, **values})
    return records.save(desk, "official", values, official)


def replace(desk: Desk, official: UUID, values: Values, day: date) -> list[Change]:
    """Somebody else holds the post from `day` on: the entry of the one before ends on the day before.

    `values` are the new entry's. Both are saved, or neither; waves go on with whom they rate.
    """
    before = records.show(desk, official, "official")
    ended = {"until": (day - timedelta(days=1)).isoformat()}
    _check({**before, **ended})
    after = {**{name: before[name] for name in SAME_POST}, "since": day.isoformat(), **values}
    _check(after)
    edits = [Edit("official", ended, official), Edit("official", after, new_id())]
    return records.save_all(desk, edits)


def territories(desk: Desk) -> list[tuple[str, str]]:
    """(code, words) of the places an official may be responsible for: districts, then okrugs."""
    districts = [(code, one.words()) for code, one in desk.pack.districts.items()]
    okrugs = [(code, desk.pack.full_name(code)) for code in desk.pack.okrugs]
    by_words = [sorted(part, key=lambda pair: kazakh_key(pair[1])) for part in (districts, okrugs)]
    return [*by_words[0], *by_words[1]]


def _check(whole: Mapping[str, Any]) -> None:
    problems = missing(Official, dict(whole))
    since, until = (_day(whole.get(name)) for name in ("since", "until"))
    if since and until and until < since:
        problems["until"] = UserError(BACKWARDS)
    if problems:
        raise Wrong(problems)


def _day(value: object) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:  # said by the check of the fields
        return None


def _entry(desk: Desk, row: Mapping[str, Any]) -> Entry:
    return Entry(
        id=row["id"],
        post=row["post"] or "",
        name=row["name"] or "",
        body=row["body"] or "",
        place=desk.pack.full_name(row["territory"]) if row["territory"] else "",
        since=row["since"],
        until=row["until"],
    )
