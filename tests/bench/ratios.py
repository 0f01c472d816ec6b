"""What a figure is: seconds of ours beside seconds of a floor, taken in turns in one run."""

import gc
import statistics
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Seconds = list[float]


@dataclass(frozen=True)
class Figure:
    """One figure. `facts` says what else was counted: {"bytes up": 123}."""

    name: str
    floor_is: str
    floor: Seconds
    ours: Seconds
    facts: dict[str, float] = field(default_factory=dict)

    @property
    def ratio(self) -> float:
        """Median of ours to median of the floor."""
        return statistics.median(self.ours) / statistics.median(self.floor)

    def as_json(self) -> dict[str, Any]:
        """Seconds, and what is made of them."""
        return {
            "name": self.name,
            "floor_is": self.floor_is,
            "runs": len(self.ours),
            "floor": _told(self.floor),
            "ours": _told(self.ours),
            "ratio": {"min": min(self.ours) / min(self.floor), "median": self.ratio},
            "facts": self.facts,
        }

    def as_text(self) -> str:
        """Two lines or more for a person."""
        told = self.as_json()
        lines = [
            f"{self.name}: {told['ratio']['median']:.2f}× the floor "
            f"(of the least: {told['ratio']['min']:.2f}×), {len(self.ours)} runs",
            f"  ours   {_times(self.ours)}",
            f"  floor  {_times(self.floor)}  ({self.floor_is})",
        ]
        return "\n".join([*lines, *(f"  {name}: {_number(n)}" for name, n in self.facts.items())])


def in_turns(
    floor: Callable[[], float], ours: Callable[[], float], runs: int
) -> tuple[Seconds, Seconds]:
    """Floor, ours, floor, ours…: both meet the same machine. The first pair is not counted."""
    floor()
    ours()
    pairs = []
    for _ in range(runs):
        gc.collect()  # the rubbish of one is not swept up at the cost of the other
        pairs.append((floor(), ours()))
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def _told(seconds: Seconds) -> dict[str, float]:
    return {"min": min(seconds), "median": statistics.median(seconds), "max": max(seconds)}


def _times(seconds: Seconds) -> str:
    unit, factor = ("s", 1) if min(seconds) >= 0.1 else ("ms", 1000)
    told = _told(seconds)
    return "  ".join(f"{name} {value * factor:.2f} {unit}" for name, value in told.items())


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.2f}"
