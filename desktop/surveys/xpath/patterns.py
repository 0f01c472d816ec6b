"""Regular expressions that a form brings are not trusted: one can keep a laptop busy for years.

Python's matcher goes back over what it tried, so a repeated group that itself repeats, such as
`(a+)+b`, takes time that doubles with each letter. Such patterns are refused before they run.
"""

import re

from desktop.surveys.xpath.errors import XPathError
from sync.language import mark

LONGEST = 1_000  # characters of a pattern
_PARTS = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\((?:\?[:=!]|\?<[=!])?|\)|[*+]|\{\d*,?\d*\}|\||.",
    re.DOTALL,
)
MANY = 20  # times: below it, going back costs little


def check_pattern(pattern: str) -> None:
    """Raises XPathError at a pattern that is too long, or whose time may grow without bounds."""
    if len(pattern) > LONGEST or _repeats_repeats(pattern):
        raise XPathError(
            mark(
                "The regular expression “{pattern}” could take forever: it repeats a group that "
                "itself repeats. Write it without a repetition inside a repeated group."
            ),
            pattern=pattern[:80],
        )


def _repeats_repeats(pattern: str) -> bool:
    inside = [False]  # for each open group: whether something in it repeats
    closed = False  # whether the part just read is such a group
    for part in _PARTS.findall(pattern):
        if part.startswith("("):
            inside.append(False)
        elif part == ")" and len(inside) > 1:
            closed = inside.pop()
            inside[-1] |= closed
            continue
        elif _many(part):
            if closed:
                return True
            inside[-1] = True
        elif part == "|":
            inside[-1] |= len(inside) > 1
        closed = False
    return False


def _many(part: str) -> bool:
    if part in ("*", "+"):
        return True
    if not part.startswith("{"):
        return False
    least, comma, most = part[1:-1].partition(",")
    return (comma and not most) or int(most or least or 0) > MANY
