"""Letters that travel as files: late, twice, by anybody's hand, damaged, with replies lost."""

from io import BytesIO
from typing import Any

from sqlalchemy.exc import OperationalError

from sync.carry import CarryFile, deliver_file
from sync.client import carried
from sync.client.facts import recall
from sync.client.tables import Cursor
from sync.errors import SignInAgain, UserError
from tests.simulate.laptop import Laptop, hidden, rows
from tests.simulate.line import FAULTS
from tests.simulate.memory import Died
from tests.simulate.world import World

NO_FILES: Any = None  # records carry no photos here


def write_letter(world: World, laptop: Laptop) -> None:
    """What waits is written on a stick, and perhaps delivered soon; the reply may come back soon."""
    file = BytesIO()
    world.speaks(laptop, letter=True)
    try:
        carried.write_letter(world.desk(laptop).store, NO_FILES, file)
    except UserError:  # it has not met the server yet
        return
    world.count("letter written")
    world.letters.append((laptop, file.getvalue()))
    if world.chance.random() < 0.6:
        deliver(world, world.chance.choice(world.laptops))
    if world.chance.random() < 0.4:
        take_reply(world, laptop)


def deliver(world: World, carrier: Laptop) -> None:
    """Somebody delivers a letter; it stays on the stick, and may be delivered again."""
    if not world.letters:
        return
    chance = world.chance
    writer, letter = world.letters[-1] if chance.random() < 0.5 else chance.choice(world.letters)
    sent = _damaged(world, letter) if chance.random() < 0.1 else letter
    if chance.random() < 0.2:
        carrier.line.fault = chance.choice(FAULTS)
        world.count(f"letter: {carrier.line.fault}")
    try:
        file = CarryFile(BytesIO(sent), "letter", "letter")
        told = deliver_file(file, world.desk(carrier).server.deliver)
    except SignInAgain:
        world.ask(carrier)
        return
    except UserError:
        world.count("letter not taken")
        return
    finally:
        carrier.line.fault = ""
    world.count("letter delivered again" if told.again else "letter delivered")
    if chance.random() < 0.8:
        world.replies.append((writer, told.reply))
    else:
        world.count("reply lost")


def take_reply(world: World, laptop: Laptop) -> None:
    """A reply comes back, perhaps after others, perhaps to another laptop."""
    if not world.replies:
        return
    chance = world.chance
    writer, reply = world.replies[-1] if chance.random() < 0.4 else chance.choice(world.replies)
    alike = [one for one in world.laptops if one.person == writer.person]  # a copy, perhaps
    taker = laptop if chance.random() < 0.1 else chance.choice([writer, *alike])
    if chance.random() < 0.1:
        world.fail(taker.memory, chance.choice(("dies", "full")), chance.randrange(14))
    taken = _damaged(world, reply) if chance.random() < 0.1 else reply
    before = _known(taker)
    try:
        done = carried.take_reply(world.desk(taker).store, BytesIO(taken), "reply")
        world.count("late reply" if done.late else "reply taken")
    except (UserError, OperationalError, Died):
        world.count("reply not taken")
    finally:
        taker.memory.fail = lambda _: None
        world.hidden += [*hidden(taker), *_gone_back(taker, before, _known(taker))]


def _known(laptop: Laptop) -> tuple[str, dict[str, int]]:
    """(the server's life, {record or stream: the revision that this laptop knows})."""
    with laptop.memory.sessions() as session:
        known = [(row.id, row.revision) for row in rows(session)]
        streams = session.query(Cursor.stream, Cursor.revision).all()
        life = recall(session, "epoch", str) or ""
    return life, {str(name): revision for name, revision in [*known, *streams]}


def _gone_back(
    laptop: Laptop, before: tuple[str, dict[str, int]], after: tuple[str, dict[str, int]]
) -> list[str]:
    """What a laptop knew and knows no longer, though the server's life goes on."""
    if before[0] != after[0]:
        return []
    return [
        f"{laptop.person}'s {name} went back from {revision} to {after[1][name]}"
        for name, revision in before[1].items()
        if after[1].get(name, revision) < revision
    ]


def _damaged(world: World, file: bytes) -> bytes:
    """Cut, or with one bit turned."""
    at = world.chance.randrange(len(file))
    if world.chance.random() < 0.5:
        return file[:at]
    return file[:at] + bytes([file[at] ^ 1 << world.chance.randrange(8)]) + file[at + 1 :]
