"""The file opened by the region's key, where password and recovery sheet are both lost.

The laptop has its key sealed to the region's public key. Asked, it writes a request: that seal,
and a public key made for this once. Two custodians open the seal on a computer of their own
(desktop.custodians) and seal the key anew, to the laptop's. What is carried there and back opens
nothing by itself, and no network is needed.
"""

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from sqlalchemy.orm import Session, sessionmaker

from desktop.key_file import ASKED, REGION, Slot, read_key_file, write_key_file
from desktop.keys import (
    SAFE,
    Cost,
    Note,
    WrongPassword,
    check_new,
    give_password,
    open_slots,
    others,
    slots_of,
    wrap_slot,
)
from desktop.region_letters import Owner, Reply, Request, in_reply, in_slot, read_sealed
from sync.client import trust
from sync.client.facts import recall, remember
from sync.errors import UserError
from sync.language import mark
from sync.person import Person
from sync.sealing import Keys, PublicKeys, new_seed

SEALED_AS = "sealed_as"  # a fact: the Owner that the seal of this file names


def seal_to_region(path: Path, key: bytes, region: PublicKeys, owner: Owner) -> None:
    """Seal the file's key, and whose it is, to the region's; what was sealed to it before ends.

    Raises UserError.
    """
    file = read_key_file(path)
    # no password, hence nothing to stretch: in place of the salt stands whose key it is
    slot = Slot(
        kind=REGION,
        memory=8,
        passes=1,
        lanes=1,
        salt=region.sealing,
        nonce=b"",
        wrapped=region.seal(key + msgspec.json.encode(owner), in_slot(file.profile)),
    )
    write_key_file(path, file.profile, [*others(file, (REGION,)), slot])


def keep_sealed(path: Path, key: bytes, store: sessionmaker[Session]) -> None:
    """Seal the file's key to the region's that an exchange has brought, where that was not done, or
    where the person is called otherwise since.

    What the disk does not take now is done at the next opening.
    """
    with store() as session:
        trusted = trust.trusted(session)
        named = recall(session, SEALED_AS, Owner)
        person, device = recall(session, "person", Person), recall(session, "device", str)
    if trusted is None or person is None:
        return
    owner = Owner(person.name, person.id, person.district, device or "")
    with suppress(UserError):
        if named != owner or not _is_sealed(path, trusted):
            seal_to_region(path, key, trusted, owner)
            with store.begin() as session:
                remember(session, SEALED_AS, owner)


def ask_region(path: Path, new: str, *, cost: Cost = SAFE) -> Request:
    """A request to the custodians. Their answer opens the file by the password `new`.

    A request before this one ends. The password until now and the recovery code stay good until
    an answer is used. Raises UserError where the file was never sealed to a region's key.
    """
    check_new(new)
    file = read_key_file(path)
    sealed = slots_of(file, (REGION,))
    if not sealed:
        raise UserError(
            mark(
                "This laptop has not heard of the region's key yet, so the region cannot open its "
                "file. Nothing was changed. Only the password and the recovery sheet open it."
            )
        )
    once = Keys(new_seed())
    slot = wrap_slot(file.profile, once.seed, new, None, cost, ASKED)
    write_key_file(path, file.profile, [*others(file, (ASKED,)), slot])
    return Request(
        profile=file.profile,
        to=sealed[0].salt,
        sealed=sealed[0].wrapped,
        once=once.public,
        on=datetime.now(UTC).astimezone().date(),
    )


def use_reply(
    path: Path, reply: Reply, password: str, *, cost: Cost = SAFE, note: Note | None = None
) -> str:
    """Open the file by the custodians' answer → its new recovery code, in canonical form.

    `password` is the one that was chosen with the request; it opens the file from now on. The one
    before it and the recovery code open nothing any more. `note` is given the key before anything
    is changed. Raises WrongPassword, UserError.
    """
    file = read_key_file(path)
    if reply.profile != file.profile or not slots_of(file, (ASKED,)):
        raise _not_for_this()
    seed = open_slots(file, (ASKED,), password)
    if seed is None:
        raise WrongPassword(
            mark("This is not the password that was chosen with the request. Your work is safe.")
        )
    try:
        # custodians with an older program give back all that was sealed
        key, _ = read_sealed(Keys(seed).open(reply.sealed, in_reply(file.profile)))
    except ValueError as error:
        raise _not_for_this() from error
    if note:
        note(key)
    return give_password(path, file, key, password, cost=cost, spent=ASKED)


def _is_sealed(path: Path, region: PublicKeys) -> bool:
    slots = slots_of(read_key_file(path), (REGION,))
    return any(slot.salt == region.sealing for slot in slots)


def _not_for_this() -> UserError:
    return UserError(
        mark(
            "This answer belongs to another laptop or to an earlier request. Your work is safe, and "
            "nothing was changed. Ask for the answer to the newest request."
        )
    )
