"""The term in which an authority answers, reckoned step by step from the day it received a letter.

Nothing stops the clock: the law knows an extension and a forwarding, and no pause.
What rules there are: `sync.deadline_rules`. Which days are worked: `sync.working_days`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from sync.deadline_rules import Rule, Source, count, months_later, rule_on
from sync.errors import UserError
from sync.language import Sentence, Worded, mark
from sync.vocabulary import Term as Word
from sync.working_days import Calendar, Mark, spelt

RECEIVED = mark("Received by the authority on {day}")
REGISTERED = mark("{off} is no working day: registered on the next one, {day}")
COUNTED = {
    "working": mark("Working days: {days}, counted from the day after {start}; the last is {day}"),
    "calendar": mark(
        "Calendar days: {days}, counted from the day after {start}; the last is {day}"
    ),
}
ODD = mark("Days on the way that are not as in the week: {days}")
MOVED_ON = mark("{off} is no working day: the term ends on the next one, {day}")
EXTENDED = mark("Extended until {day}; the law allows it until {latest}")
TOO_LONG = mark("Extended until {asked}, but the law allows it until {day}: that is the term")
NO_LONGER = mark("Extended until {asked}, which is not after the term: the term stays {day}")
AFTER_THE_TERM = mark("The decision to extend came on {day}, after the term had ended on {due}")
NOTICE = mark("The applicant is told of the extension until {day}")
NOTICE_FROM = mark("The applicant is told of it in {days} days from the decision to extend")
FORWARDED = mark("Forwarded on {day}: the term begins anew with who received it")
PART = mark(
    "A part was forwarded on {day}: that part is answered until {due}, the rest until {rest}"
)
IN_TIME = mark("A letter that concerns another body goes on until {day}")
LATE = mark("It had to go on until {day}, and went later")
OTHER_RULE = mark("{rule} was not in force on {day}")
BEFORE_RECEIPT = mark("{day} lies before the receipt, {received}. Look at the dates.")


@dataclass(frozen=True)
class Event:
    """What an authority did with a letter."""

    on: date


@dataclass(frozen=True)
class Forwarded(Event):
    """It went on to another body, which received it that day: whole, or a part of it."""

    part: bool = False
    body: str = ""


@dataclass(frozen=True)
class Extended(Event):
    """The term was extended, by a decision of that day. `until` None: as long as the law allows."""

    until: date | None = None
    told: bool = True  # whether the day of the decision is known


@dataclass(frozen=True)
class Step:
    """One step of the reckoning, with the day that it comes to. `name` is for programs."""

    name: str
    day: date
    text: Sentence
    source: Source | None = None

    def words(self, language: str | None = None) -> str:
        """The step with where it is written, for a person."""
        said = self.text.words(language)
        return f"{said} ({self.source.words(language)})" if self.source else said


@dataclass(frozen=True)
class Term:
    """When an answer is due, and why."""

    due: date
    rule: Rule
    steps: tuple[Step, ...]
    doubts: tuple[Sentence, ...]  # what may still move it
    parts: tuple[tuple[str, date], ...] = ()  # (body, due) of parts that went elsewhere
    body: str = ""  # who has the letter now, where it went on

    @property
    def first_due(self) -> date:
        """The earliest answer that is to come."""
        return min((self.due, *(due for _, due in self.parts)))


@dataclass
class _Clock:
    """A reckoning under way."""

    calendar: Calendar
    rule: Rule
    steps: list[Step] = field(default_factory=list)
    start: date = date.min  # registered
    due: date = date.min

    def say(
        self,
        name: str,
        day: date,
        text: str,
        on: str = "",
        values: Mapping[str, object] | None = None,
    ) -> None:
        source = self.rule.source(on) if on else None
        said = {"day": spelt(day), **(values or {})}
        self.steps.append(Step(name, day, Sentence(text, said), source))


def reckon(
    calendar: Calendar, received: date, rule: Rule | None = None, events: Iterable[Event] = ()
) -> Term:
    """The term of a letter that an authority received on this day; by the law of that day, if no
    rule is named. `events` in any order.

    Raises UserError where a day lies before the receipt or outside the calendar.
    """
    clock = _Clock(calendar, rule or rule_on(received))
    if not clock.rule.in_force(received):
        name = Word("deadline_rule", clock.rule.key)
        clock.say("rule", received, OTHER_RULE, values={"rule": name})
    _begin(clock, received)
    parts, body = [], ""
    for event in sorted(events, key=lambda one: one.on):
        if event.on < received:
            raise UserError(BEFORE_RECEIPT, day=spelt(event.on), received=spelt(received))
        if isinstance(event, Extended):
            _extend(clock, event)
        elif isinstance(event, Forwarded) and event.part:
            parts.append((event.body, _forward_part(clock, event)))
        elif isinstance(event, Forwarded):
            _forward(clock, event)
            body = event.body
    last = max(clock.due, *(due for _, due in parts)) if parts else clock.due
    doubts = calendar.doubts(clock.start, last)
    return Term(clock.due, clock.rule, tuple(clock.steps), doubts, tuple(parts), body)


def _begin(clock: _Clock, received: date) -> None:
    """From the receipt to the end of the plain term."""
    calendar, rule = clock.calendar, clock.rule
    clock.say("received", received, RECEIVED)
    clock.start = _register(clock, received)
    last = count(calendar, clock.start, rule.days, rule.counted)
    values = {"days": rule.days, "start": spelt(clock.start)}
    clock.say("term", last, COUNTED[rule.counted], "term", values)
    if rule.counted == "working":
        _say_odd(clock, clock.start, last)
    clock.due = _end(clock, last)


def _register(clock: _Clock, received: date) -> date:
    start = clock.calendar.here_or_next(received)
    if start != received:
        clock.say("registered", start, REGISTERED, "off", {"off": _named(clock, received)})
    return start


def _end(clock: _Clock, last: date) -> date:
    """A term that ends on a day off ends on the next working day."""
    end = clock.calendar.here_or_next(last)
    if end != last:
        clock.say("moved", end, MOVED_ON, "ends", {"off": _named(clock, last)})
    return end


def _named(clock: _Clock, day: date) -> Mark | str:
    return clock.calendar.mark(day) or spelt(day)


def _say_odd(clock: _Clock, first: date, last: date) -> None:
    if odd := clock.calendar.odd(first, last):
        clock.say("calendar", last, ODD, values={"days": Several(tuple(odd))})


def _extend(clock: _Clock, event: Extended) -> None:
    latest = _latest(clock)
    wanted = event.until or latest
    if wanted <= clock.due:
        said = {"asked": spelt(wanted)}
        clock.say("extended", clock.due, NO_LONGER, "more", said)
        return
    if event.told and event.on > clock.due:
        clock.say("late", event.on, AFTER_THE_TERM, values={"due": spelt(clock.due)})
    if wanted > latest:
        clock.say("extended", latest, TOO_LONG, "more", {"asked": spelt(wanted)})
    else:
        clock.say("extended", wanted, EXTENDED, "more", {"latest": spelt(latest)})
    clock.due = _end(clock, min(wanted, latest))
    rule = clock.rule
    if event.told:
        day = count(clock.calendar, event.on, rule.notice, rule.notice_counted)
        clock.say("notice", day, NOTICE, "notice")
    else:
        clock.say("notice", clock.due, NOTICE_FROM, "notice", {"days": rule.notice})


def _latest(clock: _Clock) -> date:
    """How long the law allows at most."""
    if clock.rule.more_months:
        return months_later(clock.start, clock.rule.more_months)
    plain = count(clock.calendar, clock.start, clock.rule.days, clock.rule.counted)
    return plain + timedelta(days=clock.rule.more_days)


def _say_whether_in_time(clock: _Clock, on: date) -> None:
    by = clock.calendar.after(clock.start, clock.rule.forward)
    clock.say("forward", by, LATE if on > by else IN_TIME, "forward")


def _forward(clock: _Clock, event: Forwarded) -> None:
    _say_whether_in_time(clock, event.on)
    clock.say("forwarded", event.on, FORWARDED)
    _begin(clock, event.on)


def _forward_part(clock: _Clock, event: Forwarded) -> date:
    """The term of the part; that of the rest goes on."""
    _say_whether_in_time(clock, event.on)
    other = _Clock(clock.calendar, clock.rule)
    _begin(other, event.on)
    said = {"due": spelt(other.due), "rest": spelt(clock.due)}
    clock.say("part", event.on, PART, "forward", said)
    return other.due


@dataclass(frozen=True)
class Several:
    """Some things that are named one after another."""

    of: tuple[Worded, ...]

    def words(self, language: str | None = None) -> str:
        """Their names, with commas."""
        return ", ".join(one.words(language) for one in self.of)
