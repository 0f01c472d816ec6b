"""What the reporter takes home: a number to be named to others, and a code to be kept.

Both come from 100 random bits, as do the keys by which the officers answer and the address of the
box. Nothing of it stays on the laptop. The number is a sum of the code, so that a slip of the pen
is told.
"""

import secrets
from dataclasses import dataclass
from functools import cached_property

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop.recovery_code import ALPHABET, NoCode, canonical, groups
from sync.language import mark
from sync.reports import BOX
from sync.sealing import Keys

NUMBER, CODE = 8, 20  # letters of 5 bits


@dataclass(frozen=True)
class Reporter:
    """Whoever holds this code. Made once; afterwards only from what was typed."""

    code: str  # canonical

    def __repr__(self) -> str:  # a secret must not reach a log
        return "Reporter()"

    @cached_property
    def number(self) -> str:
        """Eight letters. They tell nothing of the code."""
        number = int.from_bytes(self._derived(b"number", 8))
        return "".join(ALPHABET[number >> 5 * place & 31] for place in range(NUMBER))

    @cached_property
    def box(self) -> bytes:
        """The address on the server."""
        return self._derived(b"box", BOX)

    @cached_property
    def keys(self) -> Keys:
        """By which the reporter signs, and opens what the officers answer."""
        return Keys(self._derived(b"keys", 32))

    def _derived(self, what: bytes, length: int) -> bytes:
        info = b"dala report " + what
        return HKDF(SHA256(), length=length, salt=b"", info=info).derive(self.code.encode())


def new_reporter() -> Reporter:
    """Another code, which nobody had before."""
    return Reporter("".join(secrets.choice(ALPHABET) for _ in range(CODE)))


def read_reporter(number: str, code: str) -> Reporter:
    """Whom a typed number and code belong to, in whatever case and grouping. Raises NoCode."""
    said, typed = canonical(number), canonical(code)
    for letters, length in ((said, NUMBER), (typed, CODE)):
        if len(letters) != length:
            raise NoCode(
                mark(
                    "The number of a report has {number} letters and digits, its code {code}. "
                    "Typed were {said} and {typed}."
                ),
                number=NUMBER,
                code=CODE,
                said=len(said),
                typed=len(typed),
            )
    reporter = Reporter(typed)
    if reporter.number != said:
        raise NoCode(
            mark("A letter of the number or of the code is not right. Compare them with the slip.")
        )
    return reporter


def spelled(letters: str) -> str:
    """A number or a code as it is printed."""
    return "-".join(groups(letters))
