"""The matrix of rights: every role × place × kind × action × state, and what is specified for it.

The specification is tests/golden/rights.txt, which a person can read; `sync.policy` is not asked.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
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
from sync.records.base import Field, Part, Record, Reviewed, fields
from sync.records.consented import Consented
from sync.records.states import ReviewState
from sync.rights import check
from sync.vocabulary import choices

SPECIFIED = Path(__file__).parent.parent / "golden" / "rights.txt"
GRANTED = ("activist", "leader", "coordinator")  # the columns
ROLES = (*GRANTED, "analyst", "integrity_officer", "administrator", "of a newer server")
BESIDE = "# ---"  # begins the second part of the file
PLACES = {"own": "615600000", "other": "615200000", "region": REGION}
STATES = tuple(ReviewState)
OPEN, CLOSED = ["draft", "sent", "returned"], ["approved", "rejected", "duplicate"]
WORDS = {"open": OPEN, "closed": CLOSED, "any": [*OPEN, *CLOSED], "-": [""]}

SAMPLES: dict[type, object] = {
    str: "Су",
    date: "2026-11-05",
    int: 4,
    bool: True,
    list: ["4"],
    dict: {"/data/size": "4"},
}


def sample(field: Field) -> object:
    """A value that fits a field, as JSON."""
    if field.choices:
        return choices(field.choices)[0].key
    if field.type is int:
        return max(4, field.smallest or 0)
    return "free::Ақкөл" if field.place else SAMPLES.get(field.type, "14:30:00")


def said(record: type[Record], wanted: Callable[[Field], bool]) -> dict[str, object]:
    """The fields of a kind that are wanted, each with a sample."""
    own = [one for one in fields(record) if not (one.given or one.name in CONSENT)]
    return {one.name: sample(one) for one in own if wanted(one)}


def first(values: dict[str, object]) -> dict[str, object]:
    """The first of them alone."""
    return dict([*values.items()][:1])


def plain(field: Field) -> bool:
    """Whether it is nobody's data and closes with the record."""
    return not (field.private or field.live)


CONSENT = set(Consented.__annotations__)
FILLED = {  # of each kind what a record that may be sent holds
    kind: said(record, lambda one: one.required) or first(said(record, plain))
    for kind, record in KINDS.items()
}
EDITED = {kind: first(said(record, plain)) for kind, record in KINDS.items()}
LIVE = {
    kind: live
    for kind, record in KINDS.items()
    if (live := first(said(record, lambda one: one.live)))
}
PRIVATE = {
    kind: private | ({"consent_way": "signed"} if record.consent_field else {})
    for kind, record in KINDS.items()
    if (private := first(said(record, lambda one: one.private)))
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
        states = [""] if record.regional or record.handed_out else [*map(str, STATES)]
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
    """The cells that are granted. Raises ValueError where a line says one twice, or of nothing.

    A line `name = kinds` gives a name to several.
    """
    known, granted, groups = set(rows()), set[Cell](), dict[str, str]()
    for line in lines(text or SPECIFIED.read_text(encoding="utf-8").partition(BESIDE)[0]):
        name, is_group, members = line.partition(" = ")
        if is_group:
            groups[name.strip()] = members
            continue
        words, actions, states, *columns = (part.strip() for part in line.split("|"))
        kinds = " ".join(groups.get(word, word) for word in words.split())
        named = [state for word in states.split() for state in WORDS.get(word, [word])]
        for kind, action, state in product(kinds.split(), actions.split(), named):
            if (kind, action, state) not in known:
                raise ValueError(f"there is no such row: {kind} {action} {state}")
            for role, places in zip(GRANTED, columns, strict=True):
                here = {
                    Cell(role, place, kind, action, state)
                    for place in places.split()
                    if place != "-"
                }
                if here & granted:
                    raise ValueError(f"said twice: {line}")
                granted |= here
    return frozenset(granted)


@cache
def unlike() -> frozenset[str]:
    """A kind of each sort: one whose rights are specified as those of no kind before it."""
    found: dict[frozenset[tuple[str, str, str, str]], str] = {}
    for kind in KINDS:
        of_kind = (cell for cell in specified() if cell.kind == kind)
        rights = frozenset((one.role, one.place, one.action, one.state) for one in of_kind)
        found.setdefault(rights, kind)
    return frozenset(found.values())


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
