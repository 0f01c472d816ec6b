"""A table of population counts, checked row by row: every remark says where, and what to do.

    аудан        sex      age_group   саны
    Созақ        female   18-29       5120

One column says how many, one may name the district; each other column is called as a question of the
forms. An empty cell means all groups, so that margins may stand below each other.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice, product

from desktop.surveys.census.called import Called
from desktop.surveys.census.grid import Grid
from desktop.surveys.census.kept import FORBIDDEN
from desktop.surveys.messages import Message
from desktop.surveys.ratings.population import Groups, Population
from sync.errors import UserError
from sync.folding import fold
from sync.language import LANGUAGES, counted, mark
from sync.places import Pack

DISTRICT = ("district", "аудан", "район", "аудан/қала", "район/город", "kato", "като")
COUNT = ("count", "саны", "халық саны", "численность", "количество", "population")
ALIASES = {  # what tables of the statistics office call the questions of our forms
    "sex": ("жынысы", "жыныс", "пол"),
    "age_group": ("жасы", "жас", "жас тобы", "возраст", "возрастная группа", "age group"),
}
SORTS = ("ауданы", "аудан", "қаласы", "қала", "район", "город", "г", "district", "city", "town")
BLANKS = re.compile(r"[\s\u00a0\u202f]+")
NUMBER = re.compile(r"\d{1,9}([.,]0+)?", re.ASCII)
HEADS = {  # of an empty table, in the language of who asks for it; each is known again
    DISTRICT[0]: mark("district"),
    "sex": mark("sex"),
    "age_group": mark("age group"),
    COUNT[0]: mark("count"),
}
UNEQUAL = 0.01  # part by which two margins of a district may differ
MOST_TOLD = 20  # remarks; of more it is said that there are more

EMPTY = mark("The table is empty. Its first row names the columns, each further one is a count.")
NO_COUNT = mark(
    "No column says how many people there are. Call it “count”, “саны” or “численность”."
)
UNNAMED = mark("This column has no name. Write the name of the question above it, or empty it.")
TWICE_NAMED = mark("Two columns are called “{name}”. Leave one of them.")
SIGNS = mark("“{found}” has one of the signs | and =, which counts are kept with. Leave it out.")
NO_DISTRICT = mark(
    "“{found}” is no district of this region. Write its name as the program does, or its KATO code."
)
LACKS_DISTRICT = mark(
    "The district is missing here. Write it in each row, or take the column out."
)
NO_NUMBER = mark("“{found}” is no whole number from 0 up. Write how many people there are.")
TWICE = mark("The same people are counted in row {row} already. Leave one of the two.")
LACKING = mark(
    "In “{place}” the count of “{groups}” is missing. Add a row for it, with 0 if nobody lives there."
)
APART = mark(
    "In “{place}” the counts by “{one}” add up to {sum}, those by “{other}” to {total}: they cannot be "
    "of the same people. Take both from one source and one day."
)
NOBODY = mark(
    "In “{place}” nobody lives by these counts. Leave the district out, or put its counts right."
)
MORE = mark("There are more remarks. Put these right first.")
WHOLE_REGION = mark("The whole region")

Call = Callable[[tuple[str, ...]], Called]  # names of questions → as people call them


@dataclass(frozen=True)
class Checked:
    """A table that was read: the counts, unless something stops them, and what is to be said."""

    population: Population | None
    messages: tuple[Message, ...]


@dataclass(frozen=True)
class _Columns:
    count: int
    district: int | None
    groups: Mapping[int, str]  # {place: name of the question}
    codes: Mapping[str, str]  # {name of a district, bare: its code}


@dataclass(frozen=True)
class _Head:
    row: int
    names: Sequence[str]


def by_names(questions: tuple[str, ...]) -> Called:
    """Questions that no form is at hand for."""
    return Called(questions, {})


def check(grid: Grid, pack: Pack, call: Call = by_names) -> Checked:
    """The counts of a table. What is wrong with it is told, never raised; `call` says how questions
    are called in that."""
    messages: list[Message] = []
    if len(grid.rows) < 2:
        return Checked(None, (Message(UserError(EMPTY), grid.sheet),))
    (row, names), *rows = grid.rows.items()
    head = _Head(row, names)
    columns = _columns(head, [cells for _, cells in rows], grid.sheet, messages, pack)
    if columns is None:
        return Checked(None, tuple(messages))
    counts: dict[tuple[str, Groups], float] = {}
    seen: dict[tuple[str, Groups], int] = {}
    for at, cells in rows:
        found = list(_row(at, cells, head, columns, grid.sheet))
        wrong = [one for one in found if isinstance(one, Message)]
        messages += wrong
        for one in found:
            if not isinstance(one, Message):
                key, count = one
                if key in seen:
                    text = UserError(TWICE, row=seen[key])
                    messages.append(Message(text, grid.sheet, at))
                seen.setdefault(key, at)
                counts.setdefault(key, count)
    population = Population(tuple(columns.groups.values()), counts)
    if not messages:
        told = islice(_whole(population, pack, call), MOST_TOLD + 1)
        messages += (Message(text, grid.sheet) for text in told)
    if len(messages) > MOST_TOLD:
        messages[MOST_TOLD:] = [Message(UserError(MORE), grid.sheet)]
    return Checked(None if messages else population, tuple(messages))


def _columns(
    head: _Head,
    rows: Sequence[Sequence[str]],
    sheet: str | None,
    messages: list[Message],
    pack: Pack,
) -> _Columns | None:
    """Which column is which; None where that cannot be told, with what to do about it."""
    places: dict[str, int] = {}
    for at, said in enumerate(head.names):
        name = _known(said)
        if not name:
            if any(at < len(cells) and cells[at] for cells in rows):
                messages.append(Message(UserError(UNNAMED), sheet, head.row, _letter(at)))
        elif FORBIDDEN.search(name):
            messages.append(Message(UserError(SIGNS, found=name), sheet, head.row, said))
        elif name in places:
            messages.append(Message(UserError(TWICE_NAMED, name=said), sheet, head.row, said))
        else:
            places[name] = at
    if COUNT[0] not in places:
        messages.append(Message(UserError(NO_COUNT), sheet, head.row))
    if messages:
        return None
    own = {places[name]: name for name in places if name not in (COUNT[0], DISTRICT[0])}
    return _Columns(places[COUNT[0]], places.get(DISTRICT[0]), own, _district_names(pack))


def _known(said: str) -> str:
    """The name of a column, whichever language it is in."""
    folded = fold(said)
    for name, words in ((DISTRICT[0], DISTRICT), (COUNT[0], COUNT), *ALIASES.items()):
        if folded in map(fold, (name, *words)):
            return name
    return said


def _row(
    at: int,
    cells: Sequence[str],
    head: _Head,
    columns: _Columns,
    sheet: str | None,
) -> Iterator[Message | tuple[tuple[str, Groups], float]]:
    def cell(place: int) -> str:
        return cells[place] if place < len(cells) else ""

    def wrong(place: int, text: str, **values: str) -> Message:
        return Message(UserError(text, **values), sheet, at, head.names[place])

    faults: list[Message] = []
    district = ""
    if columns.district is not None:
        said = cell(columns.district)
        district = columns.codes.get(_bare(said), "")
        if not said:
            faults.append(wrong(columns.district, LACKS_DISTRICT))
        elif not district:
            faults.append(wrong(columns.district, NO_DISTRICT, found=said))
    faults += (
        wrong(place, SIGNS, found=cell(place))
        for place in columns.groups
        if FORBIDDEN.search(cell(place))
    )
    number = BLANKS.sub("", cell(columns.count))
    if not NUMBER.fullmatch(number):
        faults.append(wrong(columns.count, NO_NUMBER, found=cell(columns.count)))
    yield from faults
    if not faults:
        groups = tuple(cell(place) for place in columns.groups)
        yield (district, groups), float(number.replace(",", "."))


def _district_names(pack: Pack) -> dict[str, str]:
    """{code or name of a district, in any language, with or without «ауданы»: its code}."""
    found: dict[str, set[str]] = defaultdict(set)
    for code, one in pack.districts.items():
        for name in {code, *one.names.values(), *map(one.words, LANGUAGES)}:
            found[_bare(name)].add(code)
    return {name: min(codes) for name, codes in found.items() if name and len(codes) == 1}


def _bare(name: str) -> str:
    """A name without the word for what it is."""
    return " ".join(word for word in fold(name).split() if word.rstrip(".") not in _sorts())


@cache
def _sorts() -> frozenset[str]:
    return frozenset(map(fold, SORTS))


def _whole(population: Population, pack: Pack, call: Call) -> Iterator[UserError]:
    """What only the whole table tells: groups that are missing, margins that do not agree."""
    values = [population.values(at) for at in range(len(population.questions))]
    for district in dict.fromkeys(district for district, _ in population.counts):
        own = {g: n for (where, g), n in population.counts.items() if where == district}
        place = _Place(district, pack)
        if not any(own.values()):
            yield UserError(NOBODY, place=place)
            continue
        sums: dict[tuple[bool, ...], float] = {}
        for groups, count in own.items():
            pattern = tuple(map(bool, groups))
            sums[pattern] = sums.get(pattern, 0) + count
        for pattern in sums:
            for groups in product(
                *(v if on else [""] for v, on in zip(values, pattern, strict=True))
            ):
                if groups not in own:
                    yield UserError(LACKING, place=place, groups=" · ".join(filter(None, groups)))
        (first, total), *others = sums.items()
        for pattern, number in others:
            if abs(number - total) > UNEQUAL * max(total, number):
                one, other = (call(_names(population, by)) for by in (first, pattern))
                yield UserError(
                    APART, place=place, one=one, sum=counted(round(total)),
                    other=other, total=counted(round(number)),
                )  # fmt: skip


def _names(population: Population, pattern: Sequence[bool]) -> tuple[str, ...]:
    return tuple(name for name, on in zip(population.questions, pattern, strict=True) if on)


def _letter(at: int) -> str:
    """The column as a spreadsheet calls it."""
    return chr(ord("A") + at) if at < 26 else f"A{chr(ord('A') + at - 26)}"


@dataclass(frozen=True)
class _Place:
    """A district in the language of the sentence it stands in."""

    code: str
    pack: Pack

    def words(self, language: str | None = None) -> str:
        if not self.code:
            return UserError(WHOLE_REGION).words(language)
        return self.pack.full_name(self.code, language)
