"""What the reporter takes home: a number to be named to others, and a code to be kept.

From the code, 100 random bits, come the keys by which the officers answer; from their public half
the address of the box and the number. So whoever opens a report can tell whose box and number it
is, and nobody can put another first letter in. Nothing of it stays on the laptop. The number is a
sum of the code, too: a slip of the pen is told.
"""

import secrets
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop.recovery_code import ALPHABET, NoCode, canonical, groups
from sync.language import mark
from sync.reports import BOX
from sync.sealing import Keys, PublicKeys

NUMBER, CODE = 8, 20  # letters of 5 bits


@dataclass(frozen=True)
class Reporter:
    """Whoever holds this code. Made once; afterwards only from what was typed."""

    code: str  # canonical

    def __repr__(self) -> str:  # a secret must not reach a log
        return "Reporter()"

    @cached_property
    def keys(self) -> Keys:
        """By which the reporter signs, and opens what the officers answer."""
        derived = HKDF(SHA256(), length=32, salt=b"", info=b"dala report keys")
        return Keys(derived.derive(self.code.encode()))

    @property
    def number(self) -> str:
        """Eight letters. They tell nothing of the code."""
        return number_of(self.keys.public)

    @property
    def box(self) -> bytes:
        """The address on the server."""
        return box_of(self.keys.public)


def number_of(reporter: PublicKeys) -> str:
    """By which people speak of a report: 40 bits, as eight letters."""
    number = int.from_bytes(_told(b"number", reporter))
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(NUMBER))


def box_of(reporter: PublicKeys) -> bytes:
    """The address of a reporter's box. Who does not know these keys cannot guess it."""
    return _told(b"box", reporter)[:BOX]


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


def _told(what: bytes, reporter: PublicKeys) -> bytes:
    return sha256(b"dala report " + what + reporter.signing + reporter.sealing).digest()
