"""One part of a file taken in, and the file made whole by its last one."""

from dataclasses import dataclass
from uuid import UUID

from sync.parts import COMPLETE, LARGEST, NO, OFFSET, PART, SPOILED, YES
from sync.server import blobs, doomed
from sync.server.problems import GARBLED, TOO_LARGE, Problem
from sync.server.service import Service


@dataclass(frozen=True)
class Progress:
    """How much of a file is here; what an answer's headers say."""

    offset: int
    complete: bool = False

    @property
    def headers(self) -> dict[str, str]:
        """As the draft names them."""
        return {OFFSET: str(self.offset), COMPLETE: YES if self.complete else NO}


def progress(service: Service, sha256: str) -> Progress:
    """How much of this file is here, whoever sent it."""
    blobs.require_sum(sha256)
    with service.store.reading() as session:
        if blobs.is_here(session, service.blobs, sha256):
            return Progress(service.blobs.size(sha256) or 0, complete=True)
    return Progress(service.parts.offset(sha256))


def receive(
    service: Service, device: UUID, sha256: str, offset: int, content: bytes, *, last: bool
) -> Progress:
    """Append a part; on the disk when this returns, and stored for good if it was the last.

    Raises Problem 409 where the part does not belong there, 422 where the whole is another file:
    both say from where to go on; 410 where it is of an erased record.
    """
    if not last and len(content) != PART:
        raise Problem(400, GARBLED)
    if offset + len(content) > LARGEST:
        raise Problem(413, TOO_LARGE)
    if not offset and not last:
        service.parts.make_room(device)
    with service.parts.held(sha256):
        doomed.require_living(service, sha256)
        if known := _stored(service, sha256):
            return known
        begun = service.parts.offset(sha256)
        if offset != begun:
            raise Problem(409, GARBLED, headers=Progress(begun).headers)
        service.parts.append(sha256, device, offset, content)
        return _finish(service, sha256) if last else Progress(offset + len(content))


def _stored(service: Service, sha256: str) -> Progress | None:
    """The file, if it is whole here; also if the power went after it was stored, before its row.

    Only a file of which there are no parts can be so: the store is not asked for each part.
    """
    with service.store.reading() as session:
        if blobs.is_here(session, service.blobs, sha256):
            return Progress(service.blobs.size(sha256) or 0, complete=True)
    if service.parts.offset(sha256):
        return None
    try:
        size = service.blobs.size(sha256)
    except blobs.StoreAway:  # then the parts wait here
        return None
    return None if size is None else _note(service, sha256, size)


def _finish(service: Service, sha256: str) -> Progress:
    whole = service.parts.whole(sha256)
    if whole is None:
        service.parts.drop(sha256)
        raise Problem(422, SPOILED, headers=Progress(0).headers)
    size = whole.stat().st_size
    service.blobs.keep(whole, sha256)
    done = _note(service, sha256, size)
    service.parts.drop(sha256)  # of a file that went to another store, the parts are still here
    return done


def _note(service: Service, sha256: str, size: int) -> Progress:
    with service.store.writing.begin() as session:
        blobs.note(session, sha256, size)
    return Progress(size, complete=True)
