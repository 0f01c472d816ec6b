"""A secret in shares, of which so many give it back and fewer give nothing (Shamir, 1979).

Each byte is the value at 0 of a random polynomial over GF(256); a share is the values at another
place. The field is that of AES (FIPS 197, section 4). On paper a share is fifteen groups of four
letters of the recovery code's alphabet: its place, the secret's share, the mark of the secret that
it belongs to, and a sum against slips of the pen.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from desktop.recovery_code import ALPHABET, NoCode, canonical, sum_of
from sync.errors import UserError
from sync.language import mark

FIELD = 0x11B  # x^8 + x^4 + x^3 + x + 1
SECRET = 32  # bytes
PLACE, BODY, MARK, SUM = 1, 52, 3, 4  # letters: 52 of 5 bits hold 32 bytes
MOST = len(ALPHABET) - 1  # shares: the place is one letter, and 0 is the secret itself


class SameSheet(UserError):
    """One custodian's sheet was given in place of another's."""


@dataclass(frozen=True)
class Share:
    """One sheet. `mark` is of the secret: shares of two secrets are not put together unseen."""

    place: int
    body: bytes
    mark: str

    def __repr__(self) -> str:  # a secret must not reach a log
        return f"Share({self.place})"

    @property
    def words(self) -> str:
        """As it is printed, without spaces."""
        text = ALPHABET[self.place] + _letters(int.from_bytes(self.body), BODY) + self.mark
        return text + sum_of(text)


def split(secret: bytes, needed: int, shares: int) -> list[Share]:
    """Shares of a secret of 32 bytes; any `needed` of them give it back. Raises ValueError."""
    if not (1 < needed <= shares <= MOST and len(secret) == SECRET):
        raise ValueError("so many shares cannot be made")
    lines = [[byte, *secrets.token_bytes(needed - 1)] for byte in secret]
    return [
        Share(place, bytes(_value(line, place) for line in lines), _mark(secret))
        for place in range(1, shares + 1)
    ]


def combine(shares: Sequence[Share]) -> bytes:
    """The secret. Raises UserError where these shares do not give one: too few, or of two secrets."""
    if len({share.mark for share in shares}) > 1:
        raise UserError(
            mark("These sheets do not belong together: they are of two different keys.")
        )
    if len({share.place for share in shares}) < len(shares):
        raise SameSheet(mark("This is the same sheet twice. Another custodian's is needed."))
    secret = bytes(
        _at_zero([(share.place, share.body[at]) for share in shares]) for at in range(SECRET)
    )
    if not shares or _mark(secret) != shares[0].mark:
        raise UserError(
            mark(
                "These sheets do not give the key: more of them are needed, or they are not of one set."
            )
        )
    return secret


def read_share(text: str) -> Share:
    """What was typed, in whatever case and grouping. Raises NoCode."""
    typed = canonical(text)
    if len(typed) != PLACE + BODY + MARK + SUM:
        raise NoCode(
            mark("A custodian's sheet has {count} letters and digits; these are {typed}."),
            count=PLACE + BODY + MARK + SUM,
            typed=len(typed),
        )
    said, body = typed[:-SUM], _number(typed[PLACE : PLACE + BODY])
    place = ALPHABET.index(typed[0])
    if sum_of(said) != typed[-SUM:] or body >> 8 * SECRET or not place:
        raise NoCode(mark("A letter of the custodian's sheet is not right. Compare it once more."))
    return Share(place, body.to_bytes(SECRET), said[-MARK:])


def times(a: int, b: int) -> int:
    """The product in GF(256)."""
    product = 0
    while b:
        if b & 1:
            product ^= a
        a <<= 1
        if a >> 8:
            a ^= FIELD
        b >>= 1
    return product


def _value(line: list[int], place: int) -> int:
    """Of the polynomial with these coefficients, lowest first (Horner)."""
    value = 0
    for coefficient in reversed(line):
        value = times(value, place) ^ coefficient
    return value


def _at_zero(points: list[tuple[int, int]]) -> int:
    """Where the polynomial through these points meets 0 (Lagrange; minus is plus here)."""
    value = 0
    for place, height in points:
        for other, _ in points:
            if other != place:
                height = times(height, times(other, _inverse(other ^ place)))
        value ^= height
    return value


def _inverse(a: int) -> int:
    """a^254, for a^255 is 1 (FIPS 197, section 4.2)."""
    power = 1
    for _ in range(254):
        power = times(power, a)
    return power


def _mark(secret: bytes) -> str:
    return _letters(int.from_bytes(sha256(b"dala shares" + secret).digest()), MARK)


def _letters(number: int, count: int) -> str:
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(count)))


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number << 5 | ALPHABET.index(letter)
    return number
