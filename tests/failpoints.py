"""Something goes wrong at the n-th thing that a program does to a database, a disk or a line.

    with failing(7, full, DATABASE + DISK) as counted:
        ...              # the seventh statement, commit, fsync or rename finds the disk full
    counted.hit          # what it was; None: there were fewer, and nothing went wrong

The product has no door for this: its libraries are wrapped while the block runs.
"""

import errno
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any
from unittest.mock import patch

import requests
from requests.adapters import BaseAdapter, HTTPAdapter
from sqlalchemy.engine.default import DefaultDialect

Fail = Callable[
    [str, Any], object
]  # the point, the dialect if it is a database's; raises or kills

# Before and after: what was done may be lost, or the knowledge that it was done.
DATABASE = ("statement", "commit", "committed")
DISK = ("fsync", "synced", "rename", "renamed")
LINE = ("send", "sent")


class Died(Exception):
    """The program ended here: nothing after this line was done."""


class Points:
    """Counts the points passed, of all threads together; at the n-th something happens."""

    def __init__(self, number: int, fail: Fail, which: tuple[str, ...]) -> None:
        self._number, self._fail, self._which = number, fail, which
        self._passed = count(1)
        self.hit: str | None = None

    def reach(self, point: str, dialect: Any = None) -> None:
        """The program is at this point."""
        if point in self._which and next(self._passed) == self._number:
            self.hit = point
            self._fail(point, dialect)


@contextmanager
def failing(
    number: int, fail: Fail, which: tuple[str, ...], line: type[BaseAdapter] = HTTPAdapter
) -> Iterator[Points]:
    """Let `fail` happen at the point of this number, counted from 1."""
    points = Points(number, fail, which)
    with watched(points.reach, line):
        yield points


@contextmanager
def watched(reach: Callable[..., None], line: type[BaseAdapter] = HTTPAdapter) -> Iterator[None]:
    """Tell of every point that is passed in this process while the block runs."""
    with (
        _wrapped(DefaultDialect, "do_execute", reach, "statement", ""),
        _wrapped(DefaultDialect, "do_executemany", reach, "statement", ""),
        _wrapped(DefaultDialect, "do_commit", reach, "commit", "committed"),
        _wrapped(os, "fsync", reach, "fsync", "synced"),
        _wrapped(os, "fdatasync", reach, "fsync", "synced"),
        _wrapped(os, "replace", reach, "rename", "renamed"),
        _wrapped(line, "send", reach, "send", "sent"),
    ):
        yield


def full(point: str, dialect: Any) -> None:
    """The disk has no room."""
    if dialect is None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    error = getattr(dialect.loaded_dbapi, "OperationalError", sqlite3.OperationalError)
    failure = error("database or disk is full")
    failure.sqlite_errorname = "SQLITE_FULL"
    raise failure


def dies(point: str, dialect: Any) -> None:
    """The program ends here."""
    raise Died


def cut(point: str, dialect: Any) -> None:
    """The line breaks: before the request left, or before its answer came."""
    if point == "sent":
        raise requests.ReadTimeout("no answer")
    raise requests.ConnectionError("no route")


@contextmanager
def _wrapped(
    owner: Any, name: str, reach: Callable[..., None], before: str, after: str
) -> Iterator[None]:
    plain = getattr(owner, name)

    def call(*args: Any, **kwargs: Any) -> Any:
        dialect = args[0] if isinstance(args[0], DefaultDialect) else None
        reach(before, dialect)
        result = plain(*args, **kwargs)
        if after:
            reach(after, dialect)
        return result

    with patch.object(owner, name, call):
        yield
