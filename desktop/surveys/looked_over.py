"""A workbook before it is compiled: what its author will have meant, in the compiler's process.

The compiler leaves a column out that it does not know, and stops at the first type of question that
it does not know. Here all of them are found, as faults like those of desktop.surveys.diagnosis.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pyxform import aliases, xls2json  # type: ignore[import-untyped]  # it has no types
from pyxform.constants import EXTERNAL_INSTANCE_EXTENSIONS  # type: ignore[import-untyped]
from pyxform.parsing.sheet_headers import process_header  # type: ignore[import-untyped]
from pyxform.question import MultipleChoiceQuestion, Option  # type: ignore[import-untyped]
from pyxform.question_type_dictionary import QUESTION_TYPE_DICT  # type: ignore[import-untyped]
from pyxform.survey import Survey  # type: ignore[import-untyped]

from desktop.surveys.likeness import folded, nearest
from desktop.surveys.other_words import COLUMNS, DIALECT_TYPES, INSTEAD_OF, TYPES
from desktop.surveys.texts import language_of_name
from sync.language import LANGUAGES

Fault = dict[str, object]
Rows = Sequence[Mapping[str, object]]
OLD = {"constraint_message", "required_message", "repeat_count", "relevance"}
SHEETS = {
    "survey": (aliases.survey_header, set(MultipleChoiceQuestion.get_slot_names()), OLD),
    "choices": (aliases.list_header, set(Option.get_slot_names()), {"list_name"}),
    "settings": (aliases.settings_header, set(Survey.get_slot_names()), {"instance_id"}),
}
USUAL = {
    *("type", "name", "label", "hint", "relevant", "required", "constraint", "calculation"),
    *("constraint_message", "required_message", "choice_filter", "appearance", "default"),
    *("read_only", "repeat_count", "parameters", "trigger", "guidance_hint"),
}
SETTINGS = {"form_title", "form_id", "version", "default_language", "style", "instance_name"}
OFFERED = {"survey": USUAL, "choices": {"list_name", "name", "label"}, "settings": SETTINGS}
PLAIN_TYPES = (
    *("text", "integer", "decimal", "date", "time", "dateTime", "note", "calculate", "image"),
    *("geopoint", "acknowledge", "hidden", "range", "audio", "video", "file", "barcode", "today"),
    *("begin_group", "end_group", "begin_repeat", "end_repeat"),
)
SELECTS = ("select_one", "select_multiple", "rank")
LABEL = re.compile(r"(label|hint)s?[\s_:.\-]*[(\[]?([^\W\d_]{2,})[)\]]?", re.I)
ERRORS = re.compile(r"#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NULL!|NUM!)")


def remarks_on(book: Any) -> list[Fault]:
    """What is told of a workbook beside what the compiler says; nothing of it stops a form."""
    return [*_columns(book), *_cells(book), *_nothing_asked(book)]


def _columns(book: Any) -> Iterator[Fault]:
    """Columns that nobody knows, and what they may be meant as."""
    for sheet, (known, slots, more) in SHEETS.items():
        header = [name for row in getattr(book, f"{sheet}_header") or () for name in row]
        names = slots | {_first(one) for one in known.values()}
        parts = {name: _parts(name, header, known, slots)[0] for name in header}
        for name in header:
            if parts[name] in names | more or str(name).startswith("_"):
                continue
            meant = meant_column(str(name), OFFERED[sheet])
            if meant and meant.partition("::")[0] not in set(parts.values()) | set(header):
                values = {"sheet": sheet, "row": "1", "column": name, "near": meant}
                yield {"code": "column", "values": values, "text": ""}


def _parts(
    name: str, header: Sequence[str], known: Mapping[str, object], slots: set[str]
) -> tuple[str, ...]:
    double = any("::" in one for one in header)
    found: tuple[str, ...] = process_header(name, double, known, slots)[1]
    return found


def _first(alias: object) -> str:
    return str(alias[0] if isinstance(alias, tuple) else alias)


def meant_column(name: str, offered: set[str]) -> str | None:
    """What a column is probably meant as: `lable`, `Подсказка`, `label_kk`."""
    first, _, language = name.partition("::")
    if found := LABEL.fullmatch(name):
        code = language_of_name(found[2])
        if code in LANGUAGES:
            return f"{found[1].lower()}::{LANGUAGES[code]} ({code})"
    meant = COLUMNS.get(first.strip().lower()) or nearest(first, offered)
    if meant not in offered:
        return None
    return f"{meant}::{language}" if language else meant


def _cells(book: Any) -> Iterator[Fault]:
    """Cells in which Excel shows an error instead of a text."""
    for sheet in ("survey", "choices"):
        for row, cells in enumerate(getattr(book, sheet) or (), 2):
            for column, text in cells.items():
                if ERRORS.fullmatch(str(text).strip()):
                    values = {"sheet": sheet, "row": row, "column": column, "found": text}
                    yield {"code": "excel_error", "values": values, "text": ""}


def _nothing_asked(book: Any) -> Iterator[Fault]:
    names = {str(name).lower() for row in book.survey_header or () for name in row}
    if "type" in names and not any(row.get("type") for row in _lower(book.survey or ())):
        yield {"code": "no_questions", "values": {"sheet": "survey"}, "text": ""}


def _lower(rows: Rows) -> Iterator[Mapping[str, object]]:
    for row in rows:
        yield {str(name).lower(): at for name, at in row.items()}


def unknown_types(book: Any) -> list[Fault]:
    """Each type of question that the compiler does not know, with what may be meant."""
    named = (row.get("list_name", row.get("list name", "")) for row in book.choices or ())
    lists = [str(one) for one in dict.fromkeys(named) if one]
    found: list[Fault] = []
    for number, row in enumerate(_lower(book.survey or ()), 2):
        kind = " ".join(str(row.get("type", row.get("command", ""))).split())
        if kind and not _known(kind):
            found.append(_unknown(kind, number, lists))
    return found


def _known(kind: str) -> bool:
    return (
        kind in QUESTION_TYPE_DICT
        or kind in aliases.settings_header
        or kind in ("audit", "group", "repeat", "survey", "include", "loop")
        or any(
            pattern.search(kind)
            for pattern in (
                *(xls2json.RE_BEGIN_CONTROL, xls2json.RE_END_CONTROL),
                *(xls2json.RE_SELECT, xls2json.RE_OSM),
            )
        )
    )


def _unknown(kind: str, row: int, lists: Sequence[str]) -> Fault:
    place: dict[str, object] = {"sheet": "survey", "row": row, "column": "type", "type": kind}
    dialect = next((name for name, types in DIALECT_TYPES.items() if kind.lower() in types), None)
    if dialect is not None:
        instead = INSTEAD_OF.get(kind.lower())
        code = "type_of_dialect" if instead is None else "type_of_dialect_instead"
        return {"code": code, "values": {**place, "dialect": dialect, "near": instead}, "text": ""}
    near = meant_type(kind, lists)
    code = "type" if near is None else "type_meant"
    return {"code": code, "values": {**place, "near": near}, "text": ""}


def meant_type(kind: str, lists: Sequence[str]) -> str | None:
    """What a type is probably meant as: `Текст`, `selectone yn`, a Cyrillic `tехt`."""
    first, _, rest = kind.partition(" ")
    found = TYPES.get(kind.lower()) or TYPES.get(folded(kind)) or TYPES.get(first.lower())
    if found and not (rest and found.startswith(SELECTS)):
        return found.replace("…", lists[0]) if lists and "csv" not in found else found
    for one in lists:
        command = nearest(kind.removesuffix(one).strip(" _-"), SELECTS)
        if command and kind.endswith(one):
            return f"{command} {one}"
    if rest and (command := nearest(first, SELECTS)):
        return f"{command} {rest}"
    if kind.endswith(tuple(EXTERNAL_INSTANCE_EXTENSIONS)):
        return f"select_one_from_file {kind.split()[-1]}"
    return nearest(kind.replace(" ", "_"), PLAIN_TYPES)
