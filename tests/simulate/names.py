"""Names that are kept by consent: given, withdrawn, left to wait, and struck when a month has gone by."""

from contextlib import suppress
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from desktop.actions.edits import Edit
from sync.client import outbox, scrub
from sync.client import striking as on_laptop
from sync.records.consented import ENDED, kept_by_consent
from sync.records.issue import Issue
from sync.rights import streams
from sync.server import striking
from sync.server.tables import Kept, LateEdit
from tests.simulate.laptop import Laptop, named, rows
from tests.simulate.memory import Died
from tests.simulate.server import DISTRICTS
from tests.simulate.world import World

VILLAGE = {DISTRICTS[0]: "615647100", DISTRICTS[1]: "615241100"}
MONTH = timedelta(days=31)
NAMES = kept_by_consent(Issue)
HEARS = 0.6  # how often a laptop exchanges
AT_ONCE: Any = SimpleNamespace(is_set=lambda: False, wait=lambda _: None)  # nobody is waited for


def give(world: World, laptop: Laptop) -> None:
    """Somebody consents, and their name is written down; perhaps for the second time."""
    issues = _issues(laptop)
    if issues and world.chance.random() < 0.8:
        _give(world, laptop, world.chance.choice(issues).id)
    else:
        new, person = uuid4(), world.server.people[laptop.person]
        village = VILLAGE[person.district if person.district in DISTRICTS else DISTRICTS[0]]
        if world.edit(laptop, Edit("issue", {"village": village}, new)):
            _give(world, laptop, new)
    if world.chance.random() < 0.3:  # a copy of the file is made each day
        laptop.copies.append(laptop.memory.copy())


def withdraw(world: World, laptop: Laptop) -> None:
    """A consent is withdrawn, where there is one; perhaps it is taken back at once."""
    row = _named(world, laptop)
    if row is None or not _withdraw(world, laptop, row):
        return
    if world.chance.random() < 0.15:
        _give(world, laptop, row.id)
        world.count("consent given anew")
    if world.chance.random() < HEARS:
        world.sync(laptop)


def month_goes_by(world: World, laptop: Laptop) -> None:
    """Some laptops look, a month goes by, the server strikes, and so do these laptops.

    No backup is older than that: they are kept for 35 days, answered edits for thirty.
    """
    some = [one for one in world.laptops if one is laptop or world.chance.random() < HEARS]
    for one in some:
        world.sync(one)
        strike_here(world, one)
    world.end_term(MONTH)
    world.backup = None
    world.count("a month went by")
    strike_there(world)
    for one in some:
        if world.sync(one):
            strike_here(world, one)


def leave_with_a_name(world: World, laptop: Laptop) -> None:
    """Somebody who has left the district had written a name; the consent is withdrawn there."""
    row = _named(world, laptop)
    if row is None or laptop.person == "eva":
        return
    world.edit(laptop, Edit("issue", {"applicant": _name(world, row.id)}, row.id))
    (elsewhere,) = {*DISTRICTS} - {world.server.people[laptop.person].district}
    world.server.move(laptop.person, district=elsewhere)
    world.count("left with a name")
    world.sync(laptop)
    others = [one for one in world.laptops if one.person in ("ama", "ben", "eva")]
    other = world.chance.choice(others)
    world.sync(other)
    if here := [one for one in _issues(other) if one.id == row.id and one.applicant]:
        _withdraw(world, other, here[0])
        world.sync(other)


def forget_a_withdrawal(world: World, laptop: Laptop) -> None:
    """The server's disk breaks after its history was struck, for its clock was ahead."""
    row = _named(world, laptop)
    if row is None or not world.sync(laptop):
        return
    world.backup = world.server.memory.copy(), dict(world.server.valid.now)
    if not _withdraw(world, laptop, row):
        return
    for one in world.laptops:
        if one is laptop or world.chance.random() < HEARS:
            world.sync(one)
    strike_there(world, ahead=MONTH)
    world.count("server restored after it struck")
    world.put_back(told=world.chance.random() < 0.5)
    world.sync(laptop)


EVERY = 10  # so many schedules, one is about names: they are dear, and meet in those more often
STEPS = {give: 5, withdraw: 5, month_goes_by: 1, leave_with_a_name: 1, forget_a_withdrawal: 1}


def end(world: World) -> None:
    """After peace: a month goes by for everybody. Nobody has anything to say, so nobody is asked."""
    if not _ended(world):
        return
    for _ in range(3):  # it is looked, what is found waits for a month, and is struck
        for laptop in world.laptops:
            strike_here(world, laptop)
        world.server.clock += MONTH
    strike_there(world)


def strike_there(world: World, ahead: timedelta = timedelta()) -> None:
    """The daily run of the server, by a clock that is perhaps `ahead`."""
    service = world.server.service
    before, world.server.clock = world.server.clock, world.server.clock + ahead
    try:
        for district in DISTRICTS:
            done = striking.strike(service, district, dry=False, stop=AT_ONCE)
            if done:
                world.injected["struck there"] = (
                    world.injected.get("struck there", 0) + done.total()
                )
    finally:
        world.server.clock = before


def strike_here(world: World, laptop: Laptop) -> None:
    """What an exchange does at its end, by the clock of its server; then its file is tidied."""
    with suppress(OperationalError, Died):
        if on_laptop.strike(laptop.memory.sessions, world.server.clock):
            world.count("struck here")
    laptop.memory.fail = lambda _: None
    with laptop.memory.sessions.begin() as session:
        if scrub.copies_go(session):
            laptop.copies.clear()
            laptop.journal = outbox.bodies(session)
            scrub.tidied(session)


def remains(world: World) -> list[str]:
    """Names whose consent has ended that can still be read in somebody's file, copies or journal.

    Somebody who left a district does not hear of it; see decisions 12 and 40.
    """
    gone = {id: district for id, district in _ended(world).items() if id in world.names}
    there = [("the server", "file", _without_anew(world), DISTRICTS)] if gone else []
    for laptop in world.laptops if gone else ():
        readable = streams(world.server.people[laptop.person], DISTRICTS)
        there.append((laptop.person, "file", laptop.memory.copy(), readable))
        there += [(laptop.person, "copy", one, readable) for one in laptop.copies]
        there.append((laptop.person, "journal", b"\n".join(laptop.journal), readable))
    return [
        f"{name!r} was struck and is still in the {what} of {whose}"
        for whose, what, content, districts in there
        for id, district in gone.items()
        for name in sorted(world.names[id])
        if district in districts and name.encode() in content
    ]


def _without_anew(world: World) -> bytes:
    """The server's file but for late edits that give a consent anew: whoever wrote one had seen the
    end, and it waits for somebody to take it (decision 40)."""
    content = world.server.memory.copy()
    with world.server.memory.sessions() as session:
        ended = {row.id: row.ended or 0 for row in session.execute(select(Kept.id, Kept.ended))}
        for late in session.scalars(select(LateEdit)):
            said = outbox.decode(late.body)
            if ENDED in said.fields and said.base >= ended.get(late.record, 0):
                content = content.replace(late.body, b"")
    return content


def _ended(world: World) -> dict[UUID, str]:
    with world.server.memory.sessions() as session:
        ended = select(Kept.id, Kept.district).where(Kept.ended.is_not(None))
        return {row.id: row.district for row in session.execute(ended)}


def _give(world: World, laptop: Laptop, issue: UUID) -> None:
    said = {"consent_way": "signed", "consent_on": "2026-11-05", ENDED: None}
    world.edit(laptop, Edit("issue", {**said, "applicant": _name(world, issue)}, issue))


def _withdraw(world: World, laptop: Laptop, row: Issue) -> bool:
    """As desktop.actions.consent does it."""
    said = {ENDED: world.chance.choice(("2026-11-20", "2026-11-21")), **dict.fromkeys(NAMES)}
    done = world.edit(laptop, Edit("issue", said, row.id, settles=True))
    if done:
        world.count("consent withdrawn")
        world.withdrawn.add(row.id)
        world.hidden += named(laptop)
    return done


def _name(world: World, record: UUID) -> str:
    world.written += 1
    name = f"Есім {world.written}."
    world.names.setdefault(record, set()).add(name)
    return name


def _issues(laptop: Laptop) -> list[Issue]:
    with laptop.memory.sessions() as session:
        found = [one for one in rows(session, ("issue",)) if isinstance(one, Issue)]
    return sorted(found, key=lambda row: str(row.id))


def _named(world: World, laptop: Laptop) -> Issue | None:
    """A record with a name that stands; one is given where there is none."""
    issues = [row for row in _issues(laptop) if row.applicant]
    if not issues:
        give(world, laptop)
        if world.chance.random() < HEARS:
            world.sync(laptop)
        issues = [row for row in _issues(laptop) if row.applicant]
    return world.chance.choice(issues) if issues else None
