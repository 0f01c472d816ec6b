"""What the form compiler says → where in the workbook, and what to do, in our words.

Known faults have a sentence of their own that can be translated; the compiler's own words,
which are English, are passed on for the rest.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from desktop.surveys.messages import Message
from sync.errors import UserError
from sync.language import mark

_ROW = re.compile(r"\[row : (\d+)\]|\brow(?: number)?:? ?(\d+)", re.IGNORECASE)
_SHEET = re.compile(r"'(\w+)' sheet|sheet:? '(\w+)'|\b(survey|choices|settings|entities) sheet")
_COLUMN = re.compile(r"the '([^']+)' value")

CODES = {
    "not_workbook": mark("This is not an Excel workbook. Save the form as .xlsx and try again."),
    "opendocument": mark("This is an OpenDocument file. Save the form as .xlsx and try again."),
    "damaged": mark("The workbook is damaged or has a password. Save it again and try that one."),
    "too_large": mark("The workbook is too large when unpacked, and was not opened."),
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
    "PYREF_003": mark("There is no question “{q}”. Check the name between the braces."),
    "PYREF_004": mark("The name “{q}” appears more than once, so it cannot be referred to."),
    "PYREF_001": mark("A reference is written as a name in braces after a dollar sign."),
    "NAMES_001": mark("The name “{value}” appears twice in one group. Rename one of the two."),
    "NAMES_006": mark("A choice has no name. Write one that is unique in its list."),
    "NAMES_007": mark("Two choices of one list have the same name. Rename one of them."),
    "NAMES_008": mark(
        "A name begins with a letter and has only letters, digits, _, - and points."
    ),
    "NAMES_013": mark("A sheet has a name like “{sheet}”: {candidates}. Is it misspelt?"),
    "HEADER_003": mark("The sheet lacks a column that it must have: {missing}."),
    "SURVEY_001": mark("“end {type}” has no “begin {type}” before it."),
    "SURVEY_002": mark("“begin {type}” ({name}) is never closed. Add “end {type}” after it."),
    "LABEL_001": mark("A choice has no label. Write what the interviewer reads out."),
}
PATTERNS = [  # what the compiler says without a code
    (r"'name' value '(?P<value>[^']*)' is invalid\. Questions", CODES["NAMES_001"]),
    (r"Choices must have a name", CODES["NAMES_006"]),
    (r"Choice names must be unique", CODES["NAMES_007"]),
    (r"Choices should have a label", CODES["LABEL_001"]),
    (r"Names must begin with a letter", CODES["NAMES_008"]),
    (r"Unmatched 'end_(?P<type>\w+)'", CODES["SURVEY_001"]),
    (r"Unmatched 'begin_(?P<type>\w+)'.*for the name '(?P<name>[^']*)'", CODES["SURVEY_002"]),
    (r"should be a choices sheet", mark("The workbook has no sheet “choices” for its lists.")),
    (r"Unknown question type '(?P<type>[^']*)'", mark("The question type “{type}” is not known.")),
    (r"Question with no type", mark("This question has no type. Fill in the column “type”.")),
    (r"Use the max-pixels parameter", mark("Photos are made smaller by the program itself.")),
    (r"with no name", mark("This question or group has no name. Fill in the column “name”.")),
    (
        r"List name not in (?:external )?choices sheet: (?P<list>\S*)",
        mark("The list “{list}” is not on the sheet “choices”."),
    ),
    (r"Missing calculation", mark("This row calculates, but its “calculation” is empty.")),
    (
        r"no survey|sheet named 'survey'|must have a sheet",
        mark("The workbook has no sheet “survey”. It holds the questions; name it so."),
    ),
    (r"not recognized as a supported type", CODES["damaged"]),
    (r"Duplicate column header: (?P<column>.*)", mark("The column “{column}” appears twice.")),
    (
        r"named '(?P<name>[^']*)' has no label",
        mark("The question “{name}” has no label. Write what is asked."),
    ),
]


Survey = Sequence[Sequence[str]]  # type, name and all of each row of the sheet, from row 2


def verdict(result: Mapping[str, Any]) -> Message:
    """The message about a workbook that could not be compiled."""
    text = " ".join(str(result.get("text") or "").split())
    code, values = str(result.get("code") or ""), dict(result.get("values") or {})
    survey = result.get("survey") or ()
    if code == "crash":
        template = mark("The form compiler failed at this workbook ({words}). Simplify it.")
        return Message(UserError(template, words=text))
    words = _filled(CODES[code], values) if code in CODES else _known(text)
    return placed(_located(words, text, values), survey)


def remark(warning: str, survey: Survey) -> Message:
    """The message about something that the compiler only warns of."""
    text = " ".join(warning.split())
    return placed(replace(_located(_known(text), text, {}), stops=False), survey)


def list_remark(told: Mapping[str, Any]) -> Message:
    """The message about a file that holds a list of the form."""
    values = told["values"]
    stops = told["code"] == "list"
    return Message(UserError(CODES[told["code"]], **values), values["file"], 1, stops=stops)


def placed(message: Message, survey: Survey, choices: Sequence[str] = ()) -> Message:
    """The message with the row of what it names, where it had none.

    That is a question, a type or a file; of a choice, its list and its place in that.
    """
    named = message.text.values
    if message.row is not None:
        return message
    if message.sheet in ("settings", "entities"):
        return replace(message, row=2)
    if (listed := named.get("list")) is not None:
        rows = [row for row, name in enumerate(choices, 2) if name == listed]
        place = int(str(named["place"]))
        return replace(message, row=rows[place]) if place < len(rows) else message
    if message.sheet not in (None, "survey"):
        return message
    for row, (type_, name, whole) in enumerate(survey, 2):
        if (name and name == named.get("name")) or (type_ and type_ == named.get("type")):
            column = "type" if type_ == named.get("type") else message.column
            return replace(message, sheet="survey", row=row, column=column)
        if (file := named.get("file")) and (str(file) in whole or f"'{named['name']}'" in whole):
            column = "type" if str(file) in type_ else "calculation"
            return replace(message, sheet="survey", row=row, column=column)
    return message


def _known(text: str) -> UserError:
    for pattern, template in PATTERNS:
        if found := re.search(pattern, text):
            return UserError(template, **found.groupdict(default=""))
    return UserError(mark("The form compiler says: {words}"), words=_ROW.sub("", text, 1).strip())


def _filled(template: str, values: Mapping[str, Any]) -> UserError:
    names = re.findall(r"\{(\w+)\}", template)
    return UserError(template, **{name: values.get(name, "?") for name in names})


def _located(words: UserError, text: str, values: Mapping[str, Any]) -> Message:
    row, sheet, column = (_first(pattern, text) for pattern in (_ROW, _SHEET, _COLUMN))
    sheet = str(values.get("sheet") or values.get("sheet_name") or sheet or "") or None
    if sheet is None and row is not None:
        sheet = "survey"
    return Message(words, sheet, int(row) if row else None, column)


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    found = pattern.search(text)
    return next((group for group in found.groups() if group), None) if found else None
