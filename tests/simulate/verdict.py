"""What is wrong after a schedule; nothing, one hopes. Asked when everyone has synced in peace."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from desktop.actions.standing import standing
from sync.change import FOLLOWS, UNSURE
from sync.client import outbox
from sync.client.quiet import emptied
from sync.client.tables import Attention, Erased
from sync.erasure import ERASED
from sync.records import KINDS
from sync.records.base import Part, Record, Reviewed, field_map
from sync.records.issue import Issue
from sync.rights import streams
from sync.server.tables import Entry, Kept, Serial
from tests.simulate.laptop import Laptop, rows
from tests.simulate.names import NAMES
from tests.simulate.server import DISTRICTS
from tests.simulate.world import Made, World

Seen = dict[str, Any]
BARE = "bare"
SENTENCE = re.compile(r"(?:Сөйлем|Есім) \d+\.")  # each is written once in the world


def state(world: World) -> list[Any]:
    """All that the server has, in an order that is the same for the same schedule."""
    with world.server.memory.sessions() as session:
        return sorted((str(row.id), row.revision, repr(row.fields)) for row in session.query(Kept))


def divergences(world: World) -> list[str]:
    """Laptops that do not show what the server has, or show what they may not."""
    with world.server.memory.sessions() as session:
        kept = {row.id: _kept(row) for row in session.query(Kept)}
    found: list[str] = []
    for laptop in world.laptops:
        person = world.server.people[laptop.person]
        readable = streams(person, DISTRICTS)
        wanted = {id: seen for id, seen in kept.items() if seen["district"] in readable}
        here = _here(laptop)
        with laptop.memory.sessions() as session:
            held = {row.record for row in session.query(Attention)}
            if waiting := outbox.count(session):
                found.append(f"{laptop.person}: {waiting} edits still wait")
        untaken = {id for id, seen in here.items() if not seen["revision"]} & held
        for id in (wanted.keys() | here.keys()) - untaken:
            one, other = here.get(id, {}), wanted.get(id, {})
            if one.get(BARE):
                if not one["revision"] and not other:
                    continue  # a server of before it, and nobody who has its words
                words = emptied(KINDS[one["kind"]]) - {"conflicts"} | {BARE}
                if any(one.get(name) is not None for name in words - {BARE}):
                    found.append(f"{laptop.person}: {id} is bare and holds words")
                one = {name: value for name, value in one.items() if name not in words}
                other = {name: value for name, value in other.items() if name not in words}
            if one != other:
                names = [n for n in one.keys() | other.keys() if one.get(n) != other.get(n)]
                found.append(
                    f"{laptop.person}: {id} differs in {sorted(names)}"
                    if one and other
                    else f"{laptop.person}: {id} is {'not ' if not one else ''}here"
                )
    return found


def still_bare(world: World) -> list[str]:
    """Records that were opened and lack their words all the same."""
    return [
        f"{laptop.person}: {id} was opened and is bare"
        for laptop in world.laptops
        for id, seen in _here(laptop).items()
        if seen.get(BARE) and seen["revision"]
    ]


def losses(world: World) -> list[str]:
    """Acknowledged edits that are nowhere, and values that nobody chose to drop."""
    with world.server.memory.sessions() as session:
        entries = session.query(Entry).order_by(Entry.district, Entry.revision).all()
        kept = {row.id: row for row in session.query(Kept)}
    known = {entry.change for entry in entries}
    held: set[UUID] = set()
    for laptop in world.laptops:
        with laptop.memory.sessions() as session:
            held |= {row.change for row in session.query(Attention)}
    let_go = world.given_up | (world.let_go & world.forgotten)  # decision 12
    gone = [f"edit {id} of {made.by} is nowhere" for id, made in world.made.items()
            if id not in known | held | let_go and not _only_names(world, made)
            and not {made.record, made.parent} & _stones(kept)]  # fmt: skip
    refused = {entry.change for entry in entries if entry.revision is None}
    dropped = [
        f"refused edit {id} is not held"
        for id in (refused & world.made.keys()) - held - world.given_up
        if not _only_names(world, world.made[id])
    ]
    return [*gone, *dropped, *_lost_values(entries, kept, world.withdrawn)]


def _only_names(world: World, made: Made) -> bool:
    """Whether nothing is left of an edit where the names in it go, for their consent was withdrawn."""
    return made.record in world.withdrawn and made.fields.keys() <= NAMES


def remains(world: World) -> list[str]:
    """What was written into records that are erased, and can still be read in somebody's file.

    Somebody who left a district does not hear what is erased there; see decision 12.
    """
    with world.server.memory.sessions() as session:
        stones = {row.id: row.district for row in session.query(Kept) if row.fields.get(ERASED)}
    written: dict[str, set[str]] = {}
    for made in world.made.values():
        for district in {stones.get(made.record), stones.get(made.parent or made.record)} - {None}:
            words = (SENTENCE.findall(str(value)) for value in made.fields.values())
            written.setdefault(str(district), set()).update(*words)
    files = [("the server", world.server.memory, DISTRICTS)]
    for laptop in world.laptops:
        readable = streams(world.server.people[laptop.person], DISTRICTS)
        files.append((laptop.person, laptop.memory, readable))
    return [
        f"{sentence!r} was erased and is still in the file of {whose}"
        for whose, memory, districts in files
        for sentence in sorted({one for name in districts for one in written.get(name, ())})
        if sentence.encode() in memory.copy()
    ]


def _stones(kept: dict[UUID, Kept]) -> set[UUID]:
    return {id for id, row in kept.items() if row.fields.get(ERASED)}


def doubles(world: World) -> list[str]:
    """Changes taken twice, and numbers given twice, or left out."""
    with world.server.memory.sessions() as session:
        taken = [entry.change for entry in session.query(Entry)]
        issues = session.query(Kept).where(Kept.kind == Issue.kind).all()
        last = Counter({one.district: 0 for one in issues})
        for row in session.query(Serial):
            last[row.district] += row.last
    here = {row.id: row.fields.get("number") for row in issues if not row.fields.get(ERASED)}
    numbers = [*({**world.register.told, **here}).values()]
    return [
        *(f"change {one} twice" for one in {one for one in taken if taken.count(one) > 1}),
        *(f"number {one} twice" for one in {one for one in numbers if numbers.count(one) > 1}),
        *(f"{id} has no number" for id, number in here.items() if not number),
        *(_gaps(issues, last) if not world.restored else ()),
    ]


def _gaps(issues: list[Kept], last: Counter[str]) -> list[str]:
    """Numbers that nothing has; of what is erased nobody can tell whether it had one."""
    found = []
    for district, count in last.items():
        of_district = [row for row in issues if row.district == district]
        stones = sum(bool(row.fields.get(ERASED)) for row in of_district)
        if not len(of_district) - stones <= count <= len(of_district):
            found.append(f"{count} numbers for {len(of_district)} issues, {stones} of them erased")
    return found


def _lost_values(
    entries: list[Entry], kept: dict[UUID, Kept], withdrawn: set[UUID]
) -> Iterator[str]:
    """Each value stands, waits as a rival, or somebody who had seen it wrote another one. A name may
    have gone with its consent.

    Who says what was said before has said nothing new.
    """
    said: dict[tuple[UUID, str], list[Entry]] = {}
    for entry in entries:
        if entry.revision is not None:
            for name in entry.fields:
                said.setdefault((entry.record, name), []).append(entry)
    for (record, name), told in said.items():
        row = kept[record]
        if row.fields.get(ERASED) or (name in NAMES and record in withdrawn):
            continue
        rivals = [one["value"] for one in row.fields["conflicts"].get(name, [])]
        there = [row.fields.get(name), *rivals]
        for place, entry in enumerate(told):
            overruled = any(
                later.by == entry.by
                or later.base >= (entry.revision or 0)
                or later.base == UNSURE  # seen before the restore, perhaps
                for later in told[place + 1 :]
            )
            new = all(earlier.fields[name] != entry.fields[name] for earlier in told[:place])
            if new and not overruled and not _holds(there, entry.fields[name]):
                yield f"{entry.by}'s {name}={entry.fields[name]!r} is nowhere"
    yield from _vanished(entries, kept)


def _holds(there: list[Any], value: Any) -> bool:
    """The value itself, or a text in which all its sentences are."""
    if value in there:
        return True
    parts = [part for part in value.split("\n") if part] if isinstance(value, str) else []
    texts = [one for one in there if isinstance(one, str)]
    return bool(parts) and all(any(part in text for text in texts) for part in parts)


def _vanished(entries: list[Entry], kept: dict[UUID, Kept]) -> Iterator[str]:
    """Edits of a record that was removed before their author knew must be put before people."""
    for row in kept.values():
        if row.id in _stones(kept):
            continue
        about = [one for one in entries if one.record == row.id and one.revision is not None]
        removed_at = _removed_at(about)
        if not row.fields.get("removed") or not removed_at:
            continue
        unseen = [
            one
            for place, one in enumerate(about)
            if (one.revision or 0) > removed_at > one.base
            and not _repeats(about[:place], one)
            and "removed" not in one.fields
            and one.base != FOLLOWS
            and not any("removed" in later.fields and _knew(later, one) for later in about)
        ]
        if unseen and not row.fields["conflicts"].get("removed"):
            yield f"{unseen[0].by}'s edit of the removed {row.id} is before nobody"


def _repeats(before: list[Entry], one: Entry) -> bool:
    """Whether it only says what was said: of a restored server, by whoever saw the record there."""
    last: Seen = {}
    for entry in before:
        last |= entry.fields
    return all(name in last and last[name] == value for name, value in one.fields.items())


def _removed_at(about: list[Entry]) -> int:
    """The revision at which the record was removed; 0 where it was not, or was brought back."""
    at = 0
    for entry in about:
        if "removed" in entry.fields:
            at = (at or entry.revision or 0) if entry.fields["removed"] else 0
    return at


def _here(laptop: Laptop) -> dict[UUID, Seen]:
    with laptop.memory.sessions() as session:
        here = {row.id: _seen(row) for row in rows(session)}
        return here | {row.record: _stone(row) for row in session.query(Erased)}


def _seen(row: Record) -> Seen:
    stands = standing(row)
    return {
        "kind": stands.kind,
        "district": stands.district,
        "parent": stands.parent,
        "revision": stands.revision,
        "removed": row.removed,
        "author": row.author,
        "conflicts": row.conflicts or {},
        "review": row.review if isinstance(row, Reviewed) else None,
        BARE: row.bare,
        **{name: stands.fields.get(name) for name in field_map(type(row))},
    }


def _stone(row: Erased | Kept) -> Seen:
    """A record that was erased, on either end."""
    said = row.fields[ERASED] if isinstance(row, Kept) else {"reason": row.reason, "by": row.by,
                                                            "seal": row.seal}  # fmt: skip
    return {
        "kind": row.kind,
        "district": row.district,
        "parent": row.parent,
        "revision": row.revision,
        ERASED: (said["reason"], said["by"], said["seal"]),
    }


def _kept(row: Kept) -> Seen:
    if row.fields.get(ERASED):
        return _stone(row)
    record = KINDS[row.kind]
    names = ("removed", "author", "conflicts", *field_map(record))
    return {
        "kind": row.kind,
        "district": row.district,
        "parent": row.parent if issubclass(record, Part) else None,
        "revision": row.revision,
        "review": row.fields.get("review"),
        BARE: False,
        **{name: row.fields.get(name) for name in names},
    }


def _knew(later: Entry, one: Entry) -> bool:
    """Whether who wrote the later edit had seen the other one: read it, or wrote it there before."""
    before = one.revision or 0
    return later.base >= before or (later.device == one.device and (later.revision or 0) > before)
