"""An integrity officer no more: letters and key leave the laptop. Why so: decisions 0029, 0042.

What the server says of a role takes the letters, which it has; the key, which it has not, goes by
the list alone that the region's key signs. A server that was put back from a backup may have lost
role and letters alike: its word takes them only STAY later.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from desktop.actions.officer import GIVEN, SEEDS, is_officer, own_keys
from desktop.profile import as_told
from desktop.session import Desk
from sync.client import officers, scrub
from sync.client.facts import forget, recall, remember
from sync.client.tables import TakenLetter
from sync.language import tr
from sync.officers import Officers, keeps_letters
from sync.sealing import Keys

GONE = "officer_ended"  # the fact: what went and was not said yet, LETTERS or KEY
LETTERS, KEY = "letters", "key"
OFFICER = (
    "officer_life"  # the fact: the life of the server that last called this person an officer
)
MISSED = "officer_missed"  # the fact: since when, by the server, a later life does not
STAY = timedelta(days=7)  # for the role to be given again after a restore, and the letters back


def let_go(desk: Desk, now: datetime | None) -> None:
    """After news from the server, at its `now`: let go of what this person may not open any more.

    The bytes go as those of what was erased: with the older copies, from the journals, and from the
    free space (desktop.tidying). Letters that still wait to be sent stay until they are.
    """
    role = is_officer(as_told(desk))
    with desk.store() as session:
        own, known = own_keys(session), officers.trusted(session)
        letters = session.scalar(select(TakenLetter.id).limit(1)) is not None
    key = bool(own) and _key_goes(known, own, role=role)
    if role:
        _note_role(desk)
    if not key and (role or not letters or _may_be_lost(desk, known, own, now)):
        return
    with desk.store.begin() as session:
        session.execute(delete(TakenLetter))
        if key:
            forget(session, SEEDS, GIVEN)
        remember(session, GONE, KEY if key else LETTERS)
        remember(session, scrub.UNTIDY, True)


def words(desk: Desk) -> str:
    """What went, to be said once; empty where nothing did since."""
    with desk.store() as session:
        gone = recall(session, GONE, str)
    if not gone:
        return ""
    with desk.store.begin() as session:
        forget(session, GONE)
    if gone == KEY:
        return tr(
            "Reports are not sealed to this laptop any more: its officer's key and all letters have "
            "left it. The other officers have them. Your other work is as it was."
        )
    return tr(
        "You are no integrity officer any more: the letters have left this laptop. The other "
        "officers have them. If that is a mistake, they come again with the role."
    )


def _note_role(desk: Desk) -> None:
    """The server that speaks now calls this person an officer: later it may take that back."""
    with desk.store() as session:
        here = recall(session, "epoch", str), None
        if (recall(session, OFFICER, str), recall(session, MISSED, datetime)) == here:
            return
    with desk.store.begin() as session:
        remember(session, OFFICER, here[0])
        forget(session, MISSED)


def _may_be_lost(
    desk: Desk, known: Officers | None, own: list[Keys], now: datetime | None
) -> bool:
    """Whether a restored server lost the role, not an administrator withdrew it: for a while.

    Only where the signed list still names this laptop's key. Its letters may be all that is left
    of reports that came after the backup; with the role they are given back (lost_letters).
    """
    named = {one.keys for one in (known.readers if known else ())}
    with desk.store() as session:
        before, life = recall(session, OFFICER, str), recall(session, "epoch", str)
        since = recall(session, MISSED, datetime)
    if before in (None, life) or not named & {keys.public for keys in own}:
        return False
    if since is None and now is not None:
        with desk.store.begin() as session:
            remember(session, MISSED, now)
    return since is None or now is None or abs(now - since) < STAY


def _key_goes(known: Officers | None, own: list[Keys], *, role: bool) -> bool:
    """By the signed list alone: a server that keeps a list from this laptop ends no key.

    A newest key that no list has named yet is on its way to the custodians, with or without role.
    """
    mine = {keys.public for keys in own}
    named = [one for one in (known.officers if known else ()) if one.keys in mine]
    if not named or any(not one.former for one in named):
        return False
    if not role:
        return True
    newest = own[0].public in [one.keys for one in named]
    return newest and not any(known and keeps_letters(known, one.keys) for one in named)
