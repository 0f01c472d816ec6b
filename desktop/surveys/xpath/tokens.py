"""The text of an expression → its tokens.

Names may hold `-` and `.`, as in XML; whether `*`, `and` or `div` is an operator is left to the
parser, which knows whether a value or an operator comes next (XPath 1.0, section 3.7).
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from desktop.surveys.xpath.dialects import hint
from desktop.surveys.xpath.errors import XPathError
from sync.language import mark

LONGEST = 32_768  # characters; a longer expression is no one's work

_NAME = r"[^\W\d][\w.\-·]*"
_TOKEN = re.compile(
    rf"""(?P<space>\s+)
    |(?P<number>\d+(?:\.\d*)?|\.\d+)
    |(?P<literal>"[^"]*"|'[^']*')
    |(?P<symbol>::|//|\.\.|!=|<=|>=|[()\[\]@,/|+\-=<>*.$])
    |(?P<name>{_NAME}(?::(?!:)(?:{_NAME}|\*))?)""",
    re.VERBOSE,
)


_GLUED = re.compile(r"(?P<name>and|or|div|mod)(?=\d)")  # 6div2, as other engines take it


class Token(NamedTuple):
    """One token; `kind` is number, literal, symbol, name or end."""

    kind: str
    text: str
    position: int


def tokens(text: str) -> Iterator[Token]:
    """The tokens of an expression, then one `end`. Raises XPathError at what is no token."""
    if len(text) > LONGEST:
        raise XPathError(
            mark("The expression is too long: at most {most} characters."), most=LONGEST
        )
    position = 0
    ended = False  # whether a value has just ended, so that only an operator can follow
    while position < len(text):
        found = (_GLUED.match(text, position) if ended else None) or _TOKEN.match(text, position)
        if found is None:
            raise _unreadable(text, position)
        kind = found.lastgroup or ""
        if kind != "space":
            yield Token(kind, found.group(), position)
            ended = kind in ("number", "literal") or found.group() in (")", "]", ".", "..")
        position = found.end()
    yield Token("end", "", position)


def _unreadable(text: str, position: int) -> XPathError:
    if text[position] in "'\"":
        return XPathError(
            mark("The quotation mark at character {position} is never closed."), position
        )
    if (known := hint(text[position], position)) is not None:
        return known
    return XPathError(
        mark("The sign “{sign}” at character {position} does not belong here."),
        position,
        sign=text[position],
    )
