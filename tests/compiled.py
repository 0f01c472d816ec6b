"""A statement is compiled once for all files of a run of the tests.

The program keeps what it compiled with each opened file. Tests open thousands of files, and would
spend a tenth of their time on saying the same in SQL again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from sqlalchemy.engine import Dialect, Engine
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache

MOST = 5_000  # statements


@contextmanager
def statements_once() -> Iterator[None]:
    """Dialects that speak alike are the same one to the cache, and all engines have one cache."""
    shared: LRUCache[Any, Any] = LRUCache(MOST)
    cache = property(lambda _: shared, lambda _, __: None)
    with (
        patch.object(Engine, "_compiled_cache", cache, create=True),
        patch.object(DefaultDialect, "__hash__", _hash),
        patch.object(DefaultDialect, "__eq__", _is_alike),
    ):
        yield


def _hash(dialect: Dialect) -> int:
    return hash(type(dialect))


def _is_alike(dialect: Dialect, other: object) -> bool:
    alike = isinstance(other, Dialect) and _speech(dialect) == _speech(other)
    return dialect is other or alike


def _speech(dialect: Dialect) -> tuple[object, ...]:
    version = getattr(dialect, "server_version_info", None)  # nothing, until it was connected
    return type(dialect), version, dialect.insert_returning, dialect.paramstyle
