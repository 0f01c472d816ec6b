"""A meeting with residents: a field meeting, a dialogue of two sides, a debate, a reception."""

from datetime import date, time

from sqlalchemy.orm import Mapped

from sync.language import mark
from sync.records.base import Part, Reviewed, field
from sync.records.held import Held


class Meeting(Reviewed):
    __tablename__ = kind = "meeting"
    label = mark("Meeting")
    held = Held("minutes", "meeting", "citizen", "said_openly")

    type: Mapped[str | None] = field(mark("Type"), required=True, choices="meeting_type")
    title: Mapped[str | None] = field(mark("Subject"), required=True, stays=True)
    held_on: Mapped[date | None] = field(mark("Date"), required=True, index=True)
    held_at: Mapped[time | None] = field(mark("Time"), listed=False)
    village: Mapped[str | None] = field(mark("Village"), required=True, place=True)
    place: Mapped[str | None] = field(
        mark("Place"), listed=False, hint=mark("School, house of culture, office…")
    )
    chair: Mapped[str | None] = field(mark("Chair"), listed=False)
    secretary: Mapped[str | None] = field(mark("Secretary"), listed=False)
    side_a: Mapped[str | None] = field(
        mark("Officials"), long=True, listed=False, hint=mark("Name and post, one a line")
    )
    side_b: Mapped[str | None] = field(
        mark("Residents and activists"),
        long=True,
        listed=False,
        hint=mark("People and organisations, one a line"),
    )
    present: Mapped[int | None] = field(mark("Number present"), smallest=0)
    agenda: Mapped[str | None] = field(mark("Agenda"), long=True, listed=False)


class Question(Part):
    """A question from the hall. Who asked is free text, or nobody."""

    __tablename__ = kind = "question"
    label = mark("Question")
    held = Held("minutes", "record", "citizen", "said_openly")
    parents = ("meeting",)

    asked_by: Mapped[str | None] = field(
        mark("Asked by"),
        private=True,
        hint=mark("Empty: not named"),
        held=Held("minutes", "record", "citizen", "said_openly"),
    )
    text: Mapped[str | None] = field(mark("Question"), required=True, long=True)
    answered: Mapped[str | None] = field(mark("Answer"), choices="question_answer")
    answered_by: Mapped[str | None] = field(mark("Answered by"), listed=False)
    answer: Mapped[str | None] = field(mark("What was said"), long=True, listed=False)


class Decision(Part):
    """What was decided, who does it, by when. The next meeting checks it first."""

    __tablename__ = kind = "decision"
    label = mark("Decision")
    held = Held("minutes", "record", "official", "office")
    parents = ("meeting",)

    text: Mapped[str | None] = field(mark("Decision"), required=True, long=True)
    responsible: Mapped[str | None] = field(mark("Responsible"), required=True)
    due_on: Mapped[date | None] = field(mark("Term"), required=True, index=True)
    state: Mapped[str | None] = field(mark("State"), choices="decision_state", live=True)
