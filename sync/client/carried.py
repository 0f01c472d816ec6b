"""What waits as a letter on a stick, and the server's reply to it taken in.

A letter is only another way for a request: what is in it still waits, and an exchange over the
line may answer it first. Then the reply that comes back later tells nothing new, and is left
alone: taken as it is, it would undo what was learnt since.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, Protocol
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from sync import carry
from sync.carry import CarryFile, FileName, Head, Letter, Reply
from sync.change import SyncRequest
from sync.client import engine, identity, opened, outbox, photos, put_back, restored
from sync.client.engine import Exchange
from sync.client.facts import recall, remember
from sync.client.numbers import with_numbers
from sync.client.tables import Blob, Cursor, Pending
from sync.errors import UserError
from sync.language import mark, spoken
from sync.sealing import Keys, PublicKeys

WRITTEN, LAST = "letters", "letter"  # facts: ids of those that this file wrote; the newest
REMEMBERED = 100  # letters

UNKNOWN_HERE = mark(
    "This laptop can write letters only after it has met its server once. Your work is safe; sync "
    "over the network first."
)
OTHER_LAPTOP = mark(
    "“{name}” is a reply to another laptop. Nothing was changed. Take it in on the laptop that "
    "wrote the letter."
)
COPIED = mark(
    "The server knows that this laptop's folder was copied to another computer. Nothing was "
    "changed, and your work is safe. Sync over the network once, so that each gets its own name."
)


class Files(Protocol):
    """Where the bytes lie on this laptop."""

    def has(self, sha256: str) -> bool: ...
    def read(self, sha256: str) -> bytes: ...


@dataclass(frozen=True)
class Written:
    """What a letter holds, and what had no room in it."""

    letter: UUID
    changes: int
    files: int
    left: int = 0  # edits that wait for the next letter


@dataclass(frozen=True)
class Draft:
    """A letter that is not on the stick yet. `left`: edits that have no room in it."""

    head: Head
    letter: Letter
    keys: Keys
    server: PublicKeys
    left: int

    @property
    def newest(self) -> int:
        """The number of the last edit in it; 0 where there is none."""
        changes = self.letter.request.changes
        return changes[-1].number if changes else 0


@dataclass(frozen=True)
class Sent:
    """The newest letter of this laptop, as far as people are told of it."""

    letter: UUID
    at: datetime
    changes: int
    answered: bool = False


@dataclass
class Taken(Exchange):
    """What a reply did. A late one did nothing: all that it tells was known."""

    late: bool = False


def write_letter(
    store: sessionmaker[Session],
    files: Files,
    out: IO[bytes],
    most_files: int = carry.MOST_FILES,
) -> Written:
    """Write what waits as a letter to the server. It goes on waiting until it is answered.

    Raises UserError before the first contact with the server.
    """
    with store.begin() as session:
        draft = compose(session, files, most_files)
        note(session, draft.head.letter, draft.newest)
        photos.begin(session, [name.sha256 for name in draft.letter.files])
    written = close(draft, files, out)
    with store.begin() as session:
        remember(session, LAST, Sent(written.letter, datetime.now(UTC), written.changes))
    return written


def compose(session: Session, files: Files, most_files: int = carry.MOST_FILES) -> Draft:
    """Read what a letter needs, and change nothing. Raises as `write_letter`."""
    device, keys, server = _own(session)
    first = put_back.reads_first(session)  # then the letter only asks what is new
    request = SyncRequest(
        cursors={row.stream: row.revision for row in session.scalars(select(Cursor))},
        changes=[] if first else outbox.waiting(session, carry.MOST_CHANGES, carry.MOST_SAID),
        epoch=recall(session, "epoch", str) or "",
        answered=outbox.answered(session),
        rights=recall(session, "rights", str) or "",
        began=recall(session, engine.BEGAN, dict[str, int]) or {},
        wanted=opened.wanted(session),
        holds=restored.holds(session),
    )
    request = with_numbers(session, request)
    names = _files(session, files, most_files)
    head = Head(
        form="letter",
        letter=uuid4(),
        device=device,
        server=carry.known_by(server),
        parts=1 + sum(name.parts for name in names),
    )
    letter = Letter(request=request, language=spoken(), files=names)
    return Draft(head, letter, keys, server, outbox.count(session) - len(request.changes))


def note(session: Session, letter: UUID, newest: int) -> None:
    """A letter was written, with edits up to this number: they stay as they are from now on."""
    if newest > outbox.offered(session):
        outbox.offer(session, newest)
    written = recall(session, WRITTEN, list[UUID]) or []
    if letter not in written:
        remember(session, WRITTEN, [*written, letter][-REMEMBERED:])


def close(draft: Draft, files: Files, out: IO[bytes]) -> Written:
    """Sign and seal a letter, and write it."""
    carry.write_carry(out, draft.head, _parts(draft.letter, files), draft.keys, draft.server)
    request, names = draft.letter.request, draft.letter.files
    return Written(draft.head.letter, len(request.changes), len(names), draft.left)


def take_reply(store: sessionmaker[Session], file: IO[bytes], name: str) -> Taken:
    """Take in the server's reply to a letter of this laptop.

    Raises carry.Unusable, and UserError where the server asks for more than a file can do.
    """
    carried = CarryFile(file, name, "reply")
    with store() as session:
        device, keys, server = _own(session)
        ours = was_written_here(session, carried.head.letter)
    head = carried.head
    if head.device != device or not ours:
        raise carried.unusable(OTHER_LAPTOP)
    said = _open(carried, keys, server)
    done = Taken()
    with store.begin() as session:
        done.late = is_late(session, said)
        if not done.late:
            _take(session, said, done)
        done.waiting = outbox.count(session)
        last = recall(session, LAST, Sent)
        if last and last.letter == head.letter:
            remember(session, LAST, Sent(last.letter, last.at, last.changes, answered=True))
    return done


def last_letter(session: Session) -> Sent | None:
    """The newest letter that this laptop wrote."""
    found: Sent | None = recall(session, LAST, Sent)
    return found


def was_written_here(session: Session, letter: UUID) -> bool:
    """Whether this very file wrote a letter, and not a copy of it with the same name and keys.

    What a copy recorded is not in the reply to it: its own writes do not come back to a laptop.
    """
    return letter in (recall(session, WRITTEN, list[UUID]) or [])


def is_late(session: Session, said: Reply) -> bool:
    """Whether the laptop knows more by now than this reply tells.

    It is asked of each stream: how far the reply goes, how far was read, and what was answered.
    A reply of another life of the server counts only if it says that this life has begun, or if
    the letter was of ours: then the server has found that it lacks nothing of what was here.
    """
    life = recall(session, "epoch", str) or ""
    if said.reply.restored is not None or said.reply.cloned:
        return said.epoch != life
    if life not in ("", said.epoch, said.reply.epoch):
        return True
    if life not in ("", said.reply.epoch) and _knows_more(session, said.cursors):
        return True
    rights = recall(session, "rights", str) or ""
    if rights not in (said.rights, said.reply.scope.mark if said.reply.scope else said.rights):
        return True
    known = {row.stream: row.revision for row in session.scalars(select(Cursor))}
    if any(asked > known.get(stream, 0) for stream, asked in said.cursors.items()):
        return True  # it was read up to there, left the laptop, and is read anew
    reached = {**said.cursors, **said.reply.cursors}
    readable = recall(session, "streams", list[str]) or []
    answered = select(Pending.district, func.max(Pending.revision)).group_by(Pending.district)
    told = [(s, revision or 0) for s, revision in session.execute(answered) if s in readable]
    return any(revision > reached.get(stream, 0) for stream, revision in [*known.items(), *told])


def _knows_more(session: Session, cursors: Mapping[str, int]) -> bool:
    """Whether something came since the letter was written: of that the new life may know nothing."""
    here = restored.holds(session).items()
    return any(revision > cursors.get(stream, 0) for stream, revision in here)


def _take(session: Session, said: Reply, done: Taken) -> None:
    reply = said.reply
    if reply.cloned:
        raise UserError(COPIED)
    if reply.restored is not None:
        done.offered_again = restored.start_anew(session, reply.epoch, reply.restored)
        return
    answered = {*reply.accepted, *(one.change for one in reply.refused), *reply.unknown}
    asked = SyncRequest(cursors=said.cursors, changes=outbox.waiting_with(session, answered))
    engine.take(session, asked, reply)
    for sha256 in said.here:
        if (blob := session.get(Blob, sha256)) is not None:
            blob.there = True
    engine.count(done, reply)
    if not reply.more:
        restored.bear_witness(session)


def _open(carried: CarryFile, keys: Keys, server: PublicKeys) -> Reply:
    for index, part in carried.parts():
        try:
            content = carry.open_part(carried.raw, index, part, server, keys)
            return carry.unpacked(content, Reply)
        except ValueError as error:
            raise carried.unusable(carry.ALTERED) from error
    raise carried.unusable(carry.CUT)


def _own(session: Session) -> tuple[UUID, Keys, PublicKeys]:
    found = identity.own(session)
    if found is None:
        raise UserError(UNKNOWN_HERE)
    return found


def _files(session: Session, files: Files, most: int) -> list[FileName]:
    """Those that the server lacks: small pictures before originals, as far as there is room."""
    rows = session.execute(
        select(Blob.sha256, Blob.size)
        .where(~Blob.there, Blob.here)
        .order_by(Blob.size, Blob.sha256)
    )
    chosen: list[FileName] = []
    for sha256, size in rows:
        most -= size
        if most < 0:
            break
        if files.has(sha256):
            chosen.append(FileName(sha256, size))
    return chosen


def _parts(letter: Letter, files: Files) -> Iterator[bytes]:
    yield carry.packed(letter)
    for name in letter.files:
        try:
            content = files.read(name.sha256)
        except UserError:  # damaged on this laptop: the others go
            content = b""
        yield from carry.pieces(name, content)
