"""The passport of a wave: what is said wherever its figures are shown, and what of that is lacking.

A wave that is linked to a vote must have all of it before a figure leaves: who asked, who ordered and
paid, when, how, in which words, how many, with which error; and that an organisation with five years
of polling told the election commission before. Source: facts.md B4, the constitutional law on
elections, article 28 (9). Of other waves it is good practice, and only told.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop.surveys.form import Form
from desktop.surveys.questions import questions, text_words
from desktop.surveys.waves.silence import is_linked, locked
from sync.errors import Refused, UserError
from sync.language import mark, spoken, tr, trn
from sync.places import Pack
from sync.records.base import field_map
from sync.records.survey import Wave
from sync.vocabulary import label

OF_ANY = ("asker", "client", "mode", "sample", "method", "population")
OF_VOTE = ("polling_day", "experience", "specialists", "notice_number", "notice_on")
TEXTS = ("population", "mode", "sample", "method", "consent_line", "weighting")
YEARS = 5  # of polling that the law asks of an organisation
NORMAL = 1.959964  # of the standard normal distribution, for 95 %
BY_CHANCE = "random"  # of the vocabulary wave_sample

LACKS = mark("“{field}” is not filled in.")
TOO_NEW = mark("The law asks for {years} years of experience in polling. “{field}” says less.")
TOO_LATE = mark("The election commission is told before a survey begins, not after.")
NO_FORM = mark("The exact wording is missing: the form is not on this laptop yet. Sync first.")
NO_ANSWERS = mark("How many were asked is not known here yet.")
INCOMPLETE = mark(
    "This survey is linked to a vote, and by law its figures go out only with a whole passport. "
    "{first} In all {n} things are missing. A coordinator fills them in at the wave."
)


@dataclass(frozen=True)
class Counted:
    """The numbers of people that figures are fitted to: what they are called, whose, of which day."""

    title: str
    source: str
    on: date | None

    @property
    def text(self) -> str:
        """All of it in one line."""
        return ". ".join(
            filter(None, (self.title, self.source, _written(self.on) if self.on else ""))
        )


@dataclass(frozen=True)
class Line:
    """One thing that is said, and its name; both in words."""

    label: str
    text: str


@dataclass(frozen=True)
class Asked:
    """A question word by word, with a gap where it quotes an answer, and what can be chosen."""

    text: str
    choices: tuple[str, ...]


@dataclass(frozen=True)
class Passport:
    """What is said with the figures of a wave. `lacks`: sentences; of a linked wave they lock it."""

    title: str
    linked: bool
    lines: tuple[Line, ...]
    questions: tuple[Asked, ...]
    answers: int
    error: float | None  # the error coefficient, in percentage points
    lacks: tuple[UserError, ...]

    @property
    def complete(self) -> bool:
        """Whether nothing is missing."""
        return not self.lacks


def passport(
    wave: Mapping[str, Any],
    form: Form | None,
    pack: Pack,
    answers: int,
    *,
    effect: float = 1.0,
    fitted: Counted | None = None,
    language: str | None = None,
) -> Passport:
    """The passport of a wave by its fields, its form and how many answered.

    `effect`: by how much the design raises the variance, see desktop/surveys/ratings. `fitted`: to which
    numbers of people.
    """
    error = error_coefficient(answers, effect)
    return Passport(
        title=wave.get("title") or "",
        linked=is_linked(wave),
        lines=tuple(_lines(wave, pack, answers, error, fitted, language)),
        questions=tuple(_asked(form, language)) if form is not None else (),
        answers=answers,
        error=error,
        lacks=tuple(lacking(wave, form, answers)),
    )


def error_coefficient(answers: int, effect: float = 1.0) -> float | None:
    """The error of a share of one half with 95 % confidence, in percentage points; None below two.

    Of other shares it is smaller. For a sample that was not drawn by chance it is what it would be if
    it had been: the passport says which it is.
    """
    if answers < 2:
        return None
    return 100 * NORMAL * math.sqrt(max(effect, 1.0) * 0.25 / answers)


def lacking(wave: Mapping[str, Any], form: Form | None, answers: int) -> Iterator[UserError]:
    """What a passport lacks, sentence by sentence."""
    linked = is_linked(wave)
    for name in (*OF_ANY, *(OF_VOTE if linked else ())):
        if wave.get(name) in (None, "", []):
            yield UserError(LACKS, field=_Label(name))
    if not linked:
        return
    years, told, begins = (wave.get(name) for name in ("experience", "notice_on", "starts_on"))
    if isinstance(years, int) and years < YEARS:
        yield UserError(TOO_NEW, years=YEARS, field=_Label("experience"))
    if isinstance(told, date) and isinstance(begins, date) and told > begins:
        yield UserError(TOO_LATE)
    if form is None:
        yield UserError(NO_FORM)
    if error_coefficient(answers) is None:
        yield UserError(NO_ANSWERS)


def forbidden(
    wave: Mapping[str, Any], form: Form | None, answers: int, on: date | None = None
) -> Refused | None:
    """Why figures of a wave may not leave the program now; None: they may.

    Whatever exports or prints them asks here, before anything is written.
    """
    if silent := locked(wave, on):
        return silent
    lacks: Sequence[UserError] = list(lacking(wave, form, answers)) if is_linked(wave) else []
    return Refused(INCOMPLETE, first=lacks[0], n=len(lacks)) if lacks else None


@dataclass(frozen=True)
class _Label:
    """The name of a field of the wave, in the language of the sentence it stands in."""

    name: str

    def words(self, language: str | None = None) -> str:
        return field_map(Wave)[self.name].words(language)


def _asked(form: Form, language: str | None) -> Iterator[Asked]:
    for one in questions(form):
        choices = tuple(text_words(label.text, language) for _, label in one.choices)
        yield Asked(text_words(one.node.label, language) or one.node.name, choices)


def _lines(
    wave: Mapping[str, Any],
    pack: Pack,
    answers: int,
    error: float | None,
    fitted: Counted | None,
    language: str | None,
) -> Iterator[Line]:
    def line(name: str) -> Line:
        return Line(_Label(name).words(language), _text(name, wave[name], language))

    yield from (line(name) for name in ("asker", "client") if wave.get(name))
    if wave.get("starts_on") and wave.get("ends_on"):
        days = " – ".join(_written(wave[name]) for name in ("starts_on", "ends_on"))
        yield Line(tr(mark("When"), language), days)
    yield Line(tr(mark("Where"), language), _where(wave, pack, language))
    yield from (line(name) for name in TEXTS if wave.get(name))
    if fitted is not None:
        yield Line(_Label("census").words(language), fitted.text)
    asked = trn("{n} person", "{n} people", answers, language)
    yield Line(tr(mark("How many were asked"), language), asked)
    if error is not None:
        yield Line(tr(mark("Error coefficient"), language), _error(wave, error, language))
    if is_linked(wave):
        yield from (line(name) for name in ("linked_to", *OF_VOTE) if wave.get(name) is not None)


def _error(wave: Mapping[str, Any], error: float, language: str | None) -> str:
    points = f"{error:.1f}"
    points = points if (language or spoken()) == "en" else points.replace(".", ",")
    if wave.get("sample") == BY_CHANCE:
        said = mark("±{points} percentage points for a share of one half, with 95 % confidence")
    else:
        said = mark(
            "±{points} percentage points for a share of one half, with 95 % confidence, if people had "
            "been chosen by chance; this is not a probability sample"
        )
    return tr(said, language, points=points)


def _where(wave: Mapping[str, Any], pack: Pack, language: str | None) -> str:
    codes = wave.get("places") or wave.get("districts") or []
    names = [pack.full_name(code, language) for code in codes]
    return "; ".join(names) or tr(mark("The whole region"), language)


def _text(name: str, value: Any, language: str | None) -> str:
    field = field_map(Wave)[name]
    if field.choices:
        return label(field.choices, value, language)
    return _written(value) if isinstance(value, date) else str(value)


def _written(day: date) -> str:
    return day.strftime("%d.%m.%Y")
