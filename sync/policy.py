"""Who may do what, and where: the one table of rights. What it does not grant is forbidden.

`sync.rights` says which actions a change asks for; the server's routes and the screens ask here.
Why the cells are as they are: docs/decisions/0023-rights.md.
"""

from enum import Enum, StrEnum

from sync.person import REGION, Person


class Place(Enum):
    """Where a stream lies, seen from a person."""

    OWN = "the person's district"
    OTHER = "another district"
    REGION = "what the whole region shares"


class Action(StrEnum):
    """What somebody may want to do."""

    READ = "read"  # records: what a laptop is sent
    READ_PRIVATE = "read_private"  # the fields of a record that are a person's data; also to set
    READ_FILE = "read_file"  # photos and files, and their small pictures
    RECORD = "record"  # make a record or a part of one
    EDIT = "edit"
    EDIT_DECIDED = "edit_decided"  # also what is closed: approved, rejected, a duplicate
    REMOVE = "remove"  # and bring back
    SHARE = "share"  # give phrases and views to all who work there, change them, take them back
    COMMENT = "comment"
    ATTACH = "attach"  # name a file; and send its bytes, which lie in no district
    SEND = "send"  # to review, and take back
    DECIDE = "decide"  # approve, return, reject, call a duplicate; and undo that
    DECIDE_LATE = "decide_late"  # about edits that came after their person had left
    ERASE = "erase"  # a person's data, for good
    ANSWER = "answer"  # hand in anonymous answers of a survey
    RATE = "rate"  # read them, to reckon ratings
    CHECK = "check"  # see what laptops tell of interviews, by pseudonym
    OPEN_CARDS = "open_cards"  # who a pseudonym is, with a reason that others read
    REPORT = "report"  # hand in sealed letters, and look into a box whose address one knows
    READ_REPORTS = "read_reports"  # take all of them, for those who can open them
    READ_AUDIT = "read_audit"  # who looked at what is confidential, or did what cannot be undone


ROLES = ("activist", "leader", "coordinator", "analyst", "integrity_officer", "administrator")

# fmt: off
___ = frozenset[Place]()
OWN = frozenset({Place.OWN})
ANY = frozenset({Place.OWN, Place.OTHER})  # district
REG = frozenset({Place.REGION})
TABLE: tuple[tuple[Action, tuple[frozenset[Place], ...]], ...] = (
    #                      activist   leader     coordinator  analyst  officer  administrator
    (Action.READ,         (OWN | REG, OWN | REG, ANY | REG,   REG,     REG,     ___)),
    (Action.READ_PRIVATE, (OWN,       OWN,       ANY | REG,   ___,     ___,     ___)),
    (Action.READ_FILE,    (OWN,       OWN,       ANY,         ___,     ___,     ___)),
    (Action.RECORD,       (OWN,       OWN,       ANY | REG,   ___,     ___,     ___)),
    (Action.EDIT,         (OWN,       OWN,       ANY | REG,   ___,     ___,     ___)),
    (Action.EDIT_DECIDED, (___,       OWN,       ANY,         ___,     ___,     ___)),
    (Action.REMOVE,       (OWN,       OWN,       ANY | REG,   ___,     ___,     ___)),
    (Action.SHARE,        (___,       OWN,       ANY | REG,   ___,     ___,     ___)),
    (Action.COMMENT,      (OWN,       OWN,       ANY,         ___,     ___,     ___)),
    (Action.ATTACH,       (OWN,       OWN,       ANY,         ___,     ___,     ___)),
    (Action.SEND,         (OWN,       OWN,       ANY,         ___,     ___,     ___)),
    (Action.DECIDE,       (___,       OWN,       ANY,         ___,     ___,     ___)),
    (Action.DECIDE_LATE,  (___,       OWN,       ANY,         ___,     ___,     ___)),
    (Action.ERASE,        (___,       OWN,       ANY | REG,   ___,     ___,     ___)),
    (Action.ANSWER,       (OWN,       OWN,       ANY,         ___,     ___,     ___)),
    (Action.RATE,         (___,       OWN,       ANY,         ANY,     ___,     ___)),
    (Action.CHECK,        (___,       ___,       ANY,         ___,     ___,     ___)),
    (Action.OPEN_CARDS,   (___,       ___,       ___,         ___,     ANY,     ___)),
    (Action.REPORT,       (REG,       REG,       REG,         ___,     REG,     ___)),
    (Action.READ_REPORTS, (___,       ___,       ___,         ___,     REG,     ___)),
    (Action.READ_AUDIT,   (___,       OWN,       ANY | REG,   ___,     ___,     ___)),
)
# fmt: on

# the same to look up: a frozenset of (action, role, place)
GRANTED = frozenset(
    (action, role, place)
    for action, row in TABLE
    for role, places in zip(ROLES, row, strict=True)
    for place in places
)


def place_of(person: Person, district: str) -> Place:
    """Where a stream lies for this person."""
    if district == REGION:
        return Place.REGION
    return Place.OWN if person.district == district else Place.OTHER


def may(person: Person, action: Action, district: str) -> bool:
    """Whether this person may do this in a district, or in what the region shares."""
    return (action, person.role, place_of(person, district)) in GRANTED


def reach(role: str, action: Action) -> frozenset[Place]:
    """All places where people of this role may do this; empty for a role that is not known."""
    return frozenset(place for place in Place if (action, role, place) in GRANTED)


def roles_that(*actions: Action) -> frozenset[str]:
    """The roles that may do one of these somewhere."""
    return frozenset(role for role in ROLES for action in actions if reach(role, action))
