"""A meeting with residents: a field meeting, a dialogue of two sides, a debate, a reception."""

from datetime import date, time
from typing import ClassVar

from sqlalchemy.orm import Mapped

from sync.language import mark
from sync.records.base import Part, Reviewed, field
from sync.records.held import Held


class Meeting(Reviewed):
    __tablename__ = kind = "meeting"
    label = mark("Meeting")
    held = Held("minutes", "meeting", "citizen", "said_openly")

    another = mark("New meeting")
    none_yet = mark("No meetings yet. Write down the first one; no network is needed.")
    untitled = mark("Meeting without a subject")
    named_by, told_by, dated_by = "title", "type", "held_on"

    type: Mapped[str | None] = field(
        mark("Type"), under=mark("What and when"), required=True, choices="meeting_type"
    )
    title: Mapped[str | None] = field(mark("Subject"), required=True, stays=True)
    held_on: Mapped[date | None] = field(mark("Date"), required=True, index=True)
    held_at: Mapped[time | None] = field(mark("Time"), beside=True, listed=False)

    village: Mapped[str | None] = field(
        mark("Village"), under=mark("Where"), required=True, place=True
    )
    place: Mapped[str | None] = field(
        mark("Place"), listed=False, hint=mark("School, house of culture, office…")
    )
    present: Mapped[int | None] = field(mark("Number present"), beside=True, smallest=0)

    chair: Mapped[str | None] = field(mark("Chair"), under=mark("Who"), listed=False)
    secretary: Mapped[str | None] = field(mark("Secretary"), beside=True, listed=False)
    side_a: Mapped[str | None] = field(
        mark("Officials"), long=True, listed=False, hint=mark("Name and post, one a line")
    )
    side_b: Mapped[str | None] = field(
        mark("Residents and activists"),
        long=True,
        listed=False,
        hint=mark("People and organisations, one a line"),
    )

    agenda: Mapped[str | None] = field(
        mark("Agenda"), under=mark("About what"), long=True, listed=False
    )


class Question(Part):
    """A question from the hall. Who asked is free text, or nobody."""

    __tablename__ = kind = "question"
    label = mark("Question")
    held = Held("minutes", "record", "citizen", "said_openly")
    parents = ("meeting",)
    heading, another = mark("Questions"), mark("Add a question")
    none_yet = mark("No questions written down yet. Enter in a question begins the next one.")

    text: Mapped[str | None] = field(mark("Question"), required=True, long=True)
    asked_by: Mapped[str | None] = field(
        mark("Asked by"),
        private=True,
        hint=mark("Empty: not named"),
        held=Held("minutes", "record", "citizen", "said_openly"),
    )
    answered_by: Mapped[str | None] = field(mark("Answered by"), beside=True, listed=False)
    answered: Mapped[str | None] = field(mark("Answer"), beside=True, choices="question_answer")
    answer: Mapped[str | None] = field(mark("What was said"), long=True, listed=False)


class Decision(Part):
    """What was decided, who does it, by when. The next meeting checks it first."""

    __tablename__ = kind = "decision"
    label = mark("Decision")
    held = Held("minutes", "record", "official", "office")
    parents = ("meeting",)
    heading, another = mark("Decisions"), mark("Add a decision")
    none_yet = mark("No decisions yet. A decision says who does it and by when.")
    begins: ClassVar = {"state": "open"}

    text: Mapped[str | None] = field(mark("Decision"), required=True, long=True)
    responsible: Mapped[str | None] = field(
        mark("Responsible"), required=True, offers="responsible"
    )
    due_on: Mapped[date | None] = field(mark("Term"), beside=True, required=True, index=True)
    state: Mapped[str | None] = field(
        mark("State"), beside=True, choices="decision_state", live=True
    )
