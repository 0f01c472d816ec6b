"""What is wrong with a workbook → where in it, and what to do, in our words.

Each fault of the form compiler has a sentence of ours that can be translated, see
desktop.surveys.faults; its own words, which are English, are passed on only where it crashed.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from desktop.surveys.faults import CODED, MISSPELT, Fault
from desktop.surveys.messages import Message
from desktop.surveys.own_faults import CRASHED, OWN, UNKNOWN
from desktop.surveys.spoken_faults import NO_CODE, SPOKEN
from desktop.surveys.suggestions import Sheets, sharper
from desktop.surveys.texts import DRAWN_IN, language_code
from sync.errors import UserError
from sync.language import LANGUAGES

_ROW = re.compile(r"\[row : (\d+)\]|\brow(?: number)?:? ?(\d+)", re.IGNORECASE)
_SHEET = re.compile(r"[Oo]n the '(\w+)' sheet|for sheet: '(\w+)'")
_COLUMN = re.compile(r"the '([^']+)' value")
_NAME = re.compile(r"[^\W\d][\w.\-]*")
MEDIA = {"image", "big-image", "audio", "video"}  # columns
LONGEST = 200  # characters of a value that a sentence quotes


def verdicts(result: Mapping[str, Any]) -> list[Message]:
    """The messages about a workbook that could not be compiled, and what was seen in it besides."""
    sheets = sheets_of(result)
    told = [placed(_message(fault, sheets), sheets) for fault in result["faults"]]
    return [*told, *remarks(result.get("warnings", ()), sheets)]


def sheets_of(result: Mapping[str, Any]) -> Sheets:
    """The parts of a workbook that are needed to say where something is."""
    return Sheets(
        result.get("survey") or (), result.get("choices") or (), result.get("names") or ()
    )


def remarks(warnings: Iterable[Mapping[str, Any]], sheets: Sheets) -> list[Message]:
    """The messages about what the compiler only warns of."""
    told = [replace(_message(one, sheets), stops=False) for one in warnings]
    shared = {one.text.values.get("sheet") for one in told if _of_no_language(one.text)}
    return [
        placed(one, sheets)
        for one in told
        if not _needless(one.text) and not _of_pictures(one.text, shared)
    ]


def _needless(text: UserError) -> bool:
    """A language without a code that this program knows by its name."""
    languages = str(text.values.get("languages", "")).split(", ")
    return text.text == NO_CODE and all(language_code(one) in LANGUAGES for one in languages)


def _of_no_language(text: UserError) -> bool:
    """Columns without a language hold no words: pictures or sound that all languages share."""
    lacks = str(text.values.get("columns", "")).split(", ")
    return text.values.get("language") == DRAWN_IN and "label" in lacks


def _of_pictures(text: UserError, shared: set[object]) -> bool:
    """A language has no pictures of its own on one of the sheets where all share them."""
    lacks = set(str(text.values.get("columns", "")).split(", "))
    of = text.values.get("sheet") in shared and "language" in text.values
    return of and (_of_no_language(text) or lacks <= MEDIA)


def unusable_names(sheets: Sheets) -> list[Message]:
    """Names that the compiler takes, but of which no form can be made."""
    return [
        Message(UserError(OWN["name"].words, value=_short(name)), "survey", row, "name")
        for row, (_, name, _) in enumerate(sheets.survey, 2)
        if name and not _NAME.fullmatch(name)
    ]


def list_remark(told: Mapping[str, Any]) -> Message:
    """The message about a file that holds a list of the form."""
    values = told["values"]
    stops = told["code"] != "list_column"
    return Message(UserError(OWN[told["code"]].words, **values), values["file"], 1, stops=stops)


def picture_remark(told: Mapping[str, Any]) -> Message:
    """The message about a picture that is not shown, at the cell that names it."""
    values = told["values"]
    words = UserError(OWN[told["code"]].words, **values)
    return Message(words, values["sheet"], column=values["column"], stops=False)


def _message(fault: Mapping[str, Any], sheets: Sheets) -> Message:
    code, values = fault["code"], dict(fault["values"])
    text = " ".join(str(fault["text"]).split())
    if code == "crash":
        return _located(Fault(CRASHED), {"words": text, **values}, "")
    known = OWN.get(code) or CODED.get(code)
    if known is not None:
        return _located(*sharper(known, values, sheets), text)
    for pattern, spoken in SPOKEN:
        if found := pattern.search(text):
            said = {"row": _first(_ROW, text), **values, **found.groupdict(default="")}
            return _located(*sharper(spoken, said, sheets), text)
    return _located(Fault(UNKNOWN), {"words": _ROW.sub("", text, count=1).strip()}, text)


def _located(fault: Fault, values: Mapping[str, Any], text: str) -> Message:
    """Sheet, row and column: as the fault knows them, as its values say, or as the text does."""
    values = {**values, **fault.values}
    sheet = values.get("sheet") or values.get("sheet_name") or fault.sheet or _first(_SHEET, text)
    row = values.get("row") or _first(_ROW, text)
    if sheet is None and row is not None:
        sheet = "survey"
    return Message(
        UserError(fault.words, **{name: _short(value) for name, value in values.items()}),
        None if fault.words == MISSPELT else sheet,
        int(row) if row and str(row).isdecimal() else None,
        fault.column or values.get("column") or _first(_COLUMN, text),
    )


def _short(value: object) -> object:
    return f"{value[:LONGEST]}…" if isinstance(value, str) and len(value) > LONGEST else value


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    found = pattern.search(text)
    return next((group for group in found.groups() if group), None) if found else None


def placed(message: Message, sheets: Sheets) -> Message:
    """The message with the row of what it names, where it had none.

    That is a question, a type, a part of a row or a file; of a choice, its list and place in that.
    """
    named = message.text.values
    if message.row is not None:
        return message
    if message.sheet in ("settings", "entities"):
        return replace(message, row=2)
    if message.sheet == "choices" and (row := _row_of_choice(named, sheets)):
        return replace(message, row=row)
    if message.sheet not in (None, "survey"):
        return message
    for row, (type_, name, whole) in enumerate(sheets.survey, 2):
        if (name and name == named.get("name")) or (type_ and type_ == named.get("type")):
            column = "type" if type_ == named.get("type") else message.column
            return replace(message, sheet="survey", row=row, column=column)
        if (part := named.get("part")) and str(part) in whole:
            return replace(message, sheet="survey", row=row)
        if (file := named.get("file")) and (str(file) in whole or f"'{named['name']}'" in whole):
            column = "type" if str(file) in type_ else "calculation"
            return replace(message, sheet="survey", row=row, column=column)
    counted = str(named.get("name", "")).removesuffix("_count")  # the compiler adds its node
    if counted != named.get("name"):
        rows = [row for row, one in enumerate(sheets.survey, 2) if one[1] == counted]
        return replace(message, row=rows[0], column="repeat_count") if rows else message
    return message


def _row_of_choice(named: Mapping[str, object], sheets: Sheets) -> int | None:
    """The row of a choice, by its place in its list or by its name."""
    rows = [row for row, (of, _) in enumerate(sheets.choices, 2) if of == named.get("list")]
    if (place := named.get("place")) is not None:
        return rows[int(str(place))] if int(str(place)) < len(rows) else None
    wanted = named.get("choice")
    return next((row for row in rows if sheets.choices[row - 2][1] == wanted), None)
