"""Made-up answers: a form is tried before anybody is asked by it. Nothing of it is kept or sent."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from desktop.surveys.cells import plain_path
from desktop.surveys.form import ASKED, Form
from desktop.surveys.interview import Interview, NodeState
from desktop.surveys.questions import Question, questions
from desktop.surveys.texts import Text
from sync.errors import UserError
from sync.language import LANGUAGES, mark

TIMES = 30  # interviews of one trial
TRIES = 40  # answers made up for one question until it takes one
STEPS = 3_000  # questions of one interview
MANY = 5  # instances of what repeats as often as one likes
Tell = Callable[[int, int], object]  # interviews done, of how many

UNTRANSLATED = mark("Not translated to {language}: “{question}”")
NEVER_ASKED = mark("Never asked, whatever was answered: “{question}”")
NEVER_TAKEN = mark("No answer that was made up was taken: “{question}”. {why}")


@dataclass(frozen=True)
class Trial:
    """What came of trying a form out. `asked`: how many of its questions were asked at least once."""

    interviews: int
    questions: int
    asked: int
    remarks: tuple[UserError, ...]


def try_out(form: Form, times: int = TIMES, *, tell: Tell | None = None, seed: int = 1) -> Trial:
    """Hold interviews with made-up answers, in each language of the form in turn.

    The same seed makes up the same answers. `tell` may raise, to stop it.
    """
    chance = random.Random(seed)  # noqa: S311  # nothing secret is made up
    all_of_it = questions(form)
    asked: set[str] = set()
    stuck: dict[str, UserError] = {}
    languages = form.languages or ("",)
    for number in range(times):
        if tell is not None:
            tell(number, times)
        interview = Interview(form, language=languages[number % len(languages)])
        stuck = fill(interview, chance) | stuck
        asked |= {plain_path(one.path) for one in interview.nodes() if one.shown}
    return Trial(
        interviews=times,
        questions=len(all_of_it),
        asked=sum(one.path in asked for one in all_of_it),
        remarks=(
            *(
                UserError(NEVER_TAKEN, question=one.label, why=stuck[one.path])
                for one in all_of_it
                if one.path in stuck
            ),
            *(
                UserError(NEVER_ASKED, question=one.label)
                for one in all_of_it
                if one.path not in asked
            ),
            *untranslated(form, all_of_it),
        ),
    )


def untranslated(form: Form, asked: list[Question]) -> list[UserError]:
    """The questions that lack a label or the label of a choice in a language that the form has."""
    return [
        UserError(UNTRANSLATED, language=LANGUAGES.get(code, code), question=question.label)
        for code in form.languages
        for question in asked
        if any(
            _lacks(text, code)
            for text in (question.node.label, *(label.text for _, label in question.choices))
        )
    ]


def _lacks(text: Text, code: str) -> bool:
    said = [one for one in text.parts if one]  # "": a text that has no languages
    return bool(said) and code not in said


def fill(interview: Interview, chance: random.Random) -> dict[str, UserError]:
    """Answer all that is asked, as it comes; {path: why} of what took no answer."""
    done: set[str] = set()
    stuck: dict[str, UserError] = {}
    for place in interview.repeated():
        if place.more:
            for _ in range(chance.randint(0, MANY) - place.many):
                interview.add(place.path)
    for _ in range(STEPS):
        state = _next(interview, done)
        if state is None:
            break
        done.add(state.path)
        if (why := _answer(interview, state, chance)) is not None:
            stuck[plain_path(state.path)] = why
    return stuck


def _next(interview: Interview, done: set[str]) -> NodeState | None:
    for state in interview.nodes():
        asked = state.shown and state.kind in (*ASKED, "acknowledge") and not state.readonly
        if asked and state.path not in done:
            return state
    return None


def _answer(interview: Interview, state: NodeState, chance: random.Random) -> UserError | None:
    """Give it one answer that it takes; why it took none of those made up."""
    if not state.required and chance.random() < 0.1:  # some leave it out
        return None
    why = None
    for _ in range(TRIES):
        made = make_up(interview, state, chance)
        if made is None:
            return None
        interview.answer(state.path, made)
        why = interview.state(state.path).message
        if why is None:
            return None
    if not state.required:
        interview.answer(state.path, "")
    return why


def make_up(interview: Interview, state: NodeState, chance: random.Random) -> str | None:
    """One answer to a question, as it is kept; None for photos, sounds and files."""
    names = [choice.value for choice in state.choices]
    if state.kind == "select_one":
        return chance.choice(names) if names else None
    if state.kind == "select_multiple":
        some = chance.sample(names, chance.randint(1, min(3, len(names)))) if names else []
        return " ".join(name for name in names if name in some) or None
    if state.kind == "rank":
        return " ".join(chance.sample(names, len(names))) or None
    making = MADE.get(state.kind)
    return making(interview, state, chance) if making else None


def _number(interview: Interview, state: NodeState, chance: random.Random) -> str:
    node = interview.form.nodes.get(state.path)
    if node is not None and node.bounds is not None:
        try:
            start, end, step = (float(one) for one in node.bounds)
            steps = chance.randint(0, max(0, int((end - start) / (step or 1))))
            return f"{start + steps * step:g}"
        except (ValueError, ZeroDivisionError, OverflowError):
            pass
    return str(chance.randint(0, chance.choice((5, 20, 100, 2000))))


def _day(interview: Interview, _: NodeState, chance: random.Random) -> str:
    return (interview.now.date() - timedelta(days=chance.randint(-30, 20_000))).isoformat()


def _words(_: Interview, __: NodeState, chance: random.Random) -> str:
    """Also a telephone: forms ask for one as text, and look at its digits."""
    return chance.choice(
        ("Жол жөндеу керек", "Нужен свет", "Clean water", "7", "Ә", "+7 701 123 45 67")
    )


def _time(*_: object) -> str:
    return "14:30"


MADE: dict[str, Callable[[Interview, NodeState, random.Random], str]] = {
    "integer": _number,
    "decimal": _number,
    "text": _words,
    "date": _day,
    "time": _time,
    "dateTime": lambda *of: f"{_day(*of)}T14:30:00",
    "acknowledge": lambda *_: "OK",
    "boolean": lambda *_: "true",
    "geopoint": lambda *_: "43.3 68.25",
    "geotrace": lambda *_: "43.3 68.25; 43.4 68.3",
    "geoshape": lambda *_: "43.3 68.25; 43.4 68.3; 43.4 68.2; 43.3 68.25",
}
