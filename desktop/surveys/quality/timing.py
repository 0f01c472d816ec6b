"""How long an interview takes, told by what is on the screen. It is forgotten with the interview."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import msgspec

WORD = 0.3  # seconds; who answers sooner has not read the question (Zhang & Conrad 2014)
LEAST = 1.0  # seconds, of a question without words
MORNING, NIGHT = 7, 22
SOON = 120.0  # seconds from one interview to the next; nobody is in another house by then


@dataclass(frozen=True)
class Timed:
    """What is told of it, when it has ended."""

    minutes: float
    hasty: int  # questions that were on the screen for less time than it takes to read them
    night: bool  # begun before MORNING or from NIGHT on, by the laptop's clock
    soon: bool  # its first page was done sooner than SOON after the one before


class Kept(msgspec.Struct):
    """What is kept in the draft, so that an interview can go on after a crash."""

    shown: dict[str, float] = {}  # {path: seconds on the screen}
    due: dict[str, float] = {}  # {path: seconds that its words take}
    night: bool = False
    soon: bool = False


class Timing:
    """Is told what is on the screen; time in which nothing is, or no program runs, does not count.

    `clock` gives seconds and never goes back; `hour` the hour of the day; `before`: when the interview
    before ended, by this clock, None where that is not known.
    """

    def __init__(
        self,
        kept: object = None,
        before: float | None = None,
        clock: Callable[[], float] = time.monotonic,
        hour: Callable[[], int] = lambda: datetime.now().astimezone().hour,
    ) -> None:
        self._clock, self._on, self._from = clock, dict[str, float](), clock()
        night = not MORNING <= hour() < NIGHT
        self._kept = _read(kept) or Kept(night=night)
        self._before = before  # None when the first page is done

    def on(self, texts: Mapping[str, str]) -> None:
        """These questions are on the screen now: {path: what is to be read}; {}: none is."""
        self._settle()
        if self._before is not None and self._on and texts.keys() != self._on.keys():
            self._kept.soon = self._from - self._before < SOON
            self._before = None
        self._on = {path: _due(text) for path, text in texts.items()}
        self._kept.due.update(self._on)

    def kept(self) -> dict[str, object]:
        """For the draft."""
        self._settle()
        found: dict[str, object] = msgspec.to_builtins(self._kept)
        return found

    def ended(self) -> Timed:
        """It has ended now."""
        self._settle()
        shown, due = self._kept.shown, self._kept.due
        return Timed(
            minutes=sum(shown.values()) / 60,
            hasty=sum(seconds < due[path] for path, seconds in shown.items()),
            night=self._kept.night,
            soon=self._kept.soon,
        )

    def _settle(self) -> None:
        """Share the time since the last look among what was on the screen, by its words."""
        now = self._clock()
        passed, self._from = now - self._from, now
        whole = sum(self._on.values())
        for path, due in self._on.items():
            before = self._kept.shown.get(path, 0.0)
            self._kept.shown[path] = before + passed * due / whole


def _due(text: str) -> float:
    return max(LEAST, WORD * len(text.split()))


def _read(kept: object) -> Kept | None:
    """What was kept; None where nothing was, or an older program kept the draft."""
    try:
        return None if kept is None else msgspec.convert(kept, Kept)
    except msgspec.ValidationError:
        return None
