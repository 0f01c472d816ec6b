"""A mistake of this program that one edit brings to light costs that edit alone.

It is refused, with words that say so: the ledger keeps what it said, its author finds it under
“needs attention” and may send it again once the server was mended. The rest of the request goes on.
Where many edits fail at once the server itself is broken: then nothing is taken, and all of it waits.
"""

import logging
from traceback import extract_tb
from uuid import UUID

from sync.language import mark

MISTAKES = (  # not what database, disk and memory raise: that is nobody's edit's fault
    *(ArithmeticError, AssertionError, AttributeError, LookupError),
    *(NameError, RecursionError, TypeError, ValueError),
)
MOST = 3  # records of one request in which a mistake is taken for the edit's own
MISTAKEN = mark(
    "A mistake in the server's program keeps it from taking this edit. It is kept here, all else "
    "was taken. Tell whoever runs the server; once it was mended, send it again."
)
log = logging.getLogger("dala.server")


class Mistaken:
    """The mistakes that the edits of one request met."""

    def __init__(self) -> None:
        self._records: set[UUID] = set()

    def meet(self, error: Exception, record: UUID, change: UUID) -> None:
        """Note one. Raises it where there are too many."""
        self._records.add(record)
        if len(self._records) > MOST:
            raise error
        log.error("the edit %s is refused: %s", change, told(error))


def told(error: Exception) -> str:
    """Where it broke, not what it said: messages quote the values of records."""
    places = [
        f"{frame.filename}:{frame.lineno} {frame.name}"
        for frame in extract_tb(error.__traceback__)
    ]
    return "\n  ".join([type(error).__name__, *places])
