"""The process that reads an XLSForm which nobody vouches for, and makes an XForm of it.

    python -m desktop.surveys.compiler WORKBOOK RESULT

It limits its own memory, time and output before it opens the file, and writes one JSON document:
`{"xform", "warnings"}`, or `{"code", "values", "text"}` of what is wrong. It never asks anything.
"""

import json
import sys
import zipfile
from io import BytesIO
from pathlib import Path

MEMORY = 512 * 1024 * 1024  # bytes of address space
SECONDS = 10  # of processor time
UNPACKED = 64 * 1024 * 1024  # bytes of all parts of a workbook together, and of what is written
PARTS = 2_000  # files in a workbook
Result = dict[str, object]


def main(arguments: list[str]) -> int:
    """Run the process; 0 whenever a result was written, good or bad."""
    _limit()
    source, target = map(Path, arguments)
    target.write_text(json.dumps(compile_workbook(source.read_bytes()), default=str))
    return 0


def compile_workbook(content: bytes) -> Result:
    """The content of a workbook → what the process writes. Its type is told by its content."""
    kind, refusal = sniff(content)
    return refusal if refusal else _convert(content, kind)


def sniff(content: bytes) -> tuple[str, Result]:
    """→ (.xlsx or .xls, {}) or ("", what is wrong with it)."""
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
    survey: list[list[str]] = []  # type and name of each row, to tell where something is
    try:
        book = get_xlsform(content, file_type=kind)
        survey = [[row.get("type", ""), row.get("name", "")] for row in book.survey or ()]
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
        "warnings": [*warnings, *_left_out(done.itemsets)],
        "survey": survey,
    }


def _left_out(itemsets: str | None) -> list[str]:
    return ["External choices are not supported."] if itemsets else []


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
