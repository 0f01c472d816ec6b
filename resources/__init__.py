"""What the program carries that is not code: texts, icons, fonts, vocabularies, region packs.

Read only through the functions below, so that it is found in a checkout and in a bundle alike.
"""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from io import StringIO
from pathlib import Path


def entry(*parts: str) -> Traversable:
    """The file or folder at this path below resources/, for listing and reading."""
    return files(__name__).joinpath(*parts)


def text(*parts: str) -> str:
    """The whole of one text file, UTF-8."""
    return entry(*parts).read_text(encoding="utf-8")


def data(*parts: str) -> bytes:
    """The whole of one file."""
    return entry(*parts).read_bytes()


def table(*parts: str) -> list[dict[str, str]]:
    """The rows of one CSV file; the first line names the columns."""
    return list(csv.DictReader(StringIO(text(*parts))))


@contextmanager
def path(*parts: str) -> Iterator[Path]:
    """A real path to one file, for libraries that take nothing else."""
    with as_file(entry(*parts)) as found:
        yield found
