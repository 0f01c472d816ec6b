"""What is wrong with a workbook → where in it, and what to do, in our words.

Each fault of the form compiler has a sentence of ours that can be translated, see
desktop.surveys.faults; its own words, which are English, are passed on only where it crashed.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from desktop.surveys.faults import CODED, DAMAGED, SPOKEN, Fault
from desktop.surveys.messages import Message
from sync.errors import UserError
from sync.language import mark

_ROW = re.compile(r"\[row : (\d+)\]|\brow(?: number)?:? ?(\d+)", re.IGNORECASE)
_SHEET = re.compile(r"[Oo]n the '(\w+)' sheet|for sheet: '(\w+)'")
_COLUMN = re.compile(r"the '([^']+)' value")

TOO_LARGE = mark("The workbook is too large when unpacked, and was not opened.")
OF_FILES = {
    "empty": mark("The file is empty. Save the form again and try that one."),
    "not_workbook": mark(
        "This is not an Excel workbook. Open it in Excel, save it as “Excel workbook (.xlsx)” and "
        "try that one."
    ),
    "opendocument": mark("This is an OpenDocument file. Save the form as .xlsx and try again."),
    "locked": mark(
        "The workbook has a password. In Excel, take it away in File → Info → Protect workbook, "
        "save, and try again."
    ),
    "one_sheet": mark(
        "This is one sheet of a form, saved as CSV. Save the whole workbook as .xlsx instead."
    ),
    "damaged": DAMAGED,
    "too_large": TOO_LARGE,
    "entities": mark(
        "The workbook declares XML entities. No spreadsheet does; it was not opened."
    ),
    "list": mark(
        "The list in “{file}” cannot be read. It must be CSV, GeoJSON or XML in UTF-8, up to 5 MB."
    ),
    "list_column": mark(
        "The column “{column}” of “{file}” is left out: its name is no name in a form."
    ),
    "nested": mark("More than {most} groups stand within each other here. Use fewer."),
}
CRASHED = mark(
    "The form compiler failed at this workbook ({words}). Write what is here more simply."
)
UNKNOWN = mark("The form compiler says: {words}")

Survey = Sequence[Sequence[str]]  # type, name and all of each row of the sheet, from row 2
Choices = Sequence[Sequence[str]]  # list and name of each row, likewise


def verdicts(result: Mapping[str, Any]) -> list[Message]:
    """The messages about a workbook that could not be compiled."""
    survey, choices = result.get("survey") or (), result.get("choices") or ()
    return [placed(_message(fault), survey, choices) for fault in result["faults"]]


def remarks(warnings: Iterable[Mapping[str, Any]], survey: Survey) -> list[Message]:
    """The messages about what the compiler only warns of."""
    return [placed(replace(_message(one), stops=False), survey) for one in warnings]


def list_remark(told: Mapping[str, Any]) -> Message:
    """The message about a file that holds a list of the form."""
    values = told["values"]
    stops = told["code"] == "list"
    return Message(UserError(OF_FILES[told["code"]], **values), values["file"], 1, stops=stops)


def _message(fault: Mapping[str, Any]) -> Message:
    code, values = fault["code"], dict(fault["values"])
    text = " ".join(str(fault["text"]).split())
    if code in OF_FILES:
        return _located(Fault(OF_FILES[code]), values, text)
    if code in CODED:
        return _located(CODED[code], values, text)
    if code == "crash":
        return _located(Fault(CRASHED), {"words": text, **values}, "")
    for pattern, known in SPOKEN:
        if found := pattern.search(text):
            return _located(known, found.groupdict(default=""), text)
    return _located(Fault(UNKNOWN), {"words": _ROW.sub("", text, count=1).strip()}, text)


def _located(fault: Fault, values: Mapping[str, Any], text: str) -> Message:
    """Sheet, row and column: as the fault knows them, as its values say, or as the text does."""
    values = {**fault.values, **values}
    sheet = values.get("sheet") or values.get("sheet_name") or fault.sheet or _first(_SHEET, text)
    row = values.get("row") or _first(_ROW, text)
    if sheet is None and row is not None:
        sheet = "survey"
    return Message(
        UserError(fault.words, **values),
        sheet,
        int(row) if row and str(row).isdecimal() else None,
        fault.column or values.get("column") or _first(_COLUMN, text),
    )


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    found = pattern.search(text)
    return next((group for group in found.groups() if group), None) if found else None


def placed(message: Message, survey: Survey, choices: Choices = ()) -> Message:
    """The message with the row of what it names, where it had none.

    That is a question, a type, a part of a row or a file; of a choice, its list and place in that.
    """
    named = message.text.values
    if message.row is not None:
        return message
    if message.sheet in ("settings", "entities"):
        return replace(message, row=2)
    if message.sheet == "choices" and (row := _row_of_choice(named, choices)):
        return replace(message, row=row)
    if message.sheet not in (None, "survey"):
        return message
    for row, (type_, name, whole) in enumerate(survey, 2):
        if (name and name == named.get("name")) or (type_ and type_ == named.get("type")):
            column = "type" if type_ == named.get("type") else message.column
            return replace(message, sheet="survey", row=row, column=column)
        if (part := named.get("part")) and str(part) in whole:
            return replace(message, sheet="survey", row=row)
        if (file := named.get("file")) and (str(file) in whole or f"'{named['name']}'" in whole):
            column = "type" if str(file) in type_ else "calculation"
            return replace(message, sheet="survey", row=row, column=column)
    return message


def _row_of_choice(named: Mapping[str, object], choices: Choices) -> int | None:
    """The row of a choice, by its place in its list or by its name."""
    rows = [row for row, (of, _) in enumerate(choices, 2) if of == named.get("list")]
    if (place := named.get("place")) is not None:
        return rows[int(str(place))] if int(str(place)) < len(rows) else None
    wanted = named.get("choice")
    return next((row for row in rows if choices[row - 2][1] == wanted), None)
