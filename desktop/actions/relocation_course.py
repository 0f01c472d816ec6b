"""The way of a household that moves: which stages it passed and when, where it is, and what comes next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from desktop.actions.moved_households import CHECKS, ENDED
from desktop.actions.records import Row
from sync.deadline_rules import months_later

BEFORE = (
    "interested",
    "explained",
    "applied",
    "in_quota",
    "found",
    "moved",
    "subsidised",
)
AFTER = {f"after_{months}": months for months in CHECKS}  # by the stage that says so
COURSE = (*BEFORE, *AFTER)
MOVED, REFUSED, RETURNED = "moved", "refused", "returned"
DONE, NOW, SKIPPED, AHEAD = "done", "now", "skipped", "ahead"


@dataclass(frozen=True)
class Passed:
    """One stage. `day`: when it was reached; of a check that is still to come, when it is due."""

    state: str  # of relocation_state
    standing: str  # DONE, NOW, SKIPPED (a later one was written down, it was not) or AHEAD
    day: date | None = None
    text: str = ""  # what was found


@dataclass(frozen=True)
class Course:
    """All stages in their order; without those that will not come where it has ended.

    `ends`: how it ended, a return before the closing; `next`: what is to be written down next.
    """

    stages: tuple[Passed, ...]
    ends: tuple[Passed, ...] = ()
    next: Passed | None = None


def course_of(case: Row, stages: Iterable[Row]) -> Course:
    """By the case's own fields and by what was written down of its stages, in whatever order."""
    known = _reached(case, stages)
    last = max((COURSE.index(state) for state in known if state in COURSE), default=-1)
    ends = _ends(case, known)
    found = [_passed(state, at, last, known, case) for at, state in enumerate(COURSE)]
    if ends:
        found = [one for one in found if one.standing != AHEAD]
    ahead = next((one for one in found if one.standing == AHEAD), None)
    return Course(tuple(found), ends, ahead)


def _reached(case: Row, stages: Iterable[Row]) -> dict[str, Passed]:
    """{state: the last that was written down of it}; what only the case says has no day."""
    known: dict[str, Passed] = {}
    if state := case.get("state"):
        known[state] = Passed(state, DONE)
    if case.get("moved_on"):
        known[MOVED] = Passed(MOVED, DONE, case["moved_on"])
    for row in sorted(stages, key=lambda row: row.get("reached_on") or date.min):
        if state := row.get("state"):
            known[state] = Passed(state, DONE, row.get("reached_on"), row.get("text") or "")
    return known


def _ends(case: Row, known: dict[str, Passed]) -> tuple[Passed, ...]:
    """A return is one; its day and its reason stand in the case too.

    What somebody went on after is none: they were refused once, asked again, and moved.
    """
    if case.get("returned_on"):
        told = known.get(RETURNED) or Passed(RETURNED, DONE)
        day, why = told.day or case["returned_on"], told.text or case.get("why_returned") or ""
        known[RETURNED] = Passed(RETURNED, DONE, day, why)
    on = max((one.day for one in known.values() if one.day), default=date.min)
    ended = [known[state] for state in ENDED if state in known]
    stands = case.get("state") in ENDED or bool(case.get("returned_on"))
    last = any(one.day and one.day >= on and one.state != REFUSED for one in ended)
    if stands or last:
        return tuple(sorted(ended, key=lambda one: one.day or date.max))
    return ()


def _passed(state: str, at: int, last: int, known: dict[str, Passed], case: Row) -> Passed:
    if state in known:
        one = known[state]
        return Passed(state, NOW if at == last else DONE, one.day, one.text)
    if at < last:
        return Passed(state, SKIPPED)
    moved = case.get("moved_on")
    due = months_later(moved, AFTER[state]) if moved and state in AFTER else None
    return Passed(state, AHEAD, due)
