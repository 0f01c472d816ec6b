"""Letters that came as a file, by whoever's hand: opened, answered as any request, replied to."""

from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy.orm import Session

from sync import carry
from sync.carry import CarryFile, Delivered, Head, Letter, Piece, Reply
from sync.change import SyncReply, SyncRequest
from sync.errors import Refused, UserError
from sync.language import LANGUAGES, mark
from sync.parts import LARGEST, PART
from sync.policy import Action, reach
from sync.sealing import Keys, PublicKeys
from sync.server import blobs, exchange, uploads
from sync.server.accounts import Caller, person_of
from sync.server.introductions import keys_of, own_keys
from sync.server.problems import GARBLED, TOO_LARGE, Problem
from sync.server.service import Service
from sync.server.store import insert_new
from sync.server.tables import Account, CarriedLetter, Device

BROKEN = 500  # statuses from here on are the server's own fault, and perhaps over in a minute
MOST_PAGES = 40  # of news in one reply, of a megabyte of JSON each

UNKNOWN_WRITER = mark(
    "The server does not know the laptop that wrote this letter. Nothing was taken; what is in "
    "the letter is safe on that laptop. It must sync over the network once, then write it anew."
)
CLOSED_WRITER = mark(
    "The laptop that wrote this letter was closed for the server. Nothing was taken; what is in "
    "the letter is safe on that laptop. Its person needs a new code from the coordinator."
)
OTHER_SERVER = mark(
    "This letter is for another server. Nothing was taken; what is in it is safe on the laptop "
    "that wrote it."
)
DAMAGED = mark(
    "This letter was damaged or altered on the way. Nothing was taken; what is in it is safe on "
    "the laptop that wrote it: write it anew there."
)


@dataclass(frozen=True)
class _Writer:
    """The laptop that wrote a letter, and the keys of both ends."""

    caller: Caller
    keys: PublicKeys
    own: Keys


def deliver(service: Service, parcel: bytes) -> Delivered:
    """Take one part of a letter; a message is answered, and harmless twice.

    Raises Problem: then nothing was taken.
    """
    try:
        raw, head, index, part = carry.unwrap(parcel)
    except ValueError as error:
        raise Problem(422, GARBLED) from error
    writer = _writer(service, head)
    try:
        content = carry.open_part(raw, index, part, writer.keys, writer.own)
        said = carry.as_piece(content) if index else carry.unpacked(content, Letter)
    except ValueError as error:
        raise Problem(422, DAMAGED) from error
    if isinstance(said, Piece):
        _take_piece(service, writer.caller, said)
        return Delivered()
    return _answer(service, head, said, writer)


def deliver_path(service: Service, path: Path) -> dict[str, Any]:
    """Take in a letter that lies here as a file, and write the reply beside it.

    Raises UserError: not a letter, not for this server, cut, altered, or no room for the reply.
    """
    beside = carry.reply_path(path)
    try:
        with path.open("rb") as file:
            carried = CarryFile(file, path.name, "letter")
            told = carry.deliver_file(carried, partial(_hand, service))
        unfinished = beside.with_suffix(".tmp")
        unfinished.write_bytes(told.reply)
        unfinished.replace(beside)
    except OSError as error:
        raise UserError(
            mark("The file {name} cannot be read or written: {said}. Nothing else was changed."),
            name=error.filename or path.name,
            said=error.strerror,
        ) from error
    return {"letter": str(carried.head.letter), "again": told.again, "reply": str(beside)}


def _hand(service: Service, parcel: bytes) -> Delivered:
    """As a laptop hears it: what is wrong with one file of a letter must not stop the others."""
    try:
        return deliver(service, parcel)
    except Problem as problem:
        if problem.status >= BROKEN:
            raise
        raise Refused(problem.text, **problem.values) from problem


def _writer(service: Service, head: Head) -> _Writer:
    with service.store.reading() as session:
        own = own_keys(session)
        if head.server != carry.known_by(own.public):
            raise Problem(403, OTHER_SERVER)
        device = session.get(Device, head.device)
        keys = keys_of(device) if device else None
        if device is None or keys is None:
            raise Problem(403, UNKNOWN_WRITER)
        account = session.get_one(Account, device.account)
        if device.revoked or not account.active:
            raise Problem(403, CLOSED_WRITER)
        return _Writer(Caller(person_of(account), device.id), keys, own)


def _answer(service: Service, head: Head, letter: Letter, writer: _Writer) -> Delivered:
    if len(letter.request.changes) > carry.MOST_CHANGES or not _sound(letter):
        raise Problem(413, TOO_LARGE)
    person = writer.caller.person
    if letter.language in LANGUAGES:
        person = msgspec.structs.replace(person, language=letter.language)
    caller = Caller(person, writer.caller.device)
    with service.writing(caller.person) as session:
        again = session.get(CarriedLetter, head.letter) is not None
        reply = answer(session, letter.request, caller, service)
        if not (reply.cloned or reply.restored is not None):  # else nothing was taken
            note = {"id": head.letter, "device": head.device, "received": service.now()}
            insert_new(session, CarriedLetter, [note])
    sums = [name.sha256 for name in letter.files]
    with service.store.reading() as session:
        lacking = set(blobs.lacking(session, service.blobs, sums))
    said = Reply(
        reply=reply,
        epoch=letter.request.epoch,
        cursors=letter.request.cursors,
        rights=letter.request.rights,
        here=[one for one in sums if one not in lacking],
    )
    wanted = [at for at, sha256 in carry.placed(letter.files) if sha256 in lacking]
    return Delivered(_written(head, said, writer), again, wanted)


def answer(session: Session, request: SyncRequest, caller: Caller, service: Service) -> SyncReply:
    """As over the line, but with all pages of news in one reply."""
    reply = exchange.answer(session, request, caller, service.districts, service.now())
    for _ in range(MOST_PAGES):
        if not reply.more:
            break
        onward = SyncRequest(
            cursors={**request.cursors, **reply.cursors},
            changes=[],
            began=request.began or request.cursors,
            epoch=reply.epoch,
            rights=reply.scope.mark if reply.scope else request.rights,
            progress=request.progress,
        )
        page = exchange.answer(session, onward, caller, service.districts, service.now())
        reply = msgspec.structs.replace(
            reply,
            changes=[*reply.changes, *page.changes],
            cursors={**reply.cursors, **page.cursors},
            more=page.more,
            progress=page.progress,
        )
    return reply


def _written(head: Head, said: Reply, writer: _Writer) -> bytes:
    file = BytesIO()
    about = msgspec.structs.replace(head, form="reply", parts=1)
    carry.write_carry(file, about, [carry.packed(said)], writer.own, writer.keys)
    return file.getvalue()


def _sound(letter: Letter) -> bool:
    return all(blobs.SHA256.fullmatch(one.sha256) and 0 <= one.size <= LARGEST
               for one in letter.files)  # fmt: skip


def _take_piece(service: Service, caller: Caller, piece: Piece) -> None:
    """Some parts of a file, from where the file goes on; what is here already is passed over."""
    if not reach(caller.person.role, Action.ATTACH) or not 0 <= piece.size <= LARGEST:
        raise Problem(403, GARBLED)
    for at in range(0, len(piece.content), PART):
        offset, part = piece.offset + at, piece.content[at : at + PART]
        begun = uploads.progress(service, piece.sha256)
        if begun.complete or begun.offset < offset:  # before it something is missing
            return
        if begun.offset == offset:
            last = offset + len(part) >= piece.size
            uploads.receive(service, caller.device, piece.sha256, offset, part, last=last)
