"""Who looked at what is confidential, as the server tells it to leaders and coordinators.

GET /v1/audit?after=N&known=M → an AuditPage: rows beyond number N that this person may see, of the
last 90 days, and the hash that stands at number M, by which a laptop knows whether the chain still
goes through the row that it saw last. The laptop names the number and keeps the hash to itself.

No row tells of who handed in a report or an answer, nor a word of any record.
"""

from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from sync.language import mark
from sync.person import Person
from sync.policy import Action, reach

KEPT = timedelta(days=90)  # rows of so long are told, and stay on a laptop
NOT_YOURS = mark("Your role may not see who looked at what is confidential.")
ACTS, COMMANDS = "audit_act", "audit_command"  # the vocabularies


class Act(StrEnum):
    """What is written down."""

    TOOK_REPORTS = "took_reports"  # an officer's laptop took sealed letters: how many, which
    ADDED_READERS = "added_readers"  # a sealed letter is to be opened by further readers
    GAVE_BACK = "gave_back"  # an officer's laptop had a sealed letter that a restored server lost
    READ_ANSWERS = "read_answers"  # all answers of a wave
    READ_SIGNS = "read_signs"  # what laptops told of a wave's interviews: how many rows
    OPENED_CARD = "opened_card"  # who one of those rows is of, and why it was asked
    EXPORTED = "exported"  # records left a laptop as a file: which kind, how many, not their words
    LOOKED = "looked"  # for what is held about a person: how many records; no name, no phone
    ERASED = "erased"  # a record, for good
    TERM_ENDED = "term_ended"  # records past their term were erased: of which sort, how many
    STRUCK = "struck"  # names left the history of records whose consent ended: how many records
    TERMS_ENDED = "terms_ended"  # all districts were looked through for such
    ENROLLED = "enrolled"  # a laptop
    RECOVERED = "recovered"  # a laptop's file was opened without its password
    WIPED = "wiped"  # a laptop has deleted its work
    BACKED_UP = "backed_up"  # the whole database and its files: which backup, which went
    RESTORED = "restored"  # from which backup
    ADMINISTERED = (
        "administered"  # a command: an account, a code, a laptop, a life of the database
    )


class Seen(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One row, without ids of records and laptops."""

    number: int
    at: datetime  # by the server's clock
    who: str  # a login, or person.SERVER
    district: str  # or the region
    act: str  # an Act, perhaps of a newer server
    count: int = 0  # records, letters or answers; 0 where none are counted
    kind: str = ""  # of these records, where they are of one
    command: str = ""  # of an administrator
    about: str = ""  # whose account it is about, where that is another than `who`; of a card, why


class AuditPage(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Rows in the order of their numbers. With `more` there are others beyond the last one."""

    rows: list[Seen]
    number: int  # of the chain's last row, whosever it is
    hash: str  # of that row
    now: datetime  # by the server's clock
    known: str = ""  # the hash at the number that was asked about; "" where no row has it
    restored: datetime | None = None  # when a backup was put back last, as the chain says
    more: bool = False


def may_look(person: Person) -> bool:
    """Whether somebody is told of who looked, anywhere."""
    return bool(reach(person.role, Action.READ_AUDIT))
