"""The numbers of people (IIN) and of entities (BIN), and whether one was mistyped.

A number that does not fit is told at its field and kept: foreigners have none, and what a person
showed may be odd. Twelve digits, the last of which follows from the others: the sum of each times
its place, modulo 11; where that is 10 once more with other weights; where that is 10 again, no such
number is issued. Sources: order of the numbers as in python-stdnum's and Faker's descriptions (see
docs/decisions/0063-declared-once.md); to be checked with the registrar.
"""

import re
from datetime import date

from sync.errors import UserError
from sync.language import mark

SPACES = re.compile(r"[\s-]+")
CENTURIES = {"1": 1800, "2": 1800, "3": 1900, "4": 1900, "5": 2000, "6": 2000}
FIRST = range(1, 12)
SECOND = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
SORTS = "456"  # of a BIN: an entity, an entity of foreigners, a sole entrepreneur
UNITS = "0123"  # head, branch, office, joint venture
LENGTH = mark("This has twelve digits: please check it. It is kept as it stands.")
MISTYPED = mark("A digit seems to be mistyped: please check it. It is kept as it stands.")


def doubt(check: str, written: str) -> UserError | None:
    """What seems wrong with a number, in words; None where nothing does. `check`: "iin" or "bin"."""
    number = SPACES.sub("", written)
    if not number:
        return None
    if len(number) != 12 or not (number.isascii() and number.isdigit()):
        return UserError(LENGTH)
    fits = _is_person if check == "iin" else _is_entity
    return (
        None
        if fits(number) and check_digit(number[:11]) == int(number[11])
        else UserError(MISTYPED)
    )


def check_digit(first: str) -> int | None:
    """The twelfth digit for eleven; None where no such number is issued."""
    for weights in (FIRST, SECOND):
        found = sum(int(digit) * weight for digit, weight in zip(first, weights, strict=True)) % 11
        if found < 10:
            return found
    return None


def _is_person(number: str) -> bool:
    """Year, month and day of birth; then a digit for century and sex."""
    century = CENTURIES.get(number[6])
    if century is None:
        return False
    try:
        date(century + int(number[:2]), int(number[2:4]), int(number[4:6]))
    except ValueError:
        return False
    return True


def _is_entity(number: str) -> bool:
    """Year and month of registration; then what it is."""
    return 1 <= int(number[2:4]) <= 12 and number[4] in SORTS and number[5] in UNITS
