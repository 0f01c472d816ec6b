"""What the group did, where it was, and what meetings decided."""

from sqlalchemy import and_

from desktop.figures.declared import (
    EVERYWHERE,
    PLACES,
    TODAY,
    Figure,
    Report,
    Shape,
    Source,
    When,
    by_field,
    count,
    total,
)
from sync.language import mark
from sync.records.inspection import Inspection
from sync.records.issue import Issue
from sync.records.meeting import Decision, Meeting, Question
from sync.records.reception import Reception
from sync.records.visit import Visit

OPEN = and_(Decision.state == "open", Decision.due_on < TODAY)

ACTIVITY = Report(
    name="activity",
    label=mark("Activity"),
    about=mark("What the group did: visits, meetings, visitors, issues and inspections."),
    figures=(
        Figure("visits", mark("Visits")),
        Figure("villages", mark("Villages where somebody was")),
        Figure("households", mark("Households visited")),
        Figure("people", mark("People met")),
        Figure("meetings", mark("Meetings")),
        Figure("present", mark("Present at meetings")),
        Figure("visitors", mark("Visitors of the reception")),
        Figure("issues", mark("Issues")),
        Figure("inspections", mark("Inspections")),
    ),
    sources=(
        Source(
            Visit,
            Visit.visited_on,
            {
                "visits": count(),
                "households": total(Visit.households),
                "people": total(Visit.people),
            },
            places=("villages",),
        ),
        Source(
            Meeting,
            Meeting.held_on,
            {"meetings": count(), "present": total(Meeting.present)},
            places=("villages",),
        ),
        Source(Reception, Reception.received_on, {"visitors": count()}),
        Source(Issue, Issue.received_on, {"issues": count()}),
        Source(Inspection, Inspection.inspected_on, {"inspections": count()}),
    ),
)

COVERAGE = Report(
    name="coverage",
    label=mark("Coverage of villages"),
    about=mark("Where the group was, and which villages it has not visited for long."),
    figures=(
        Figure("visits", mark("Visits")),
        Figure("visited", mark("Villages visited")),
        Figure("villages", mark("Villages there are"), now=True),
        Figure("share", mark("Visited, %"), Shape.SHARE, share=("visited", "villages"), least=1),
        Figure("people", mark("People met")),
        Figure("last", mark("Last visit"), Shape.DATE, now=True),
    ),
    sources=(
        Source(
            Visit,
            Visit.visited_on,
            {"visits": count(), "people": total(Visit.people)},
            places=("visited",),
        ),
        Source(Visit, Visit.visited_on, latest="last", when=When.UNTIL),
    ),
    by=PLACES,
    villages="villages",
    oldest="last",
)

MEETINGS = Report(
    name="meetings",
    label=mark("Meetings and decisions"),
    about=mark(
        "Dialogues, debates and meetings; what was asked there, and what became of decisions."
    ),
    figures=(
        Figure("meetings", mark("Meetings")),
        Figure("present", mark("Present at meetings")),
        Figure("questions", mark("Questions")),
        Figure(
            "answered", mark("Answered on the spot, %"), Shape.SHARE, share=("spot", "questions")
        ),
        Figure("decisions", mark("Decisions whose term was in the period")),
        Figure("done", mark("Carried out")),
        Figure("done_share", mark("Carried out, %"), Shape.SHARE, share=("done", "decisions")),
        Figure("late", mark("Late"), now=True),
    ),
    sources=(
        Source(Meeting, Meeting.held_on, {"meetings": count(), "present": total(Meeting.present)}),
        Source(
            Question,
            Meeting.held_on,
            {"questions": count(), "spot": count(Question.answered == "answered")},
            parent=Meeting,
        ),
        Source(
            Decision,
            Decision.due_on,
            {
                "decisions": count(),
                "done": count(Decision.state == "done"),
                "late": count(OPEN),
            },
            parent=Meeting,
        ),
    ),
    by=(*EVERYWHERE, by_field("type", Meeting)),
)
