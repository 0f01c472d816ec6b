"""How far an erasure of a person reaches: what goes, what must be done otherwise, what still lies."""

from collections import Counter
from collections.abc import Collection, Iterator
from uuid import UUID

from desktop.holdings.findings import Findings, Holding, Stale
from desktop.session import Desk
from sync.erasure import may_erase
from sync.language import mark, tr
from sync.records import KINDS

NOT_REACHED = {
    Stale.RIVAL: mark(
        "The name stands in the second value of a field. Open the record and choose the other value: "
        "then no laptop shows the name any more."
    ),
    Stale.REFUSED: mark(
        "The name stands in an edit that was refused. Let it go under “Sync”: then this laptop has it no more."
    ),
    Stale.EARLIER: mark(
        "The name stands in an earlier edit. It leaves this laptop a month after it was sent."
    ),
}


def going(found: Findings, chosen: Collection[UUID]) -> str:
    """What an erasure of the chosen records takes: kinds with their numbers, the most first."""
    kinds = Counter(kind for one in found.holdings if one.id in chosen for kind in one.goes)
    return " · ".join(f"{tr(KINDS[kind].label)}: {n}" for kind, n in kinds.most_common())


def advice(desk: Desk, holding: Holding) -> str:
    """What to do where an erasure does not reach, or whom to ask for it. Empty where it does."""
    return "\n".join(_advice(desk, holding))


def _advice(desk: Desk, holding: Holding) -> Iterator[str]:
    if holding.erasable:
        if not may_erase(desk.person, holding.district):
            yield _whom_to_ask(desk, holding)
        return
    if not holding.stale:
        yield tr("The record is about others: change its text. Its history keeps the old words.")
    for where in Stale:
        if where in holding.stale:
            yield tr(NOT_REACHED[where])
    if holding.stale and holding.ended:
        yield tr(
            "Consent was withdrawn: thirty days after that it is struck from the server's history and "
            "from laptops, but not from texts in which somebody wrote it."
        )
    elif holding.stale:
        yield tr(
            "The server's history keeps it until the whole record is erased, with all that it says "
            "of others."
        )


def _whom_to_ask(desk: Desk, holding: Holding) -> str:
    if holding.district == desk.person.district:
        return tr("You may not erase this. Ask the leader of your group or the coordinator.")
    return tr("You may not erase this. Ask the coordinator of the region.")


def still_lies() -> str:
    """Where what was erased lies on, and until when."""
    return "\n".join(
        (
            tr("It was erased here. It still lies:"),
            "– " + tr("on the server, until this laptop syncs"),
            "– " + tr("in the server's backups, for 35 days after that"),
            "– " + tr("on other laptops, until each of them syncs"),
            "– " + tr("on paper and in files that somebody printed or saved: collect them"),
            "– " + tr("in sealed reports and letters to officers: they were not touched"),
        )
    )
