"""The process that reads a form which nobody vouches for: an XLSForm is made an XForm.

    python -m desktop.surveys.compiler WORKBOOK RESULT

It limits its own memory, time and output before it opens the file, and writes one JSON document:
`{"xform", "warnings", "lists"}`, or `{"code", "values", "text"}` of what is wrong. It never asks anything.
What it made it also opens, and begins an interview: what the program is given has been through
that within these limits. Where the system has none (Windows), only the time is limited, by who
started it.
"""

import json
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path

MEMORY = 512 * 1024 * 1024  # bytes of address space
SECONDS = 10  # of processor time
UNPACKED = 64 * 1024 * 1024  # bytes of all parts of a workbook together, and of what is written
PARTS = 2_000  # files in a workbook
DEEPEST = 90  # groups in each other: with what is around them fewer than markup.DEEPEST
BEGIN, END = (
    re.compile(r"begin[_ ](group|repeat)", re.I),
    re.compile(r"end[_ ](group|repeat)", re.I),
)
Result = dict[str, object]
NO_SHEETS: Result = {"survey": [], "words": [], "choices": []}  # of an XForm


def main(arguments: list[str]) -> int:
    """Run the process; 0 whenever a result was written, good or bad."""
    _limit()
    source, target = map(Path, arguments)
    target.write_text(json.dumps(compile_workbook(source.read_bytes(), source), default=str))
    return 0


def compile_workbook(content: bytes, form: Path | None = None) -> Result:
    """The content of a workbook → what the process writes. Its type is told by its content.

    `form` is the file it is of: lists in files beside it are put in.
    """
    kind, refusal = sniff(content)
    if refusal:
        return refusal
    made = _as_it_is(content) if kind == ".xml" else _convert(content, kind)
    return made if "xform" not in made else _tried(_embedded(made, form))


def sniff(content: bytes) -> tuple[str, Result]:
    """→ (.xlsx, .xls or .xml, {}) or ("", what is wrong with it)."""
    if content[:64].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return ".xml", {}
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return ".xls", {}
    if not content.startswith(b"PK\x03\x04"):
        return "", {"code": "not_workbook"}
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return ".xlsx", _wrong_parts(archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        return "", {"code": "damaged"}


def _wrong_parts(archive: zipfile.ZipFile) -> Result:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        return {"code": "opendocument" if "content.xml" in names else "not_workbook"}
    if len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED:
        return {"code": "too_large"}
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            with archive.open(part) as opened:
                head = opened.read(4096).replace(b"\0", b"")  # UTF-16 as well
            if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                return {"code": "entities"}
    return {}


def _convert(content: bytes, kind: str) -> Result:
    from pyxform.errors import PyXFormError  # type: ignore[import-untyped]  # it has no types
    from pyxform.xls2json_backends import get_xlsform  # type: ignore[import-untyped]  # likewise
    from pyxform.xls2xform import convert  # type: ignore[import-untyped]  # likewise

    warnings: list[str] = []
    survey: list[list[str]] = []  # type, name and all of each row, to tell where something is
    words: list[list[object]] = []  # sheet, row, column and text of what people read
    try:
        book = get_xlsform(content, file_type=kind)
        survey = [
            [row.get("type", ""), row.get("name", ""), " ".join(map(str, row.values()))]
            for row in book.survey or ()
        ]
        if row := _too_deep(survey):
            values = {"most": DEEPEST}
            return {"code": "nested", "values": values, "text": f"[row : {row}]", "survey": survey}
        words = [*_words("survey", book.survey), *_words("choices", book.choices)]
        parts = {name: getattr(book, name) for name in book.__slots__}
        done = convert(parts, warnings=warnings, form_name="data")
    except PyXFormError as wrong:
        code = wrong.code.name if wrong.code else None
        values = dict(wrong.context)
        return {"code": code, "values": values, "text": str(wrong), "survey": survey}
    except MemoryError:
        return {"code": "too_large"}
    except Exception as crash:  # noqa: BLE001  # the compiler's own faults are told as such, too
        if not survey:  # it did not get as far as the questions
            return {"code": "damaged"}
        return {"code": "crash", "text": f"{type(crash).__name__}: {crash}"[:500]}
    return {
        "xform": done.xform,
        "warnings": warnings,
        "itemsets": done.itemsets,
        "survey": survey,
        "words": words,
        "choices": [row.get("list_name", row.get("list name", "")) for row in book.choices or ()],
    }


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
        return {"code": "damaged"}


def _embedded(made: Result, form: Path | None) -> Result:
    from desktop.surveys.external import embed

    itemsets = made.pop("itemsets", None)
    xform, lists = embed(str(made["xform"]), form, None if itemsets is None else str(itemsets))
    return {**made, "xform": xform, "lists": lists}


def _tried(made: Result) -> Result:
    """What was made, unless it needs too much memory. Its faults are told by who opens it next."""
    from desktop.surveys.form import load_form
    from desktop.surveys.interview import Interview
    from sync.errors import UserError

    try:
        Interview(load_form(str(made["xform"]))).nodes()
    except UserError:
        pass
    except (MemoryError, RecursionError):
        return {"code": "too_large"}
    return made


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
