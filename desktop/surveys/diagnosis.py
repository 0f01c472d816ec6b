"""What the form compiler raised, or warned of → which faults these are, in the compiler's process.

A fault is `{"code", "values", "text"}`: its code where it has one, and what it names. Most are raised
as finished English sentences; the code is found again by the compiler's own templates.
"""

import re
from collections.abc import Iterator
from functools import cache
from string import Formatter
from traceback import walk_tb

from pyxform.errors import ErrorCode, PyXFormError  # type: ignore[import-untyped]  # no types

Fault = dict[str, object]
_ONE_EACH = re.compile(r"\n(?=\[row : |Language '|Instance names must)")  # several, line by line
_ADVICE = re.compile(r" If you do not mean to include a sheet, to suppress.*", re.DOTALL)
LONGEST = 500  # characters of a sentence that nobody knows


def faults_of(error: Exception) -> list[Fault]:
    """One fault or several of what was raised; of a crash the place where it happened."""
    if not isinstance(error, PyXFormError):
        return [_crash(error)]
    found = told(str(error))
    if len(found) == 1 and (sheet := _sheet(error)):
        found[0]["values"] = {"sheet": sheet, **dict(error.context)}
    if error.code is not None and len(found) == 1:
        return [{"code": error.code.name, "values": dict(error.context), "text": str(error)}]
    return found


def told(text: str) -> list[Fault]:
    """The faults that a sentence of the compiler tells."""
    return [_recognized(part) for part in _ONE_EACH.split(_ADVICE.sub("", text))]


def _recognized(text: str) -> Fault:
    for code, pattern in templates():
        if found := pattern.fullmatch(text):
            return {"code": code, "values": found.groupdict(), "text": text}
    return {"code": None, "values": {}, "text": text}


@cache
def templates() -> list[tuple[str, re.Pattern[str]]]:
    """(code, pattern of its sentence) of all faults that have a code."""
    return [(one.name, _pattern(one.value.msg)) for one in ErrorCode]


def _pattern(template: str) -> re.Pattern[str]:
    return re.compile("".join(_parts(template)), re.DOTALL)


def _parts(template: str) -> Iterator[str]:
    named: set[str] = set()
    for literal, name, _, _ in Formatter().parse(template):
        yield re.escape(literal)
        if name is not None:
            yield f"(?P={name})" if name in named else f"(?P<{name}>.*?)"
            named.add(name)


def _sheet(error: Exception) -> str | None:
    """The sheet that was being read when a fault was found in its first row."""
    for frame, _ in walk_tb(error.__traceback__):
        name = frame.f_locals.get("sheetname")
        if isinstance(name, str) and frame.f_code.co_name == "process_workbook":
            return name.lower()
    return None


def _crash(error: Exception) -> Fault:
    """A fault of the compiler itself: the row or the question that it was at."""
    values: dict[str, object] = {}
    for frame, _ in walk_tb(error.__traceback__):
        if frame.f_locals.get("row_number"):
            values["row"] = frame.f_locals["row_number"]
        name = getattr(frame.f_locals.get("self"), "name", None)
        if isinstance(name, str) and "row" not in values:
            values["name"] = name
    text = f"{type(error).__name__}: {error}"[:LONGEST]
    return {"code": "crash", "values": values, "text": text}
