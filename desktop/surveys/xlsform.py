"""A form from wherever it came, in Excel or as an XForm → an XForm that can be run, or messages.

The file is opened by a process of its own, see desktop.surveys.compiler.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any

import desktop
from desktop.files import read_whole
from desktop.surveys.as_written import counted_by_cell
from desktop.surveys.beginnings import beginning_message
from desktop.surveys.form import load_form
from desktop.surveys.messages import Message
from desktop.surveys.own_faults import TOO_LARGE
from desktop.surveys.political import TYPED, Cell, refused
from desktop.surveys.verdicts import (
    list_remark,
    picture_remark,
    placed,
    remarks,
    sheets_of,
    unusable_names,
    verdicts,
)
from desktop.surveys.waves.anonymity import telling
from sync.errors import UserError
from sync.language import mark

LARGEST = 20 * 1024 * 1024  # bytes of a workbook
LOOK = 0.1  # seconds between two looks at the process
Tell = Callable[[int, int], object]  # seconds waited, of how many at most; may raise, to stop it
PATIENCE = 8.0  # seconds; with the start of the program less than ten
MOST_TOLD = 20  # of names that cannot be used


@dataclass(frozen=True)
class Checked:
    """A workbook that was read: its XForm, unless something stops it, and what is to be said."""

    xform: str | None
    messages: tuple[Message, ...]
    telling: tuple[Message, ...] = ()  # questions that keep it from being a survey's

    @property
    def ok(self) -> bool:
        """Whether the form can be run as its author meant it."""
        return self.xform is not None and not any(message.stops for message in self.messages)


def worker_command() -> list[str]:
    """How this program starts the process that opens workbooks; two paths are added to it.

    In a bundle the program itself is started with a word that its entry points know.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, "--xlsform-worker"]
    return [sys.executable, "-m", "desktop.surveys.compiler"]


def read_xlsform(path: Path, *, patience: float = PATIENCE, tell: Tell | None = None) -> Checked:
    """Compile a workbook, or read an XForm. Whatever is wrong with it is told in the messages, never raised.

    Raises only what `tell` raises; then the process has been ended.
    """
    if no_file := _refused(path):
        return Checked(None, (Message(no_file),))
    result = _work(path, patience, tell)
    if isinstance(result, UserError):
        return Checked(None, (Message(result),))
    return judged(result)


def judged(result: dict[str, Any]) -> Checked:
    """What the process wrote of a form → the form and what is to be said."""
    if "xform" not in result:
        return Checked(None, tuple(verdicts(result)))
    xform, survey, sheets = str(result["xform"]), result["survey"], sheets_of(result)
    try:
        form = load_form(xform)
    except UserError as wrong:
        return Checked(None, tuple(unusable_names(sheets)[:MOST_TOLD]) or (Message(wrong),))
    begun = (beginning_message(one) for one in result["begun"])
    return Checked(
        xform,
        (
            *(
                placed(counted_by_cell(one) if survey else one, sheets)
                for one in (*form.messages, *begun)
            ),
            *refused(_cell(survey, *place) for place in result["words"]),
            *(list_remark(one) for one in result["lists"]),
            *(placed(picture_remark(one), sheets) for one in result["pictures"]),
            *remarks(result["warnings"], sheets),
        ),
        tuple(placed(Message(one.why, stops=False), sheets) for one in telling(form)),
    )


def _cell(survey: Sequence[Sequence[str]], sheet: str, row: int, column: str, text: str) -> Cell:
    asked = sheet == "survey" and column.startswith(("label", "name"))
    return Cell(text, asked and survey[row - 2][0] in TYPED, sheet, row, column)


def _refused(path: Path) -> UserError | None:
    try:
        size = path.stat().st_size
        if not path.is_file():
            return UserError(mark("“{name}” is not a file."), name=path.name)
    except FileNotFoundError:
        return UserError(mark("There is no file “{name}”."), name=path.name)
    except OSError:
        return UserError(mark("The file “{name}” cannot be read."), name=path.name)
    if size > LARGEST:
        return UserError(TOO_LARGE)
    return None


def _work(path: Path, patience: float, tell: Tell | None) -> dict[str, Any] | UserError:
    """What the process wrote, or why it wrote nothing."""
    with TemporaryDirectory(prefix="dala-form-") as folder:
        target = Path(folder) / "result.json"
        try:
            _run([*worker_command(), str(path.resolve()), str(target)], patience, tell)
            found: dict[str, Any] = json.loads(read_whole(target).decode())
        except subprocess.TimeoutExpired:
            text = mark(
                "The workbook took longer than {n} seconds to read, and was given up. Make it smaller: "
                "fewer rows, choices or languages."
            )
            return UserError(text, n=round(patience))
        except (OSError, ValueError):  # it was stopped before it could write
            text = mark(
                "The workbook needs more memory or time than a form may, and was given up. Make it "
                "smaller: fewer rows, choices or languages."
            )
            return UserError(text)
        return found


def _run(command: list[str], patience: float, tell: Tell | None) -> None:
    """Run a process to its end. Raises TimeoutExpired, or what `tell` raises; then it was killed."""
    begun = monotonic()
    with subprocess.Popen(  # noqa: S603  # our own program, no shell
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(Path(desktop.__file__).parents[1])},
    ) as process:
        try:
            while process.poll() is None:
                waited = monotonic() - begun
                if waited >= patience:
                    raise subprocess.TimeoutExpired(command, patience)
                if tell is not None:
                    tell(int(waited), round(patience))
                with suppress(subprocess.TimeoutExpired):
                    process.wait(min(LOOK, patience - waited))
        except BaseException:
            process.kill()
            raise
