"""The marks of an export: its id, which is seen, and the seconds of its moments, which are not.

A table shows when its records were made to the minute. The seconds are the export's: each minute
belongs to one of the id's letters (by a sum of the minute, not by its row), and its seconds are
that letter. So rows may be sorted, left out, or copied elsewhere: some sixty of them tell the id.
Why so, and what it does not survive: docs/decisions/0035-exports.md.
"""

import re
import secrets
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256

from desktop.recovery_code import ALPHABET, groups

DRAWN, SUM = 10, 2  # letters of five bits: 50 random ones, and 10 by which others are told apart
LETTERS = DRAWN + SUM
SECONDS, BASE = 60, 32
AGREEING = 0.9  # of the minutes of a letter: a file may hold some rows of others
ENOUGH = 6  # letters: with fewer, chance would find an id
UNKNOWN = "?"
NOT_YET = "····-····-····"  # of a paper that is only looked at: its id comes when it leaves
SPELLED = re.compile(rf"(?<![0-9A-Z])(?:[{ALPHABET}]{{4}}-){{2}}[{ALPHABET}]{{4}}(?![0-9A-Z-])")


def new_mark() -> str:
    """The id of another export, as it is written: K7QM-2D9X-41RT."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(DRAWN))
    return "-".join(groups(drawn + _sum(drawn)))


def is_mark(text: str) -> bool:
    """Whether this is an id of an export, well copied."""
    letters = text.replace("-", "")
    return bool(SPELLED.fullmatch(text)) and letters[DRAWN:] == _sum(letters[:DRAWN])


def marks_in(text: str) -> set[str]:
    """The ids that are written somewhere in a text."""
    return {found for found in SPELLED.findall(text) if is_mark(found)}


def stamped(at: datetime, mark: str) -> datetime:
    """The minute of a moment, with the seconds of this export. `at` is of the place, no zone."""
    minute = at.replace(second=0, microsecond=0)
    place, chance = _place(minute)
    value = ALPHABET.index(mark.replace("-", "")[place])
    # also beyond 32, else half of a minute's seconds would never come, which somebody would see
    high = value + BASE
    return minute + timedelta(seconds=high if high < SECONDS and chance else value)


def mark_of(moments: Iterable[datetime]) -> str | None:
    """The id that the seconds of these moments tell, with ? for letters that no moment belongs to.

    None where they tell none: too few of them, or they are nobody's marks.
    """
    told: dict[int, Counter[str]] = defaultdict(Counter)
    for at in set(moments):
        rounded = at + timedelta(milliseconds=500)  # a spreadsheet keeps days, not seconds
        place, _ = _place(rounded.replace(second=0, microsecond=0))
        told[place][ALPHABET[rounded.second % BASE]] += 1
    letters = [UNKNOWN] * LETTERS
    for place, counted in told.items():
        letter, times = counted.most_common(1)[0]
        if times >= AGREEING * counted.total():
            letters[place] = letter
    mark = "-".join(groups("".join(letters)))
    if UNKNOWN in mark:
        return mark if sum(letter != UNKNOWN for letter in letters) >= ENOUGH else None
    return mark if is_mark(mark) else None


def fits(mark: str, told: str) -> bool:
    """Whether an id may be the one that was told with some letters unknown."""
    return len(mark) == len(told) and all(
        other in (letter, UNKNOWN) for letter, other in zip(mark, told, strict=True)
    )


def _place(minute: datetime) -> tuple[int, bool]:
    """Which letter a minute belongs to, and a bit of chance that stays the same."""
    number = int.from_bytes(sha256(f"{minute:%Y-%m-%d %H:%M}".encode()).digest()[:8])
    return number % LETTERS, bool(number >> 32 & 1)


def _sum(drawn: str) -> str:
    number = int.from_bytes(sha256(b"dala export " + drawn.encode()).digest())
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(SUM))
