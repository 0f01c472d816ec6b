"""Withdraw a consent: it ends today, and what was kept by it leaves the record."""

from datetime import datetime
from uuid import UUID

from desktop.actions.edits import BARE, Edit
from desktop.actions.records import Row, save_all, show
from desktop.session import Desk
from sync.change import Change
from sync.errors import Refused, UserError
from sync.language import mark, tr
from sync.records import KINDS
from sync.records.base import Record
from sync.records.consented import ENDED, has_consent, kept_by_consent


def withdrawable(record: type[Record], row: Row) -> bool:
    """Whether a consent stands in this record of that kind."""
    return bool(record.consent_field) and has_consent(record, row)


def withdraw(desk: Desk, id: UUID) -> list[Change]:
    """End the consent of a record. The record stays; names and phone go from it everywhere.

    Whatever others wrote there meanwhile goes, too. Raises UserError where no consent stands, and
    Refused where the person may not edit. What stays in history is said by `what_stays`.
    """
    row = show(desk, id)
    record = KINDS[row["kind"]]
    if record.consent_field and row["bare"]:  # whether one stands is not known here
        raise Refused(BARE)
    if not withdrawable(record, row):
        raise UserError(mark("No consent stands in this record, so there is none to withdraw."))
    today = datetime.now().astimezone().date().isoformat()
    gone = dict.fromkeys(sorted(kept_by_consent(record)))
    # it also settles: no other value may wait there
    return save_all(desk, [Edit(row["kind"], {ENDED: today, **gone}, id, settles=True)])


def what_stays() -> str:
    """What a withdrawal reaches after thirty days (decision 40), what it does not reach, and who does."""
    return tr(
        "The name and phone are no longer in the record. If this is not taken back within thirty days, "
        "they are struck after that from its history on the server, and from laptops and their copies "
        "as each of them syncs. Backups of the server keep them for some five weeks more; texts in "
        "which somebody wrote them keep them. A leader or a coordinator erases the whole record if the "
        "person asks for it."
    )
