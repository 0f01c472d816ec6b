"""A report in words and as a table: the same on the screen, in a file, in a command."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from desktop.actions.figures import Answer, Line
from desktop.exports.tables import Cell, Column
from desktop.figures.crowds import LEAST, held_back
from desktop.figures.declared import OKRUG, VILLAGE, Figure, Shape
from desktop.figures.sums import FEW, Difference, Value, difference
from sync.language import spoken, tr
from sync.money import grouped
from sync.places import Pack

MINUS, NOTHING = "−", "—"
DIGITS = {Shape.SHARE: 1, Shape.DAYS: 1}  # after the sign; the others are whole
MILLION = 1_000_000


def for_outside(answer: Answer, pack: Pack) -> Answer:
    """What may leave the program: without numbers of a few people in one village or okrug."""
    if not is_narrow(answer, pack):
        return answer
    report, lines = answer.report, answer.lines
    now = held_back(report, [line.now for line in lines])
    before = held_back(report, [line.before for line in lines])
    earlier = held_back(report, [line.earlier for line in lines])
    told = zip(lines, now, before, earlier, strict=True)
    kept = (replace(line, now=a, before=b, earlier=c) for line, a, b, c in told)
    return replace(answer, lines=tuple(kept))


def is_narrow(answer: Answer, pack: Pack) -> bool:
    """Whether its lines are about people in one okrug or village."""
    place = answer.question.place
    small = bool(place) and place not in pack.districts
    return answer.report.people and (small or answer.grouping in (OKRUG, VILLAGE))


def value_words(one: Figure, value: Value) -> str:
    """«148 600 000», «65,0», «05.11.2026»; a dash where there is nothing to tell."""
    if value is None:
        return NOTHING
    if value == FEW:
        return tr("fewer than {n}", n=LEAST)
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    assert not isinstance(value, str)
    return number_words(value, DIGITS.get(one.shape, 0))


def short_words(one: Figure, value: Value) -> str:
    """The same where there is little room: money in millions."""
    if one.shape is Shape.MONEY and isinstance(value, int | float) and abs(value) >= MILLION:
        return tr("{n} m", n=number_words(value / MILLION, 1))
    return value_words(one, value)


def change_words(one: Figure, now: Value, before: Value) -> str:
    """«+12 (+8,0 %)»; of shares in points; nothing where it is not compared."""
    found = difference(one, now, before)
    return NOTHING if found is None else difference_words(one, found)


def difference_words(one: Figure, found: Difference) -> str:
    """What became of a figure."""
    if one.shape is Shape.MONEY and abs(found.by) >= MILLION:
        said = tr("{n} m", n=number_words(found.by / MILLION, 1, signed=True))
    else:
        said = number_words(found.by, DIGITS.get(one.shape, 0), signed=True)
    if one.shape is Shape.SHARE:
        return tr("{n} points", n=said)
    if found.percent is None or not found.by:
        return said
    return f"{said} ({number_words(found.percent, 0, signed=True)}\u00a0%)"


def number_words(value: float, digits: int, *, signed: bool = False) -> str:
    """With the decimal sign of the language, and whole numbers in groups of three."""
    rounded = round(abs(value), digits)
    whole, _, rest = f"{rounded:.{digits}f}".partition(".")
    said = grouped(int(whole)) + (f"{'.' if spoken() == 'en' else ','}{rest}" if rest else "")
    if value < 0 and rounded:
        return f"{MINUS}{said}"
    return f"+{said}" if signed and rounded else said


def spoken_line(answer: Answer, line: Line) -> str:
    """A line in one sentence, for who does not see it."""
    said = []
    for one in answer.report.figures:
        words = f"{tr(one.label)}: {value_words(one, line.now[one.name])}"
        if difference(one, line.now[one.name], line.before[one.name]) is not None:
            change = change_words(one, line.now[one.name], line.before[one.name])
            words = tr("{figure}, change {change}", figure=words, change=change)
        said.append(words)
    return f"{line.name}. {'; '.join(said)}"


def columns(answer: Answer) -> list[Column]:
    """Of a table for who reckons: each figure, and beside it what it was, and what became of it."""
    found = [Column(tr(answer.grouping.label), 40)]
    for one in answer.report.figures:
        label, digits = tr(one.label), DIGITS.get(one.shape)
        found.append(Column(label, 14, digits))
        if one.compared:
            found += [Column(f"{label}: {words}", 14, places) for words, places in _beside(digits)]
    return found


def cells(answer: Answer, line: Line) -> list[Cell]:
    """A line of that table: numbers, and words where a number stays inside."""
    found: list[Cell] = [line.name]
    for one in answer.report.figures:
        now = line.now[one.name]
        found.append(_cell(one, now))
        if one.compared:
            for value in (line.before[one.name], line.earlier[one.name]):
                change = difference(one, now, value)
                found.append(_cell(one, value))
                found.append(_rounded(one, change.by) if change else None)
                percent = change.percent if change else None
                found.append(None if percent is None else round(percent, 1))
    return found


def notes(answer: Answer) -> Iterator[str]:
    """What must be known of the figures, in sentences."""
    yield from map(tr, answer.report.notes)
    days = answer.question.period
    if days.first <= answer.today < days.last:
        yield tr("The period still runs: the other ones are counted up to the same day.")
    if any(one.shape in (Shape.SHARE, Shape.DAYS) for one in answer.report.figures):
        yield tr("A percent or a median of fewer than ten is not told.")
    if any(FEW in line.now.values() for line in answer.lines):
        yield tr(
            "Of one village or okrug, fewer than {n} people are not told, nor what they could be "
            "reckoned from.",
            n=LEAST,
        )


def _beside(digits: int | None) -> Iterator[tuple[str, int | None]]:
    for when in (tr("period before"), tr("a year earlier")):
        yield when, digits
        yield tr("{when}, difference", when=when), digits
        yield tr("{when}, %", when=when), 1


def _cell(one: Figure, value: Value) -> Cell:
    if isinstance(value, str):
        return value_words(one, value)
    return _rounded(one, value) if isinstance(value, int | float) else value


def _rounded(one: Figure, value: float) -> float | int:
    return round(value, DIGITS[one.shape]) if one.shape in DIGITS else int(value)
