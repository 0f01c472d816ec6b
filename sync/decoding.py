"""JSON from outside → a declared shape: whatever the bytes are, a value or a ValueError.

How deep a parser can go depends on who calls it, and from how deep; what it has just managed to
read may then be too deep to be written again. And a body of empty lists takes twenty times its
own size. So both are counted first, on the bytes alone.
"""

from collections.abc import Iterator
from typing import TypeVar

import msgspec

DEEPEST = 32  # lists and objects in each other; a value takes 7 at most, what is around it fewer
MOST = 1_000_000  # lists and objects in one message, of some 60 bytes each
MOST_VALUES = 5_000_000  # of any sort, as many bytes each
SLICE = 2**20  # bytes looked at together

T = TypeVar("T")

_OPENING = bytes.maketrans(b"{}", b"[]")
_MEANINGLESS = bytes(set(range(256)) - set(b'[]{},"'))


def decode(content: bytes, shape: type[T]) -> T:
    """The content as this shape. Raises ValueError: another shape, no JSON, too deep, too many."""
    check_structure(content)
    try:
        return msgspec.json.decode(content, type=shape)
    except OverflowError as error:
        raise ValueError("a number that cannot be kept") from error


def check_structure(content: bytes) -> None:
    """Raise ValueError where brackets stand in each other too deep, or there are too many.

    Also for some that are never closed; none of them is JSON.
    """
    left, opened, values = b"", 0, 0
    for signs in _outside_texts(content):
        values += signs.count(b",")
        brackets = signs.replace(b",", b"")
        opened += brackets.count(b"[")
        if values > MOST_VALUES or opened > MOST:
            raise ValueError("too many values")
        left += brackets
    for _ in range(DEEPEST):
        left = left.replace(b"[]", b"")  # the innermost of all
        if not left:
            return
    if b"[" in left:
        raise ValueError(f"more than {DEEPEST} levels")


def _outside_texts(content: bytes) -> Iterator[bytes]:
    """The brackets, all square, and commas of each slice."""
    if b"\\" in content:
        content = content.replace(b"\\\\", b"").replace(b'\\"', b"")
    inside = False
    for start in range(0, len(content), SLICE):
        signs = content[start : start + SLICE].translate(_OPENING, _MEANINGLESS)
        pieces = signs.replace(b'""', b"").split(b'"')  # two quotes in a row change nothing
        yield b"".join(pieces[inside::2])
        inside ^= len(pieces) % 2 == 0
