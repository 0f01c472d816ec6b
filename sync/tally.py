"""Whether two ends hold the same records, in a few bytes.

Within a stream each record stands at a revision of its own. So the set of revisions that an end
holds tells everything: which records it has, and how each stands. Sets are compared by their
tallies: first whole streams, then buckets of them, then number by number.
"""

from typing import Any

import msgspec
from sqlalchemy import BigInteger, ColumnElement, cast, func

PRIME = 2**31 - 1  # a square of a revision, by this, fits many times into a database's integer
WIDTH = 1_000  # revisions of one bucket
MOST_WANTED = 500  # records that are asked for at once


class Tally(msgspec.Struct, frozen=True, array_like=True):
    """How many revisions there are, their sum, and the sum of their squares modulo PRIME."""

    count: int = 0
    total: int = 0
    squares: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.count + other.count, self.total + other.total, self.squares + other.squares
        )


def tally(*revisions: int) -> Tally:
    """That of these revisions."""
    squares = sum(one * one % PRIME for one in revisions)
    return Tally(len(revisions), sum(revisions), squares)


def columns(revision: Any) -> tuple[ColumnElement[Any], ...]:
    """The same as the database reckons it: three columns, for `read`."""
    wide = cast(revision, BigInteger)
    return func.count(), func.sum(wide), func.sum(wide * wide % PRIME)


def read(count: Any, total: Any, squares: Any) -> Tally:
    """The tally in a row of `columns`; sums of nothing are NULL."""
    return Tally(int(count), int(total or 0), int(squares or 0))


def bucket(revision: Any) -> Any:
    """The number of the bucket that a revision, or a column of them, falls into."""
    return revision // WIDTH
