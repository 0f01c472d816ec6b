"""The matrix of rights: every role × place × kind × action × state, and what is specified for it.

The specification is tests/golden/rights.txt, which a person can read; `sync.policy` is not asked.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from uuid import UUID, uuid5

from sync.change import Change
from sync.erasure import ERASED, check_erasure
from sync.errors import Refused
from sync.merge import Standing
from sync.person import REGION, Person
from sync.records import KINDS
from sync.records.base import Part, Reviewed, fields
from sync.records.states import ReviewState
from sync.rights import check

SPECIFIED = Path(__file__).parent.parent / "golden" / "rights.txt"
GRANTED = ("activist", "leader", "coordinator")  # the columns
ROLES = (*GRANTED, "analyst", "integrity_officer", "administrator", "of a newer server")
BESIDE = "# ---"  # begins the second part of the file
PLACES = {"own": "615600000", "other": "615200000", "region": REGION}
STATES = tuple(ReviewState)
OPEN, CLOSED = ["draft", "sent", "returned"], ["approved", "rejected", "duplicate"]
WORDS = {"open": OPEN, "closed": CLOSED, "any": [*OPEN, *CLOSED], "-": [""]}

FILLED = {  # of each kind what a record that may be sent holds
    "meeting": {
        "title": "Су",
        "type": "field_meeting",
        "held_on": "2026-11-05",
        "village": "free::Ақкөл",
    },
    "question": {"text": "Қашан?"},
    "decision": {"text": "Жөндеу"},
    "issue": {
        "essence": "Су жоқ",
        "category": "drinking_water",
        "village": "free::Ақкөл",
        "received_on": "2026-11-05",
    },
    "step": {"text": "Хат"},
    "visit": {"visited_on": "2026-11-05", "village": "free::Ақкөл", "topic": "acquaintance"},
    "filled_form": {"form": "1", "filled_on": "2026-11-05", "village": "free::Ақкөл"},
    "form": {"name": "Н"},
    "official": {"post": "Әкім"},
    "census": {"title": "Халық"},
    "wave": {"title": "Т"},
    "competent_body": {"name": "Департамент"},
    "calendar_day": {"day": "2026-12-04", "sort": "day_off", "said": "№ 700"},
    "comment": {"text": "?"},
    "attachment": {"name": "a.jpg"},
}
EDITED = {
    "meeting": {"title": "Жол"},
    "question": {"text": "Неге?"},
    "decision": {"text": "Салу"},
    "issue": {"essence": "Жол жоқ"},
    "step": {"text": "Жауап"},
    "visit": {"people": 4},
    "filled_form": {"answers": {"/data/size": "4"}},
    "form": {"name": "М"},
    "official": {"post": "Хатшы"},
    "census": {"source": "Бюро"},
    "wave": {"title": "С"},
    "competent_body": {"phone": "+77252000000"},
    "calendar_day": {"sort": "working_day"},
    "comment": {"text": "!"},
    "attachment": {"caption": "Құдық"},
}
LIVE = {"issue": {"handed_to": "Әкімдік"}, "decision": {"state": "done"}}
PRIVATE = {
    "issue": {"applicant": "Гүлнар", "consent_way": "signed"},
    "filled_form": {"personal": {"/data/name": "Гүлнар"}, "consent_way": "signed"},
    "question": {"asked_by": "Гүлнар"},
}


@dataclass(frozen=True)
class Cell:
    """Whether a role may do this there. `state`: of the record or of the one it is part of."""

    role: str
    place: str
    kind: str
    action: str
    state: str

    def __str__(self) -> str:
        return " ".join((self.role, self.place, self.kind, self.action, self.state or "-"))


def rows() -> Iterator[tuple[str, str, str]]:
    """(kind, action, state) of everything that can be tried, by what the kinds are."""
    for kind, record in KINDS.items():
        states = [""] if record.regional else [*map(str, STATES)]
        reviewed = issubclass(record, Reviewed)
        actions = ["edit", "remove", "restore", "erase"]
        actions += [
            name for name, of in (("edit_live", LIVE), ("edit_private", PRIVATE)) if kind in of
        ]
        actions += [f"to_{state}" for state in STATES if reviewed]
        yield from ((kind, "record", state) for state in ([""] if reviewed else states))
        yield from product([kind], actions, states)


def cells() -> Iterator[Cell]:
    """The whole matrix."""
    for (kind, action, state), role, place in product(rows(), ROLES, PLACES):
        yield Cell(role, place, kind, action, state)


@cache
def specified(text: str = "") -> frozenset[Cell]:
    """The cells that are granted. Raises ValueError where a line says one twice, or of nothing."""
    known, granted = set(rows()), set[Cell]()
    for line in lines(text or SPECIFIED.read_text(encoding="utf-8").partition(BESIDE)[0]):
        kinds, actions, states, *columns = (part.strip() for part in line.split("|"))
        named = [state for word in states.split() for state in WORDS.get(word, [word])]
        for kind, action, state in product(kinds.split(), actions.split(), named):
            if (kind, action, state) not in known:
                raise ValueError(f"there is no such row: {kind} {action} {state}")
            for role, places in zip(GRANTED, columns, strict=True):
                said = {
                    Cell(role, place, kind, action, state)
                    for place in places.split()
                    if place != "-"
                }
                if said & granted:
                    raise ValueError(f"said twice: {line}")
                granted |= said
    return frozenset(granted)


def lines(text: str) -> Iterator[str]:
    """Those that say something."""
    return (line for line in text.splitlines() if line.strip() and not line.startswith("#"))


@cache
def specified_beside() -> frozenset[tuple[str, str, str]]:
    """(action, role, place) that are granted beside the matrix of records, and within it."""
    granted = set()
    for line in lines(SPECIFIED.read_text(encoding="utf-8").partition(BESIDE)[2]):
        action, *columns = (part.strip() for part in line.split("|"))
        for role, places in zip(ROLES[:6], columns, strict=True):
            granted |= {(action, role, place) for place in places.split() if place != "-"}
    return frozenset(granted)


@cache
def person(role: str) -> Person:
    """Somebody of this role. All have a district, so that each can be tried in the own one."""
    return Person("p", "P", role, PLACES["own"])


def allowed(cell: Cell) -> bool:
    """What the program says."""
    change, there, parent = tried(cell.kind, cell.action, cell.state, PLACES[cell.place])
    who = person(cell.role)
    try:
        if cell.action == "erase":
            check_erasure(who, change, there, proven=False)
        else:
            check(who, change, there, parent=parent, commented=lambda: True)
    except Refused:
        return False
    return True


@cache
def tried(
    kind: str, action: str, state: str, district: str
) -> tuple[Change, Standing | None, Standing | None]:
    """(the change, the record that it is about, the one that this is a part of) of such a cell."""
    record = KINDS[kind]
    parent = None
    if issubclass(record, Part):
        above = (record.parents or ("issue",))[0]
        parent = _standing(above, district, None, FILLED[above] | {"review": state})
    stands = FILLED[kind] | ({"review": state} if issubclass(record, Reviewed) else {})
    there = None if action == "record" else _standing(kind, district, parent, stands)
    said = {
        "record": FILLED[kind],
        "edit": EDITED[kind],
        "edit_live": LIVE.get(kind, {}),
        "edit_private": PRIVATE.get(kind, {}),
        "remove": {"removed": True},
        "restore": {"removed": False},
        "erase": {ERASED: "request"},
    }.get(action) or {"review": action.removeprefix("to_")}
    change = Change(
        kind=kind,
        record=there.record if there else _id(f"new {kind}"),
        district=district,
        parent=parent.record if parent else None,
        fields=said,
    )
    return change, there, parent


def _standing(
    kind: str, district: str, parent: Standing | None, said: dict[str, object]
) -> Standing:
    return Standing(
        kind=kind,
        record=_id(kind),
        district=district,
        parent=parent.record if parent else None,
        fields=said,
        touched={},
    )


def _id(name: str) -> UUID:
    return uuid5(UUID(int=0), name)


def other_than_specified() -> Iterator[Cell]:
    """The cells where the program differs from what is specified."""
    granted = specified()
    return (cell for cell in cells() if allowed(cell) != (cell in granted))


def of_kinds_that_live() -> tuple[set[str], set[str]]:
    """Kinds with fields that go on after approval, and with a person's data: LIVE and PRIVATE."""
    live = {kind for kind, record in KINDS.items() if any(one.live for one in fields(record))}
    private = {
        kind for kind, record in KINDS.items() if any(one.private for one in fields(record))
    }
    return live, private
