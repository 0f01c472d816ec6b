"""The recovery code as people read, write and type it: 160 random bits in Crockford's base 32.

Nine groups of four. The last group is a sum of the others, so that a slip of the pen is told from
a code of another laptop.
"""

import secrets
import unicodedata
from hashlib import sha256

from sync.errors import UserError
from sync.language import mark

ALPHABET = (
    "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U: https://www.crockford.com/base32.html
)
SECRET, SUM, GROUP = 32, 4, 4  # letters
# What the eye takes for another letter, and what a Kazakh or Russian keyboard types in its place
ALIKE = str.maketrans("OILUАВЕЅКМНОРСТУХІЈЗ", "011VABESKMH0PCTYX1J3")


class NoCode(UserError):
    """What was typed is no recovery code."""


def new_code() -> str:
    """A random code, in canonical form: letters only."""
    secret = "".join(secrets.choice(ALPHABET) for _ in range(SECRET))
    return secret + sum_of(secret)


def groups(code: str) -> list[str]:
    """A canonical code as it is printed."""
    return [code[at : at + GROUP] for at in range(0, len(code), GROUP)]


def read_code(text: str) -> str:
    """What was typed, in whatever case and grouping → the canonical code. Raises NoCode."""
    code = canonical(text)
    if len(code) != SECRET + SUM:
        raise NoCode(
            mark("A recovery code has {count} letters and digits; these are {typed}."),
            count=SECRET + SUM,
            typed=len(code),
        )
    if sum_of(code[:SECRET]) != code[SECRET:]:
        raise NoCode(
            mark("A letter of the recovery code is not right. Compare it with the sheet.")
        )
    return code


def canonical(text: str) -> str:
    """The letters that were meant, whatever the keyboard, the case and the grouping."""
    typed = unicodedata.normalize("NFKC", text).upper().translate(ALIKE)
    return "".join(char for char in typed if char in ALPHABET)


def sum_of(secret: str) -> str:
    """Four letters by which a slip of the pen is told."""
    number = int.from_bytes(sha256(secret.encode()).digest())
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(SUM))
