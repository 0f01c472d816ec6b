"""An integrity officer no more: letters and key leave the laptop. Why so: decisions 0029, 0042.

What the server says of a role takes the letters, which it has; the key, which it has not, goes by
the list alone that the region's key signs.
"""

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


def let_go(desk: Desk) -> None:
    """After news from the server: let go of what this person may not open any more.

    The bytes go as those of what was erased: with the older copies, from the journals, and from the
    free space (desktop.tidying). Letters that still wait to be sent stay until they are.
    """
    role = is_officer(as_told(desk))
    with desk.store() as session:
        own, known = own_keys(session), officers.trusted(session)
        letters = session.scalar(select(TakenLetter.id).limit(1)) is not None
    key = bool(own) and _key_goes(known, own, role=role)
    if not key and (role or not letters):
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
