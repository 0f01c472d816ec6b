"""A file that leaves the program: written whole or not at all, and told in words where another has it open.

A paper may leave without one: a printer has it. Then what is written goes nowhere, and is noted all the same.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import IO

from desktop.files import writing
from sync.errors import UserError
from sync.exports import PRINTED
from sync.language import mark

PRINTER = Path(f"\0.{PRINTED}")  # stands for a printer; no file can have this name


@contextmanager
def leaving(path: Path) -> Iterator[IO[bytes]]:
    """The file to be written; note the export inside, before it has its name: none goes unnoted.

    Raises UserError where it cannot be written: then nothing was.
    """
    if path == PRINTER:
        yield BytesIO()
        return
    try:
        with writing(path) as file:
            yield file
    except UserError as error:
        if isinstance(error.__cause__, PermissionError):
            raise UserError(
                mark(
                    "{name} could not be written: another program has it open, or it may not be changed. "
                    "Close it there, or choose another name. Nothing was written."
                ),
                name=path.name,
            ) from error
        raise
