"""What evaluating the expressions of a form may cost: they are not trusted to come to an end soon.

`//*[count(//*[count(//*) > 0]) > 0]` looks at each node for each node for each node, and twenty
calculations that each join the one before with itself make a text of a million letters.
"""

from collections.abc import Iterable
from time import monotonic

from desktop.surveys.xpath.errors import XPathError
from sync.language import mark

SECONDS = 3.0  # for all expressions after one answer; a form of 2,000 questions takes a tenth
OFTEN = 200  # nodes and calls between two looks at the clock
AT_ONCE = 200_000  # comparisons of two lists of nodes with each other
LONGEST = 32_767  # characters of a text that is worked out: as many as a cell of Excel holds

SLOW = mark("The form takes too long to work this out, and it was left empty.")
LONG = mark("The form works out a text of more than {most} characters here; it was left empty.")


class Effort:
    """Counts what is looked at, and the time of it; rests between two evaluations."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._left, self._count, self._began = seconds, 0, monotonic()
        self._within = 0  # a choice's label may be asked for while a calculation goes on

    def resume(self) -> "Effort":
        """From here on time counts."""
        if not self._within:
            self._began = monotonic()
        self._within += 1
        return self

    def rest(self) -> None:
        """Time does not count until it is resumed."""
        self._within -= 1
        if not self._within:
            self._left -= monotonic() - self._began

    def spend(self, looks: int) -> None:
        """So many nodes or calls. Raises XPathError where all together take too long."""
        self._count += looks
        if self._count > OFTEN:
            if looks > AT_ONCE or monotonic() - self._began > self._left:
                self._left = 0.0  # nor for the next one
                raise XPathError(SLOW)
            self._count = 0 if self._left > 0 else OFTEN


def bounded(between: str, texts: Iterable[str]) -> str:
    """The texts joined. Raises XPathError as soon as they are too long."""
    found: list[str] = []
    length = 0
    for text in texts:
        found.append(text)
        length += len(text) + len(between)
        if length - len(between) > LONGEST:
            raise XPathError(LONG, most=LONGEST)
    return between.join(found)
