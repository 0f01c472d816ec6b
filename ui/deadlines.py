"""How near a term is: in words, with an icon and a tone, never by colour alone."""

from dataclasses import dataclass
from datetime import date

from sync.language import tr, trn

SOON = 3  # days


@dataclass(frozen=True)
class Deadline:
    """What to say about a term: `tone` and `icon` are names of the design system."""

    words: str
    tone: str  # danger, warning, neutral
    icon: str


def deadline(due: date, on: date, working: int | None = None) -> Deadline:
    """A term as it is seen on the day `on`; `working`: how many working days are left, if known."""
    left = (due - on).days
    if left < 0:
        return Deadline(trn("{n} day late", "{n} days late", -left), "danger", "warning")
    if left == 0:
        return Deadline(tr("due today"), "danger", "clock")
    words = trn("{n} day left", "{n} days left", left)
    if working is not None:
        left = working
        words = trn("{n} working day left", "{n} working days left", working)
    return Deadline(words, "warning" if left <= SOON else "neutral", "clock")
