"""What is held about one person: found, and erased where they are the ones it is about."""

from collections.abc import Collection
from uuid import UUID

from desktop.actions import erasure
from desktop.exports.marks import new_mark
from desktop.holdings import looking
from desktop.holdings.findings import Findings, Holding
from desktop.holdings.notes import note
from desktop.holdings.reading import Reading
from desktop.holdings.whom import whom
from desktop.people import names_of
from desktop.session import Desk
from sync.change import Change
from sync.client import opened
from sync.erasure import may_erase
from sync.errors import Refused
from sync.language import mark

MENTIONED = mark(
    "No record that was chosen is about this person: it names them among others. Change its text "
    "instead."
)
NOT_FOUND = mark("A record that was chosen does not name this person. Nothing was erased.")


def held_about(desk: Desk, typed: str, phone: str = "") -> Findings:
    """All that names this person, by name, phone or either. Raises UserError for too few letters.

    It may be about several people of one name: whoever asked says which records are theirs. That
    somebody looked is noted before anything is told, and so it is not told where it cannot be.
    """
    person = whom(typed, phone)
    names = names_of(desk)
    with desk.store() as session:
        edits, refused = looking.edits(session), looking.refused_edits(session)
        found = {row.id: row for row in looking.hits(session, person)}
        for change in (*edits, *refused):
            if change.record not in found and looking.says(change, person):
                found.update({row.id: row for row in looking.rows(session, [change.record])})
        wholes = {one.id: one for row in found.values() if (one := looking.whole(session, row))}
        reading = Reading(session, person, desk.pack, names, edits, refused)
        holdings = [reading.holding(one) for one in wholes.values()]
        loose = tuple(looking.loose(session, person, refused))
        bare = len(opened.bare_records(session))
    order = sorted(
        holdings, key=lambda one: (-one.agreeing, -one.named, not one.about, str(one.id))
    )
    found_now = Findings(person, tuple(order), loose, bare)
    note(desk, found_now, new_mark())
    return found_now


def erase_held(desk: Desk, found: Findings, chosen: Collection[UUID], reason: str) -> list[Change]:
    """Erase of the chosen records what is about the person, all or nothing. Mentions stay.

    A name alone erases nothing: another person may have it. Raises UserError, and Refused where
    the person at the desk may not erase one of them.
    """
    if set(chosen) - {holding.id for holding in found.holdings}:
        raise Refused(NOT_FOUND)
    ids = [id for holding in found.holdings if holding.id in chosen for id in holding.erasable]
    if not ids:
        raise Refused(MENTIONED)
    return erasure.erase_all(desk, ids, reason)


def erasable(desk: Desk, holding: Holding) -> bool:
    """Whether the person at the desk may erase what of this record is about the person."""
    return bool(holding.erasable) and may_erase(desk.person, holding.district)
