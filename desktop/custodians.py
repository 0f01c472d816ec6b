"""What the custodians of the region's key do, at a computer without a network.

The private half is in memory while they do it, and on no disk ever.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.files import read_whole
from desktop.recovery_code import NoCode
from desktop.region_letters import Owner, Reply, Request, in_reply, in_slot, read_sealed
from desktop.shares import Share, combine, read_share, split
from sync import officers, region_key
from sync.errors import UserError
from sync.language import mark, tr
from sync.officers import Officer, Officers
from sync.person import REGION
from sync.places import find_district
from sync.region_key import RegionKey
from sync.sealing import Keys, new_seed

LONGEST_SHEET = 1024  # bytes of a file with one


@dataclass(frozen=True)
class Answer:
    """What goes back to the laptop, and whose laptop it is; None: an older program did not say.

    Nothing of it is secret: the reply is sealed to the laptop.
    """

    reply: Reply
    owner: Owner | None


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


def answer(request: Request, sheets: Sequence[Share]) -> Answer:
    """Seal the file's key for the laptop that asks. Raises UserError.

    Before the reply leaves their hands, the custodians make sure by voice that the owner, whom the
    answer names, asked for it: `request.check` is what they read.
    """
    own = Keys(combine(sheets))
    if own.public.sealing != request.to:
        raise UserError(
            mark("The request is for another of the region's keys than these sheets give.")
        )
    if not request.once.sound:
        raise UserError(mark("This file is no request of a laptop, or not whole."))
    try:
        key, owner = read_sealed(own.open(request.sealed, in_slot(request.profile)))
    except ValueError as error:
        raise UserError(mark("This file is no request of a laptop, or not whole.")) from error
    sealed = request.once.seal(key, in_reply(request.profile))
    return Answer(Reply(profile=request.profile, sealed=sealed), owner)


def open_sheet(path: Path) -> Share:
    """The sheet in a file of text that holds its letters alone. Raises UserError."""
    try:
        return read_share(read_whole(path, LONGEST_SHEET).decode())
    except (OSError, UnicodeDecodeError, NoCode) as error:
        raise UserError(
            mark("“{name}” is no custodian's sheet as text. Type the letters from the paper."),
            name=path.name,
        ) from error


def whose(owner: Owner | None) -> list[str]:
    """Whose laptop asks, in lines."""
    if owner is None:
        return [
            tr(
                "Whose laptop it is, is not in the request: its program was too old to say. Make "
                "sure of it in another way before the answer leaves your hands."
            )
        ]
    district = find_district(owner.district)
    where = district.words() if district else "" if owner.district == REGION else owner.district
    return [
        tr("The laptop is that of {name}.", name=f"{owner.name} ({owner.login})"),
        *([where] if where else []),
        tr("Name of the laptop: {device}", device=owner.device),
    ]


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
