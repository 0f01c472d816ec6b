"""Made-up waves: honest interviews as uneven as real ones are, and four kinds of fakes among them.

Honest interviewers work in a village each, with opinions of its own, within districts with theirs;
what people think of one thing goes with what they think of another; they tire, and then some give
a grid one mark; interviewers differ in pace and in how many “don't know” they take. Fakes:

copied   an own interview entered again, a few answers changed, in as long as a real one takes
desk     made up by the evening, grids with one mark along, in as long as a real one takes
quick    answers as likely as real ones, in a few minutes
partly   the first quarter asked; the rest is what the interviewer thinks people say, in little less
         time than a real one takes
"""

import math
import random
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from desktop.surveys.quality.interviews import Interviews, Span, read_span

INTERVIEWS, DISTRICTS, IN_DISTRICT = 2_000, 8, 5
KINDS = ("copied", "desk", "quick", "partly")
FIRST = 1_000  # the seed of the first wave of those that are measured
EACH = 25  # fakes of a kind: 5 % of all are fakes
SHARE = 0.8  # of a faking interviewer's interviews that are faked

YES_NO, GRID, LISTED = 34, 8, 8
ASKED_FIRST = 15  # questions that a partly real interview really asked
MINUTES = [f"{low}-{low + 5}" for low in range(0, 60, 5)] + ["60+"]
HASTY = ["0", "1-2", "3-5", "6-10", "11-20", "21+"]


@dataclass(frozen=True)
class Question:
    """One question: what people say, as chances of its answers before places and persons."""

    name: str
    kind: str  # yes_no, mark, listed, number
    level: float
    loading: float  # how much a person's general content goes with it


@dataclass(frozen=True)
class Village:
    """Where one interviewer works, and how that interviewer does."""

    district: str
    content: float
    effects: Mapping[str, float]
    pace: float
    unsure: float


@dataclass
class Wave:
    """A made-up wave, and which rows of it are faked, in which way."""

    data: Interviews
    fakes: Mapping[int, str]


@dataclass
class _Table:
    interviewers: list[str] = field(default_factory=list)
    strata: list[str] = field(default_factory=list)
    answers: list[dict[str, str]] = field(default_factory=list)
    minutes: list[Span | None] = field(default_factory=list)
    hasty: list[Span | None] = field(default_factory=list)
    hours: list[Span | None] = field(default_factory=list)
    gaps: list[Span | None] = field(default_factory=list)
    ways: list[Span | None] = field(default_factory=list)


def make_wave(seed: int, kinds: Collection[str] = KINDS, share: float = SHARE) -> Wave:
    """A wave of INTERVIEWS, with EACH fakes of each kind; the same for the same seed."""
    chance = random.Random(seed)
    questions = _questions(chance)
    table, fakes = _Table(), dict[int, str]()
    names = [f"i{n:02}" for n in range(DISTRICTS * IN_DISTRICT)]
    fakers = dict(zip(chance.sample(names, len(kinds)), kinds, strict=True))
    own = math.ceil(EACH / share)
    honest = (INTERVIEWS - own * len(fakers)) / (len(names) - len(fakers))
    effects = {
        district: {q.name: chance.gauss(0, 0.3) for q in questions}
        for district in range(DISTRICTS)
    }
    for place, name in enumerate(names):
        village = _village(chance, questions, place // IN_DISTRICT, effects)
        kind = fakers.get(name, "")
        many = own if kind else round(honest)
        faked = set(chance.sample(range(1, many), EACH)) if kind else set[int]()
        believes = _beliefs(chance, questions)
        real: list[dict[str, str]] = []
        for n in range(many):
            answers = _answers(chance, questions, village)
            minutes, hasty = _timing(chance, village, n % 8)
            if n in faked:
                fakes[len(table.interviewers)] = kind
                if kind == "copied":
                    answers = _copied(chance, chance.choice(real[:6]), answers)
                elif kind == "desk":
                    answers = _at_desk(chance, questions, believes)
                elif kind == "quick":
                    minutes, hasty = chance.uniform(3, 8), chance.randint(12, 40)
                else:
                    invented = _invented(chance, questions, believes)
                    rest = [q.name for q in questions[ASKED_FIRST:]]
                    answers |= {name: invented[name] for name in rest}
                    minutes *= 0.75
            else:
                real.append(answers)
            _enter(table, chance, name, village, answers, minutes, hasty)
    return Wave(_interviews(table, questions), fakes)


def _questions(chance: random.Random) -> list[Question]:
    made = [
        Question(f"y{n}", "yes_no", _skewed(chance), chance.gauss(0, 0.5)) for n in range(YES_NO)
    ]
    made[12:12] = [
        Question(f"g{n}", "mark", chance.gauss(3.3, 0.5), chance.uniform(0.3, 0.9))
        for n in range(GRID)
    ]
    made += [
        Question(f"c{n}", "listed", chance.uniform(0.3, 0.7), chance.gauss(0, 0.3))
        for n in range(LISTED)
    ]
    made += [
        Question(f"h{n}", "mark", chance.gauss(3.3, 0.5), chance.uniform(0.3, 0.9))
        for n in range(GRID)
    ]
    return [
        *made,
        Question("members", "number", 1.5, 0),
        Question("income", "number", 11.5, 0.1),
    ]


def _skewed(chance: random.Random) -> float:
    """A yes/no question's level as logits: one in three says nearly always the same."""
    return chance.choice((-1, 1)) * chance.choice((2.6, 1.2, 0.3)) + chance.gauss(0, 0.3)


def _village(
    chance: random.Random,
    questions: Iterable[Question],
    district: int,
    effects: Mapping[int, Mapping[str, float]],
) -> Village:
    return Village(
        district=f"d{district}",
        content=chance.gauss(0, 0.35),
        effects={q.name: effects[district][q.name] + chance.gauss(0, 0.3) for q in questions},
        pace=math.exp(chance.gauss(0, 0.12)),
        unsure=math.exp(chance.gauss(0, 0.3)),
    )


def _answers(
    chance: random.Random, questions: Sequence[Question], village: Village
) -> dict[str, str]:
    """What one person says, tiring on the way."""
    content = village.content + chance.gauss(0, 1)
    tires = chance.random() < 0.12
    found: dict[str, str] = {}
    for place, question in enumerate(questions):
        late = place / len(questions)
        if chance.random() < 0.025 * village.unsure * (0.5 + late):
            found[question.name] = "dont_know"
        elif chance.random() < 0.008 and question.kind != "mark":
            found[question.name] = "refused"
        else:
            leaning = village.effects[question.name] + question.loading * content
            found[question.name] = _said(chance, question, leaning)
    if found["y3"] != "1":
        found["y4"] = found["y5"] = ""  # skipped
    if tires and chance.random() < 0.5:
        mark = found["h0"]
        found |= {f"h{n}": mark for n in range(GRID)}
    return found


def _said(chance: random.Random, question: Question, leaning: float) -> str:
    if question.kind == "yes_no":
        return str(int(chance.random() < _sigmoid(question.level + leaning)))
    if question.kind == "mark":
        return str(min(5, max(1, round(question.level + 0.7 * leaning + chance.gauss(0, 0.8)))))
    if question.kind == "listed":
        if chance.random() < 0.06:
            return "other"
        return str(min(4, max(1, round(4 * _sigmoid(chance.gauss(question.level, 1) + leaning)))))
    if question.name == "members":
        return str(max(1, round(math.exp(chance.gauss(question.level, 0.4)))))
    return str(round(math.exp(chance.gauss(question.level + leaning, 0.5)), -3))


def _sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def _timing(chance: random.Random, village: Village, nth_today: int) -> tuple[float, int]:
    """Minutes, and questions answered in less than their minimum."""
    minutes = 24 * village.pace * math.exp(chance.gauss(0, 0.25)) * (1 - 0.015 * nth_today)
    hasty = sum(chance.random() < 0.02 / village.pace for _ in range(60))
    return minutes, hasty


def _beliefs(chance: random.Random, questions: Iterable[Question]) -> dict[str, float]:
    """How an interviewer who asks nobody thinks that people lean."""
    return {question.name: chance.gauss(0, 0.8) for question in questions}


def _invented(
    chance: random.Random, questions: Iterable[Question], believes: Mapping[str, float]
) -> dict[str, str]:
    """Answers of nobody: near what is believed, never “don't know”, of no person's own leaning."""
    return {q.name: _thought_up(chance, q, believes[q.name]) for q in questions}


def _thought_up(chance: random.Random, question: Question, leaning: float) -> str:
    """Nearer to what is usual than what people say (Schäfer et al. 2005): the middle, no “other”."""
    if question.kind == "yes_no":
        return str(int(chance.random() < _sigmoid(1.3 * question.level + leaning)))
    if question.kind == "mark":
        level = question.level + 0.4 * leaning
        return str(min(5, max(1, round(chance.gauss(level, 0.6)))))
    if question.kind == "listed":
        return str(
            min(4, max(1, round(4 * _sigmoid(chance.gauss(question.level, 0.7) + leaning))))
        )
    return _said(chance, question, leaning / 2)


def _at_desk(
    chance: random.Random, questions: Sequence[Question], believes: Mapping[str, float]
) -> dict[str, str]:
    found = _invented(chance, questions, believes)
    for grid in "gh":
        mark = chance.choice("334")
        if chance.random() < 0.75:
            found |= {f"{grid}{n}": mark for n in range(GRID)}
    return found


def _copied(
    chance: random.Random, source: Mapping[str, str], other: Mapping[str, str]
) -> dict[str, str]:
    return {
        name: other[name] if answer and chance.random() < 0.06 else answer
        for name, answer in source.items()
    }


def _enter(
    table: _Table,
    chance: random.Random,
    name: str,
    village: Village,
    answers: dict[str, str],
    minutes: float,
    hasty: int,
) -> None:
    table.interviewers.append(name)
    table.strata.append(village.district)
    table.answers.append(answers)
    table.minutes.append(read_span(MINUTES[min(int(minutes // 5), len(MINUTES) - 1)]))
    table.hasty.append(next(s for text in HASTY if (s := read_span(text)) and hasty <= s.high))
    hour = 22 if chance.random() < 0.002 else chance.randint(9, 19)
    table.hours.append(Span(hour, hour))
    table.gaps.append(Span(20, 40))
    table.ways.append(Span(60, 60) if chance.random() < 0.002 else Span(5, 5))


def _interviews(table: _Table, questions: Iterable[Question]) -> Interviews:
    return Interviews(
        interviewers=table.interviewers,
        items={q.name: [answers[q.name] for answers in table.answers] for q in questions},
        grids=[[f"{grid}{n}" for n in range(GRID)] for grid in "gh"],
        strata=table.strata,
        minutes=table.minutes,
        hasty=table.hasty,
        hours=table.hours,
        gaps=table.gaps,
        ways=table.ways,
        dont_know=frozenset({"dont_know"}),
        refused=frozenset({"refused"}),
        other=frozenset({"other"}),
    )
