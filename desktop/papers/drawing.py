"""PDF for a command: only the window has what draws it, so another process of this program does.

    python -m ui.pdf_process     (a bundle is started with --draw-pages)

takes pages on its standard input as MessagePack and writes the file on its output. It reads no record,
and shows nothing.
"""

import os
import subprocess
import sys
from pathlib import Path

import msgspec

import desktop
from sync.errors import UserError
from sync.language import mark

PATIENCE = 120  # seconds: a register of a year
OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}
WORD = "--draw-pages"
FAILED = mark(
    "The PDF could not be drawn, and nothing was written. Make a Word file: its name ends in .docx."
)


def command() -> list[str]:
    """How this program starts that process."""
    if getattr(sys, "frozen", False):
        return [sys.executable, WORD]
    return [sys.executable, "-m", "ui.pdf_process"]


def draw_apart(pages: msgspec.Struct, failed: str = FAILED) -> bytes:
    """The file of Pages, or of an applicant's Slip. Raises UserError where the process cannot be started, or fails."""
    try:
        done = subprocess.run(  # noqa: S603  # the program itself, with words of its own
            command(),
            input=msgspec.msgpack.encode(pages),
            capture_output=True,
            timeout=PATIENCE,
            env={**os.environ, **OFFSCREEN, "PYTHONPATH": str(Path(desktop.__file__).parents[1])},
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise UserError(failed) from error
    return done.stdout
