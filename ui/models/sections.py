"""In which order and under which headings the fields of a kind are asked, by name.

Everything else about a field stands in its declaration. A field that no section names is shown
under the last heading, so that a new one is never out of reach.
"""

from collections.abc import Mapping
from datetime import date

from sync.language import mark
from sync.records.base import Record, Values, fields

Section = tuple[
    str, tuple[tuple[str, ...], ...]
]  # heading, rows of fields that stand side by side

SECTIONS: Mapping[str, tuple[Section, ...]] = {
    "meeting": (
        (
            mark("What and when"),
            (("type",), ("title",), ("held_on", "held_at")),
        ),
        (mark("Where"), (("village",), ("place", "present"))),
        (mark("Who"), (("chair", "secretary"), ("side_a",), ("side_b",))),
        (mark("About what"), (("agenda",),)),
    ),
    "question": (
        (
            "",
            (("text",), ("asked_by", "answered_by", "answered"), ("answer",)),
        ),
    ),
    "decision": (("", (("text",), ("responsible", "due_on", "state"))),),
    "issue": (
        (
            mark("What happened"),
            (("essence",), ("category", "urgency"), ("appeal", "number")),
        ),
        (
            mark("Where and when"),
            (("village",), ("address",), ("received_on", "received_how"), ("meeting",)),
        ),
        (
            mark("Who told us"),
            (
                ("consent_way", "consent_on"),
                ("consent_text", "consent_language"),
                ("consent_witness",),
                ("consent_ended",),
                ("applicant", "phone"),
            ),
        ),
        (
            mark("What is done about it"),
            (
                ("state", "due_on"),
                ("handed_to",),
                ("handed_on", "incoming_number"),
                ("answer_rule",),
                ("outcome", "satisfied"),
            ),
        ),
    ),
    "step": (("", (("type", "done_on"), ("until",), ("body", "part"), ("text",))),),
    "visit": (
        (mark("When and where"), (("visited_on", "topic"), ("village",))),
        (mark("Whom and what"), (("households", "people"), ("outcome",))),
    ),
    "filled_form": (
        (mark("What, when and where"), (("form", "filled_on"), ("village",))),
        (
            mark("By whose consent"),
            (
                ("consent_way", "consent_on"),
                ("consent_text", "consent_language"),
                ("consent_witness",),
                ("consent_ended",),
            ),
        ),
    ),
}

TODAY = {
    "meeting": "held_on",
    "issue": "received_on",
    "visit": "visited_on",
    "filled_form": "filled_on",
}
# said by the form that is chosen, and by the answers to its questions
APART = {"filled_form": ("title", "answers", "personal")}
FIRST: Mapping[str, Values] = {"issue": {"state": "new"}}


def beginning(kind: str, today: date) -> Values:
    """What a new record begins with, so that it need not be typed: JSON values."""
    day = {TODAY[kind]: today.isoformat()} if kind in TODAY else {}
    return {**day, **FIRST.get(kind, {})}


def sections(record: type[Record]) -> tuple[Section, ...]:
    """The sections of a kind; whatever they leave out is added at the end, one a row."""
    arranged = SECTIONS.get(record.kind, (("", ()),))
    named = {name for _, rows in arranged for row in rows for name in row}
    named |= set(APART.get(record.kind, ()))
    left = tuple((field.name,) for field in fields(record) if field.name not in named)
    *first, (heading, rows) = arranged
    return (*first, (heading, (*rows, *left)))
