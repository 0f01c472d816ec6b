"""What may happen next: work, exchanges, and everything that goes wrong. All of it by the seed."""

from collections.abc import Callable
from datetime import timedelta
from random import Random
from uuid import uuid4

import msgspec
from sqlalchemy import delete
from sqlalchemy.orm import Session

from desktop.actions.edits import Edit
from sync.change import Rival
from sync.client import opened, outbox
from sync.client.check import CHECKED
from sync.client.facts import forget
from sync.client.tables import Cursor
from sync.erasure import REASONS
from sync.records.base import Record, Reviewed, Values
from sync.records.states import ReviewState
from sync.server.tables import Stream
from sync.vocabulary import choices
from tests.simulate import names, sticks
from tests.simulate.laptop import Laptop, rows
from tests.simulate.line import FAULTS
from tests.simulate.server import DISTRICTS
from tests.simulate.world import MOST_LAPTOPS, World

Step = Callable[[World, Laptop], None]

VILLAGE = {DISTRICTS[0]: "615647100", DISTRICTS[1]: "615241100"}
STATES = tuple(ReviewState)
YEARS = 20
CLOSED: dict[str, Values] = {  # what must be filled in before one is sent, and that it is closed
    "visit": {"visited_on": "2026-11-05", "topic": "survey"},
    "issue": {
        "essence": "Су жоқ.\n",
        "category": "housing",
        "received_on": "2026-11-05",
        "state": "closed",
    },
}
LONG = timedelta(days=91)
LEANINGS = (0, 1, 1, 4)  # what a schedule multiplies a step's weight by
ERASERS = ("ben", "eva")  # who mostly may
HEARS = 0.6  # how often a laptop exchanges before the server forgets
TYPES_ON = 0.4  # how often somebody types while an exchange runs
GOES_ON = 0.5  # how often somebody types on after an exchange that failed, or sends an erasure


def play(world: World, steps: int, *, about_names: bool = False) -> None:
    """So many steps of one schedule."""
    weights = _leaning(world.chance, WEIGHTS | (names.STEPS if about_names else {}))
    for name in world.chance.choices(tuple(weights), tuple(weights.values()), k=steps):
        laptop = world.chance.choice(world.laptops)
        name(world, laptop)


def _leaning(chance: Random, weights: dict[Step, int]) -> dict[Step, int]:
    """The weights of one schedule: some steps never, some much oftener.

    Two rare steps that matter together hardly meet where every schedule is alike; schedules
    that each leave some steps out find more (Groce et al., Swarm Testing, ISSTA 2012).
    """
    return {
        step: weight if step in ALWAYS else weight * chance.choice(LEANINGS)
        for step, weight in weights.items()
    }


def write(world: World, laptop: Laptop) -> None:
    """Somebody records or edits."""
    sometimes_broken(world, laptop)
    world.edit(laptop, _edit(world, laptop))


def write_a_lot(world: World, laptop: Laptop) -> None:
    """Several edits in one transaction."""
    world.edit(laptop, *(_edit(world, laptop) for _ in range(world.chance.randint(2, 5))))


def sometimes_broken(world: World, laptop: Laptop) -> None:
    """The laptop dies in the middle of a save, or its disk is full."""
    if world.chance.random() < 0.1:
        sort = world.chance.choice(("dies", "full"))
        world.count(f"laptop {sort} in a save")
        world.fail(laptop.memory, sort, world.chance.randrange(4))


def sync(world: World, laptop: Laptop) -> None:
    """An exchange without a fault; sometimes its person types on meanwhile."""
    if world.chance.random() < TYPES_ON:
        laptop.line.meanwhile = lambda: world.edit(laptop, _edit(world, laptop))
        laptop.line.then = world.chance.choice(("", "drop before"))
    world.sync(laptop)
    laptop.line.meanwhile, laptop.line.fault = None, ""


def sync_badly(world: World, laptop: Laptop) -> None:
    """An exchange over a bad line."""
    fault = world.chance.choice(FAULTS)
    world.count(fault)
    laptop.line.fault = fault
    world.sync(laptop)
    if world.chance.random() < GOES_ON:
        write(world, laptop)


def sync_and_break(world: World, laptop: Laptop) -> None:
    """An exchange in which one of the two dies or has no room."""
    sort, number = world.chance.choice(("dies", "full")), world.chance.randrange(14)
    whose = world.chance.choice(("laptop", "server"))
    world.count(f"{whose} {sort} in an exchange")
    memory = laptop.memory if whose == "laptop" else world.server.memory
    world.fail(memory, sort, number)
    world.sync(laptop)


def end_term(world: World, laptop: Laptop) -> None:
    """The tokens run out, and something goes wrong while one of them is renewed."""
    chance, line = world.chance, laptop.line
    world.end_term()
    sort = chance.choice(("line", "break", "password", ""))
    if sort == "line":
        line.fault, line.sound = chance.choice(FAULTS), chance.randrange(3)
        world.count(f"renewal: {line.fault}")
    elif sort == "break":
        sort, whose = chance.choice(("dies", "full")), chance.choice(("laptop", "server"))
        world.count(f"{whose} {sort} in a renewal")
        memory = laptop.memory if whose == "laptop" else world.server.memory
        world.fail(memory, sort, chance.randrange(10))
    elif sort == "password":  # it was asked for before, and is typed just now
        line.afterwards["/v1/renew"] = lambda: world.sign_in(laptop)
    world.sync(laptop)
    line.fault, line.sound = "", 0
    line.afterwards.clear()


def arrive_late(world: World, _: Laptop) -> None:
    """A copy of an old request reaches the server."""
    if world.late:
        _, late = world.late.pop(world.chance.randrange(len(world.late)))
        world.count("arrives late")
        late()


def move(world: World, _: Laptop) -> None:
    """Somebody's rights change: another district, another role."""
    who = world.chance.choice(("ama", "ben", "zoe"))
    world.count("rights change")
    world.server.move(
        who,
        district=world.chance.choice(DISTRICTS),
        role=world.chance.choice(("activist", "leader")),
    )


def back_up(world: World, _: Laptop) -> None:
    """The server's nightly backup."""
    world.backup = world.server.memory.copy(), dict(world.server.valid.now)


def restore(world: World, _: Laptop) -> None:
    """The server's disk broke; the backup is put back, perhaps while the server runs on."""
    if world.backup is None:
        back_up(world, _)
    else:
        told = world.chance.random() < 0.5
        world.count("server restored" if told else "server restored, nobody told")
        world.put_back(told=told)


def start(world: World, laptop: Laptop) -> None:
    """The server is stopped and started, perhaps while its answer is on its way to a laptop."""
    world.count("server started anew")
    if world.chance.random() < 0.5:
        world.server.start()
        return
    laptop.line.afterwards["/v1/sync"] = world.server.start
    sync(world, laptop)
    laptop.line.afterwards.clear()


def copy(world: World, laptop: Laptop) -> None:
    """A laptop's folder is copied, and both are used."""
    if len(world.laptops) < MOST_LAPTOPS:
        world.count("laptop copied")
        world.copy(laptop)
        if world.chance.random() < GOES_ON:  # both come with one token that has run out
            end_term(world, laptop)
            world.sync(world.laptops[-1])


def forget_an_erasure(world: World, laptop: Laptop) -> None:
    """The server's disk breaks after an erasure of which some laptops have heard."""
    back_up(world, laptop)
    erase(world, laptop)
    for one in world.laptops:
        if world.chance.random() < HEARS:
            world.sync(one)
    restore(world, laptop)


def erase(world: World, laptop: Laptop) -> None:
    """Somebody erases a record, perhaps one with edits elsewhere; perhaps they may not."""
    if world.chance.random() < 0.8:
        laptop = world.chance.choice([one for one in world.laptops if one.person in ERASERS])
    if rows := _visible(laptop):
        sometimes_broken(world, laptop)
        reason = world.chance.choice(choices(REASONS)).key
        world.erase(laptop, world.chance.choice(rows).id, reason)
        if world.chance.random() < GOES_ON:
            sync(world, laptop)


def set_clock(world: World, laptop: Laptop) -> None:
    """A laptop's clock jumps by years."""
    world.count("clock jumps")
    laptop.clock += timedelta(days=world.chance.randint(-365 * YEARS, 365 * YEARS))


def lose(world: World, laptop: Laptop) -> None:
    """A fault that nobody knows of: a record is gone from a laptop, or a page was stepped over."""
    pages = world.chance.random() < 0.5
    with laptop.memory.sessions.begin() as session:
        rows = [row for row in _visible(laptop) if row.revision and isinstance(row, Reviewed)]
        apart = outbox.unsent(session)
        rows = [row for row in rows if row.id not in apart]
        if not rows or pages:
            _step_over(world, session)
        else:
            row = world.chance.choice(rows)
            session.execute(delete(type(row)).where(type(row).id == row.id))
        forget(session, CHECKED)  # the next day
    world.count("page stepped over" if not rows or pages else "record lost")


def _step_over(world: World, session: Session) -> None:
    with world.server.memory.sessions() as there:
        newest = {row.district: row.revision for row in there.query(Stream)}
    for cursor in session.query(Cursor):
        cursor.revision = newest[cursor.stream]


def let_words_go(world: World, laptop: Laptop) -> None:
    """Months go by, and laptops let go of the words of what is done with; somebody opens some.

    No backup is older than those months. Or the server's clock was months ahead, just as one laptop
    looked: then there are older ones.
    """
    early, disaster = world.chance.random() < 0.4, world.chance.random() < 0.5
    if early and disaster:
        back_up(world, laptop)
    _close_some(world)
    some = [one for one in world.laptops if one is laptop or world.chance.random() < HEARS]
    for one in some * 2:  # the second time both ends are compared
        world.sync(one)
        world.let_words_go(one)
    if early:
        world.let_words_go(laptop, ahead=LONG)
        if disaster:
            restore(world, laptop)
            world.sync(laptop)
    else:
        world.end_term(LONG)
        world.backup = None
        for one in some * 2:
            if world.sync(one):
                world.let_words_go(one)
    for one in some:
        if world.chance.random() < GOES_ON:
            open_bare(world, one)


def _close_some(world: World) -> None:
    """Records are approved and closed, or removed, by somebody who may."""
    closer = world.chance.choice([one for one in world.laptops if one.person in ERASERS])
    world.sync(closer)
    for row in _visible(closer):
        if row.conflicts or world.chance.random() < 0.4:
            continue
        if world.chance.random() < 0.2:
            world.edit(closer, Edit(row.kind, {"removed": True}, row.id))
            continue
        for said in (CLOSED[row.kind], *({"review": state} for state in ("sent", "approved"))):
            world.edit(closer, Edit(row.kind, said, row.id))
    world.sync(closer)


def open_bare(world: World, laptop: Laptop) -> None:
    """Somebody opens a record whose words are on the server, and perhaps edits it then."""
    rows = [row for row in _visible(laptop) if row.bare and row.revision]
    if not rows:
        return
    row = world.chance.choice(rows)
    world.count("bare record opened")
    with laptop.memory.sessions.begin() as session:
        opened.want(session, row.id)
    (sync if world.chance.random() < 0.7 else sync_badly)(world, laptop)
    if world.chance.random() < 0.7:
        said = world.chance.random()
        if said < 0.3:
            comment = {"text": _sentence(world), "about": "outcome"}
            edit = Edit("comment", comment, uuid4(), row.id)
        elif said < 0.6:
            edit = Edit(row.kind, {"review": world.chance.choice(STATES).value}, row.id)
        else:
            edit = Edit(row.kind, _values(world, row), row.id)
        if world.edit(laptop, edit):
            world.count("bare record edited")
        sync(world, laptop)


WEIGHTS: dict[Step, int] = {
    write: 40,
    write_a_lot: 5,
    sync: 18,
    sync_badly: 18,
    sync_and_break: 8,
    end_term: 8,
    arrive_late: 3,
    move: 3,
    back_up: 3,
    restore: 3,
    start: 3,
    forget_an_erasure: 2,
    copy: 2,
    erase: 4,
    set_clock: 2,
    lose: 2,
    let_words_go: 3,  # dear: everybody exchanges four times
    open_bare: 2,
    sticks.write_letter: 14,
    sticks.deliver: 6,
    sticks.take_reply: 10,
}
ALWAYS = (write, sync)


# what is written


def _edit(world: World, laptop: Laptop) -> Edit:
    chance, rows = world.chance, _visible(laptop)
    whole = [row for row in rows if isinstance(row, Reviewed)]
    if not whole or chance.random() < 0.25:
        return Edit(chance.choice(("visit", "issue")), _new(world, laptop), uuid4())
    row = chance.choice(whole)
    sort = chance.random()
    if sort < 0.12:
        return Edit("comment", {"text": _sentence(world), "about": "outcome"}, uuid4(), row.id)
    if sort < 0.2 and row.kind == "issue":
        step: Values = {"done_on": "2026-11-05", "type": "note", "text": _sentence(world)}
        return Edit("step", step, uuid4(), row.id)
    if sort < 0.35:
        return Edit(row.kind, {"review": chance.choice(STATES).value}, row.id)
    if sort < 0.4:
        return Edit(row.kind, {"removed": not row.removed}, row.id)
    if row.conflicts and sort < 0.7:
        return _settle(chance, row)
    return Edit(row.kind, _values(world, row), row.id)


def _settle(chance: Random, row: Record) -> Edit:
    name = chance.choice(sorted(row.conflicts))
    rival = msgspec.convert(row.conflicts[name][0], Rival)
    stands = getattr(row, name)
    value = rival.value if chance.random() < 0.5 else stands
    return Edit(row.kind, {name: value}, row.id, settles=True)


def _new(world: World, laptop: Laptop) -> Values:
    person = world.desk(laptop).person
    district = person.district if person.district in DISTRICTS else DISTRICTS[0]
    return {"village": VILLAGE[district]}


def _values(world: World, row: Record) -> Values:
    text = "outcome" if row.kind == "visit" else "essence"
    if world.chance.random() < 0.5:
        return {text: _rewritten(world, getattr(row, text) or "")}
    name = world.chance.choice(("people", "households") if row.kind == "visit" else ("address",))
    value = world.chance.randrange(5)
    return {name: value if row.kind == "visit" else str(value)}


def _rewritten(world: World, text: str) -> str:
    """Another sentence somewhere; seldom one less."""
    parts = [part for part in text.split("\n") if part]
    if len(parts) > 1 and world.chance.random() < 0.15:
        del parts[world.chance.randrange(len(parts))]
    parts.insert(world.chance.randint(0, len(parts)), _sentence(world))
    return "\n".join(parts) + "\n"


def _sentence(world: World) -> str:
    world.written += 1
    return f"Сөйлем {world.written}."


def _visible(laptop: Laptop) -> list[Record]:
    with laptop.memory.sessions() as session:
        return sorted(rows(session, ("visit", "issue")), key=lambda row: str(row.id))
