"""What the custodians of the region's key do, at a computer without a network.

The private half is in memory while they do it, and on no disk ever.
"""

from collections.abc import Sequence

from desktop.region_recovery import Reply, Request, in_reply, in_slot
from desktop.shares import Share, combine, split
from sync import officers, region_key
from sync.errors import UserError
from sync.language import mark
from sync.officers import Officer, Officers
from sync.region_key import RegionKey
from sync.sealing import Keys, new_seed


def make(needed: int, custodians: int) -> tuple[list[RegionKey], list[Share]]:
    """A region's first key: the row to publish, and a share for each custodian."""
    own = Keys(new_seed())
    return region_key.first(own), split(own.seed, needed, custodians)


def renew(
    row: Sequence[RegionKey], sheets: Sequence[Share], needed: int, custodians: int
) -> tuple[list[RegionKey], list[Share]]:
    """A new key, signed by the one before, so that laptops take it. Raises UserError."""
    former, own = _assembled(row, sheets), Keys(new_seed())
    return region_key.follow(row, former, own), split(own.seed, needed, custodians)


def share_anew(
    row: Sequence[RegionKey], sheets: Sequence[Share], needed: int, custodians: int
) -> list[Share]:
    """Other shares of the same key, where a sheet was lost. Raises UserError.

    The old ones go on giving it among themselves: they are to be burnt. Where one may have fallen
    into other hands, `renew` is right.
    """
    return split(_assembled(row, sheets).seed, needed, custodians)


def answer(request: Request, sheets: Sequence[Share]) -> Reply:
    """Seal the file's key for the laptop that asks. Raises UserError.

    The custodians have made sure by voice that `request.check` is what its owner reads.
    """
    own = Keys(combine(sheets))
    if own.public.sealing != request.to:
        raise UserError(
            mark("The request is for another of the region's keys than these sheets give.")
        )
    if not request.once.sound:
        raise UserError(mark("This file is no request of a laptop, or not whole."))
    try:
        key = own.open(request.sealed, in_slot(request.profile))
    except ValueError as error:
        raise UserError(mark("This file is no request of a laptop, or not whole.")) from error
    return Reply(profile=request.profile, sealed=request.once.seal(key, in_reply(request.profile)))


def appoint(
    row: Sequence[RegionKey],
    sheets: Sequence[Share],
    before: Officers | None,
    added: Sequence[Officer],
    dropped: Sequence[str],
) -> Officers:
    """The next list of integrity officers, signed. With nobody added or dropped: the same, by the
    key that holds now. Raises UserError.

    The custodians have made sure by voice that each card's `check` is what its officer reads.
    """
    own = _assembled(row, sheets)
    if before is not None and not any(officers.vouched(before, one.keys) for one in row):
        raise UserError(mark("This list of integrity officers is not signed by the region's key."))
    return officers.appoint(before, added, dropped, own)


def _assembled(row: Sequence[RegionKey], sheets: Sequence[Share]) -> Keys:
    own = Keys(combine(sheets))
    if own.public != row[-1].keys:
        raise UserError(mark("These sheets are not of the region's key that holds now."))
    return own
