"""The process that reads a form which nobody vouches for: an XLSForm is made an XForm.

    python -m desktop.surveys.compiler WORKBOOK RESULT

It limits its own memory, time and output before it opens the file, and writes one JSON document:
`{"xform", "warnings", "lists", "pictures"}`, or `{"faults"}`; each of these is `{"code", "values", "text"}`, see
desktop.surveys.diagnosis. It never asks anything.
What it made it also opens, and begins an interview: what the program is given has been through
that within these limits. Where the system has none (Windows), only the time is limited, by who
started it.
"""

import csv
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

from desktop.surveys.csv_table import decoded, separator_of
from desktop.surveys.file_kinds import UNPACKED, sniff

MEMORY = 512 * 1024 * 1024  # bytes of address space
SECONDS = 8  # of processor time
DEEPEST = 90  # groups in each other: with what is around them fewer than markup.DEEPEST
BEGIN, END = (
    re.compile(r"begin[_ ](group|repeat)", re.I),
    re.compile(r"end[_ ](group|repeat)", re.I),
)
LIST_NAME = {"list name": "list_name"}  # the old name of a column
Result = dict[str, object]
NO_SHEETS: Result = {"survey": [], "words": [], "choices": [], "names": []}  # of an XForm


def refused(code: str, **values: object) -> Result:
    """What is written of a file that is not compiled at all."""
    return {"faults": [{"code": code, "values": values, "text": ""}]}


def main(arguments: list[str]) -> int:
    """Run the process; 0 whenever a result was written, good or bad."""
    _limit()
    source, target = map(Path, arguments)
    target.write_text(json.dumps(compile_workbook(source.read_bytes(), source), default=str))
    return 0


def compile_workbook(content: bytes, form: Path | None = None) -> Result:
    """The content of a workbook → what the process writes. Its type is told by its content.

    `form` is the file it is of: lists and pictures in files beside it are put in.
    """
    kind, wrong = sniff(content)
    if wrong:
        return refused(wrong)
    made = _as_it_is(content) if kind == ".xml" else _convert(content, kind)
    return made if "xform" not in made else _tried(_embedded(made, form))


def _convert(content: bytes, kind: str) -> Result:
    from pyxform.xls2json_backends import get_xlsform  # type: ignore[import-untyped]  # no types
    from pyxform.xls2xform import convert  # type: ignore[import-untyped]  # likewise

    from desktop.surveys.diagnosis import faults_of, told
    from desktop.surveys.looked_over import remarks_on, unknown_types

    warnings: list[str] = []
    sheets: dict[str, Any] = {**NO_SHEETS}
    seen: list[dict[str, object]] = []  # beside what the compiler says
    types: list[dict[str, object]] = []
    try:
        book = get_xlsform(_plain(content, kind), file_type=kind)
        sheets["survey"] = survey = [
            [row.get("type", ""), row.get("name", ""), " ".join(map(str, row.values()))]
            for row in book.survey or ()
        ]
        if row := _too_deep(survey):
            return refused("nested", most=DEEPEST, row=row) | {"survey": survey}
        sheets["choices"] = [
            [row.get("list_name", row.get("list name", "")), row.get("name", "")]
            for row in book.choices or ()
        ]
        sheets["words"] = [*_words("survey", book.survey), *_words("choices", book.choices)]
        _dates(book.survey or ())
        sheets["names"] = book.sheet_names
        seen, types = remarks_on(book), unknown_types(book)
        parts = {name: getattr(book, name) for name in book.__slots__}
        done = convert(parts, warnings=warnings, form_name="data")
    except MemoryError:
        return refused("too_large")
    except Exception as wrong:  # noqa: BLE001  # the compiler's own faults are told as such, too
        faults = faults_of(wrong)
        if faults[0]["code"] == "crash" and not sheets["survey"]:
            return refused("damaged")  # it did not get as far as the questions
        if types:
            faults = [
                *types,
                *(one for one in faults if "Unknown question" not in str(one["text"])),
            ]
        warned = [fault for text in warnings for fault in told(text)]  # often the cause
        return {"faults": faults, "warnings": [*seen, *warned], **sheets}
    return {
        "xform": done.xform,
        "warnings": [*seen, *(fault for text in warnings for fault in told(text))],
        "itemsets": _itemsets(book.external_choices) if done.itemsets else None,
        **sheets,
    }


def _plain(content: bytes, kind: str) -> bytes:
    """A table of text as the compiler takes it: UTF-8, and commas between cells."""
    if kind not in (".csv", ".md"):
        return content
    text = decoded(content)
    if kind == ".csv" and (separator := separator_of(text.partition("\n")[2])) != ",":
        written = StringIO(newline="")
        csv.writer(written).writerows(csv.reader(StringIO(text, newline=""), delimiter=separator))
        text = written.getvalue()
    return text.encode()


def _dates(rows: Iterable[dict[str, object]]) -> None:
    """A day that Excel keeps as a date has a midnight, which no answer to a date has."""
    for row in rows:
        if str(row.get("type", "")).strip() == "date" and "default" in row:
            row["default"] = str(row["default"]).removesuffix(" 00:00:00")


def _itemsets(rows: Sequence[Mapping[str, object]]) -> str:
    """The lists of select_one_external as a table; the compiler's own loses empty cells."""
    renamed = [{LIST_NAME.get(name, name): at for name, at in row.items()} for row in rows]
    written = StringIO(newline="")
    columns = dict.fromkeys(name for row in renamed for name in row)
    table = csv.DictWriter(written, list(columns))
    table.writeheader()
    table.writerows(renamed)
    return written.getvalue()


def _too_deep(survey: Sequence[Sequence[str]]) -> int | None:
    """The row that begins one group too many within each other."""
    deep = 0
    for row, (type_, *_) in enumerate(survey, 2):
        deep += bool(BEGIN.match(type_.strip())) - bool(END.match(type_.strip()))
        if deep > DEEPEST:
            return row
    return None


def _as_it_is(content: bytes) -> Result:
    try:
        return {"xform": content.decode("utf-8-sig"), "warnings": [], **NO_SHEETS}
    except UnicodeDecodeError:
        return refused("damaged")


def _embedded(made: Result, form: Path | None) -> Result:
    from desktop.surveys.external import embed
    from desktop.surveys.picture_files import embed_pictures

    itemsets = made.pop("itemsets", None)
    xform, lists = embed(str(made["xform"]), form, None if itemsets is None else str(itemsets))
    xform, pictures = embed_pictures(xform, form)
    return {**made, "xform": xform, "lists": lists, "pictures": pictures}


def _tried(made: Result) -> Result:
    """What was made, with what is wrong at the beginning, unless it needs too much memory.

    What is wrong with the form itself is told by who opens it next.
    """
    from desktop.surveys.beginnings import faults_at_beginning
    from desktop.surveys.form import load_form
    from desktop.surveys.interview import Interview
    from sync.errors import UserError

    try:
        begun = list(faults_at_beginning(Interview(load_form(str(made["xform"])))))
    except UserError:
        begun = []
    except (MemoryError, RecursionError):
        return refused("too_large")
    return {**made, "begun": begun}


def _words(sheet: str, rows: Iterable[Mapping[str, object]] | None) -> Iterator[list[object]]:
    """What people read in a sheet, and the names of questions, which say what is asked, too."""
    for row, cells in enumerate(rows or (), 2):
        for column, text in cells.items():
            if (
                column.startswith(("label", "hint", "guidance_hint", "name"))
                or "message" in column
            ):
                yield [sheet, row, column, str(text)]


def _limit() -> None:
    """Where the system can, let it stop this process before it takes what others need."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_FSIZE, (UNPACKED, UNPACKED))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
