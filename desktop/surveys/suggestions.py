"""A fault of a workbook → the same fault with what its author probably meant."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.surveys.faults import CODED, NAME, NO_QUESTION, NOT_BEGUN, Fault
from desktop.surveys.likeness import alike, nearest
from desktop.surveys.own_faults import OWN
from desktop.surveys.spoken_faults import NO_LISTS, NO_SURVEY, NOT_LISTED

_BEGIN = re.compile(r"begin[_ ](group|repeat|loop)", re.I)
_END = re.compile(r"end[_ ](group|repeat|loop)", re.I)
_BLANKS = re.compile(r"\$\{\s+([^\s}]+)\s*\}|\$\{([^\s}]+)\s+\}")
Values = Mapping[str, Any]
Better = tuple[Fault, dict[str, Any]] | None


@dataclass(frozen=True)
class Sheets:
    """What is known of a workbook when its faults are told.

    `survey` has type, name and all of each row from row 2 on, `choices` list and name.
    """

    survey: Sequence[Sequence[str]] = ()
    choices: Sequence[Sequence[str]] = ()
    names: Sequence[str] = ()

    def has(self, name: str) -> bool:
        """Whether there is a sheet of this name."""
        return any(one.strip().lower() == name for one in self.names)


def sharper(fault: Fault, values: Values, sheets: Sheets) -> tuple[Fault, dict[str, Any]]:
    """The fault itself, or a better one, with its values."""
    better = BETTER.get(fault.words, _as_it_is)(values, sheets)
    return (fault, dict(values)) if better is None else (better[0], {**values, **better[1]})


def _as_it_is(values: Values, sheets: Sheets) -> Better:
    return None


def _question(values: Values, sheets: Sheets) -> Better:
    names = [name for _, name, _ in sheets.survey]
    wanted = str(values.get("q", ""))
    if found := alike(wanted, names):
        return OWN["alike"], {"near_row": names.index(found) + 2}
    if found := nearest(wanted, names):
        return OWN["near"], {"near": found}
    return None


def _name(values: Values, sheets: Sheets) -> Better:
    if values.get("sheet") == "settings":
        return Fault(NAME), {"row": 2}  # the compiler says 1
    place = int(values["row"]) - 2 if str(values.get("row")).isdecimal() else -1
    if values.get("column") != "name" or not 0 <= place < len(sheets.survey):
        return None
    return OWN["name"], {"value": sheets.survey[place][1]}


def _blanks(values: Values, sheets: Sheets) -> Better:
    row = str(values.get("row"))
    place = int(row) - 2 if row.isdecimal() else -1
    whole = sheets.survey[place][2] if 0 <= place < len(sheets.survey) else ""
    found = _BLANKS.search(whole)
    return None if found is None else (OWN["blanks"], {"q": found[1] or found[2]})


def _survey(values: Values, sheets: Sheets) -> Better:
    if sheets.has("survey"):
        return OWN["no_head"], {"sheet": "survey"}
    return Fault(NO_SURVEY), {"names": ", ".join(f"“{name}”" for name in sheets.names[:9])}


def _lists(values: Values, sheets: Sheets) -> Better:
    return (OWN["no_lists"], {"sheet": "choices"}) if sheets.has("choices") else None


def _list(values: Values, sheets: Sheets) -> Better:
    lists = [name for name, _ in sheets.choices]
    wanted = str(values.get("list", ""))
    if alike(wanted, lists):
        return OWN["list_alike"], {}
    if found := nearest(wanted, lists):
        return OWN["list_near"], {"near": found}
    return None


def _end(values: Values, sheets: Sheets) -> Better:
    began: list[tuple[int, str]] = []
    for row, (type_, *_) in enumerate(sheets.survey, 2):
        if str(row) == str(values.get("row")):
            break
        if found := _BEGIN.match(type_.strip()):
            began.append((row, found[1].lower()))
        elif _END.match(type_.strip()) and began:
            began.pop()
    if not began:
        return None
    return OWN["not_closed_so"], {"open_row": began[-1][0], "open_type": began[-1][1]}


BETTER: dict[str, Callable[[Values, Sheets], Better]] = {
    NAME: _name,
    NO_QUESTION: _question,
    CODED["PYREF_001"].words: _blanks,
    NO_SURVEY: _survey,
    NO_LISTS: _lists,
    NOT_LISTED: _list,
    NOT_BEGUN: _end,
}
