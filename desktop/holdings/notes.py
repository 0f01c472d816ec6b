"""That somebody looked what is held about a person, or made the paper for them: for the audit."""

from desktop.holdings.findings import Findings
from desktop.session import Desk
from sync.change import now
from sync.client import exported
from sync.exports import HELD, OWN_DATA, Exported


def note(desk: Desk, found: Findings, id: str, format: str = "") -> None:
    """Keep it until the next exchange tells the server. `format`: of the paper; none for a look.

    No name and no number goes with it, nor a digest of either: those are soon guessed.
    """
    made = Exported(
        id=id,
        at=now().replace(microsecond=0),
        kind=HELD,
        format=format,
        rows=len(found.holdings),
        personal=True,
        purpose=OWN_DATA,
        state=found.whom.by,
        searched=True,
    )
    with desk.store.begin() as session:
        exported.note(session, made)
