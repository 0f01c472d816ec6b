"""Made-up answers: a form is tried before anybody is asked by it. Nothing of it is kept or sent."""

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic

from desktop.surveys.cells import plain_path
from desktop.surveys.form import ASKED, Form
from desktop.surveys.interview import Interview, NodeState
from desktop.surveys.questions import Question, questions
from desktop.surveys.texts import Text
from sync.errors import UserError
from sync.language import LANGUAGES, mark

TIMES = 30  # interviews of one trial
TRIES = 40  # answers made up for one question until it takes one
LEFT_OUT = 0.1  # of the questions that need no answer
PASSES = 20  # through all questions of one interview
PATIENCE = 10.0  # seconds, after which no other interview begins
MANY = 5  # instances of what repeats
WORDS = (
    *("Жол жөндеу керек", "Нужен свет", "Clean water", "Ә", "7"),
    *("+7 701 123 45 67", "900101300123", "123456", "a@example.kz", "14:30"),
)
FIXED = {
    "time": "14:30",
    "acknowledge": "OK",
    "boolean": "true",
    "geopoint": "43.3 68.25",
    "geotrace": "43.3 68.25; 43.4 68.3",
    "geoshape": "43.3 68.25; 43.4 68.3; 43.4 68.2; 43.3 68.25",
}
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
    begun, held = monotonic(), 0
    for number in range(times):
        if tell is not None:
            tell(number, times)
        if number and monotonic() - begun > PATIENCE:
            break
        held += 1
        interview = Interview(form, language=languages[number % len(languages)])
        stuck = fill(form, interview, chance) | stuck
        asked |= {plain_path(one.path) for one in interview.nodes() if one.shown}
    return Trial(
        interviews=held,
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


def fill(form: Form, interview: Interview, chance: random.Random) -> dict[str, UserError]:
    """Answer all that is asked by an interview of this form; {path: why} of what took no answer."""
    making = _Making(form, interview, chance)
    done: set[str] = set()
    stuck: dict[str, UserError] = {}
    for place in interview.repeated():
        if place.more:
            for _ in range(chance.randint(0, MANY) - place.many):
                interview.add(place.path)
    for _ in range(PASSES):  # an answer may bring questions above it
        paths = [one.path for one in interview.nodes() if _asked(one) and one.path not in done]
        if not paths:
            break
        for path in paths:
            try:
                state = interview.state(path)
            except KeyError:  # a smaller count took it away
                continue
            if _asked(state):
                done.add(path)
                if (why := making.answer(state)) is not None:
                    stuck[plain_path(path)] = why
    return stuck


def _asked(state: NodeState) -> bool:
    return state.shown and state.kind in (*ASKED, "acknowledge") and not state.readonly


class _Making:
    """Makes answers up for one interview."""

    def __init__(self, form: Form, interview: Interview, chance: random.Random) -> None:
        self._form, self._interview, self._chance = form, interview, chance
        self._counted = _counted(form)

    def answer(self, state: NodeState) -> UserError | None:
        """Give a question one answer that it takes; why it took none of those made up."""
        if not state.required and self._chance.random() < LEFT_OUT:
            return None
        why = None
        for attempt in range(TRIES):
            made = self._make(state, attempt)
            if made is None:
                return None
            self._interview.answer(state.path, made)
            why = self._interview.state(state.path).message
            if why is None:
                return None
        if not state.required:
            self._interview.answer(state.path, "")
        return why

    def _make(self, state: NodeState, attempt: int) -> str | None:
        """One answer, as it is kept; None for photos, sounds and files."""
        chance, names = self._chance, [choice.value for choice in state.choices]
        match state.kind:
            case "select_one":
                return chance.choice(names) if names else None
            case "select_multiple":
                some = chance.sample(names, min(chance.randint(1, 3), len(names)))
                return " ".join(name for name in names if name in some) or None
            case "rank":
                return " ".join(chance.sample(names, len(names))) or None
            case "integer" | "decimal":
                return self._number(plain_path(state.path))
            case "text":
                return WORDS[attempt % len(WORDS)] if attempt else chance.choice(WORDS)
            case "date" | "dateTime":
                day = self._interview.now.date() - timedelta(days=chance.randint(-30, 20_000))
                return f"{day}T14:30:00" if state.kind == "dateTime" else f"{day}"
        return FIXED.get(state.kind)

    def _number(self, path: str) -> str:
        chance, bounds = self._chance, self._form.nodes[path].bounds
        if bounds is not None:
            with suppress(ValueError, ZeroDivisionError, OverflowError):  # the form's own are none
                start, end, step = (float(one) for one in bounds)
                steps = chance.randint(0, max(0, int((end - start) / (step or 1))))
                return f"{start + steps * step:g}"
        most = MANY if path in self._counted else chance.choice((5, 20, 100, 2000))
        return str(chance.randint(0, most))


def _counted(form: Form) -> frozenset[str]:
    """The questions that say how often something repeats: large numbers there only take long."""
    counts = {path for path, node in form.nodes.items() if node.count is not None}
    found: set[str] = set()
    for path in form.nodes:
        seen, left = {path}, [path]
        while left:
            for after in form.dependents.get(left.pop(), ()):
                if after not in seen:
                    seen.add(after)
                    left.append(after)
        if seen & counts:
            found.add(path)
    return frozenset(found)
