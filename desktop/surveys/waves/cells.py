"""The cells of a wave as people see them: how many are planned, how many are there, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desktop.surveys.crowds import GROUPS, KNOWN
from desktop.surveys.form import Form
from desktop.surveys.questions import questions
from sync import quotas
from sync.places import Pack
from sync.quotas import FIELDS, Cell, Design
from sync.records.survey import Wave

# Names of questions that make cells: what neighbours know, but not of whose people somebody is, what
# they believe, or a day by which they are known.
NAMES = (KNOWN | {*GROUPS}) - {
    *("ethnicity", "language", "nationality", "religion"),
    *("birth_date", "date_of_birth"),
}
RANGE = "–"  # between numbers, as it is printed


@dataclass(frozen=True)
class CellState:
    """One cell: `planned` is None where nobody said a number, `done` is all that is known of."""

    cell: Cell
    planned: int | None
    done: int
    here: int = 0  # of them, on this laptop

    @property
    def lacks(self) -> int:
        """How many are still to be asked; 0 where nobody said how many."""
        return max((self.planned or 0) - self.done, 0)

    @property
    def full(self) -> bool:
        """Whether no more are wanted here."""
        return self.planned is not None and self.done >= self.planned


def design_of(wave: Wave | None) -> Design:
    """What makes the cells of a wave as it lies on this laptop.

    By nothing that people think, whatever the record says: how many are in a cell is told, after each
    interview if need be.
    """
    fields = {name: getattr(wave, name, None) for name in FIELDS}
    lines = [one for one in fields["groups"] or [] if makes_cells(one.partition("=")[0].strip())]
    return quotas.read({**fields, "groups": lines})


def makes_cells(path: str) -> bool:
    """Whether the answers to a question may make cells: by its name what neighbours know."""
    return "[" not in path and path.rpartition("/")[2].lower() in NAMES


def lay_out(
    design: Design, district: str, done: Mapping[str, int], here: Mapping[str, int], pack: Pack
) -> tuple[CellState, ...]:
    """The cells of a district, those that lack most first.

    {key of a cell: interviews}: `done` of everybody, `here` of this laptop.
    """
    found = [
        CellState(cell, design.planned(cell, pack), done.get(cell.key, 0), here.get(cell.key, 0))
        for cell in design.cells(district, pack)
    ]
    return tuple(sorted(found, key=lambda one: (-one.lacks, one.full, _share(one))))


def group_words(form: Form, design: Design, language: str | None = None) -> dict[str, str]:
    """{line of a group: its name}: the labels of choices, and numbers as they are written."""
    labels = {
        (one.path, value): label.words(language)
        for one in questions(form)
        if one.path in design.groups
        for value, label in one.choices
    }
    return {
        quotas.group_line(path, group): _words(path, group, labels)
        for path, groups in design.groups.items()
        for group in groups
    }


def cell_words(
    cell: Cell, design: Design, words: Mapping[str, str], pack: Pack, *, place: bool = True
) -> str:
    """«Ақдала ауылдық округі · 18–29 · Әйел»; without `place` the groups alone."""
    lines = map(quotas.group_line, design.groups, cell.groups)
    groups = [words.get(line, line.partition("=")[2]) for line in lines]
    return " · ".join(([place_words(cell.place, pack)] if place or not groups else []) + groups)


def place_words(code: str, pack: Pack) -> str:
    """The name of an okrug or district, without what it lies in."""
    found = pack.okrug(code) or pack.district(code)
    return found.words() if found else code


def _words(path: str, group: str, labels: Mapping[tuple[str, str], str]) -> str:
    found = [labels.get((path, one), "") for one in group.split()]
    if all(found):
        return ", ".join(found)
    return group.replace("-", RANGE) if quotas.NUMBERS.fullmatch(group) else group


def _share(state: CellState) -> float:
    return state.done / state.planned if state.planned else 1.0


def total(states: Iterable[CellState]) -> tuple[int, int]:
    """(done in all cells that have a number, planned in them); what is over in one fills no other."""
    planned = [(min(one.done, one.planned), one.planned) for one in states if one.planned]
    return sum(done for done, _ in planned), sum(number for _, number in planned)
