"""`python -m deploy.frequent_passwords < LIST`: write resources/passwords/common.txt anew.

LIST has a password on each line, the most used first. What is in the repository was made from the
list `passwords` of zxcvbn 4.5.0 (MIT), which comes from ten million published by Mark Burnett.
"""

import sys
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from sync.enrolment import SHORTEST_PASSWORD
from sync.guessable import COMMON, digest, forms

MANY = 3_000  # OWASP ASVS 5.0, 6.2.4: of those that would be long enough
PATH = Path(__file__).resolve().parent.parent.joinpath("resources", *COMMON)


def digests(words: Iterable[str]) -> str:
    """A line for each of the MANY first that are long enough. They are sorted, so none tells its rank."""
    long = (word for word in words if len(word) >= SHORTEST_PASSWORD)
    return "\n".join(sorted({digest(forms(word)[0]) for word in islice(long, MANY)})) + "\n"


if __name__ == "__main__":
    PATH.write_text(digests(line.rstrip("\n") for line in sys.stdin), encoding="ascii")
