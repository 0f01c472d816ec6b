"""The waves of a person as the screen of surveys shows them, read in one go."""

from dataclasses import dataclass
from datetime import date

from desktop.actions import drafts, records, surveys, waves
from desktop.actions.answers import draft_key
from desktop.actions.surveys import WaveState
from desktop.actions.waves import WaveProgress
from desktop.session import Desk
from desktop.surveys.waves import silence
from desktop.surveys.waves.silence import Silence


@dataclass(frozen=True)
class ShownWave:
    """One wave: its state, whether an interview was begun, how far it is, and its silent days."""

    state: WaveState
    begun: bool
    progress: WaveProgress
    linked: bool  # to a vote
    silence: Silence | None  # None also where the voting day is not known


def read_waves(desk: Desk) -> list[ShownWave]:
    """For the store's thread; those that run come first."""
    found = [_shown(desk, state) for state in surveys.list_waves(desk)]
    on = today()
    return sorted(found, key=lambda one: not one.state.runs(on))


def today() -> date:
    """The day of the place, by which waves begin and end."""
    return date.today()  # noqa: DTZ011  # the day of the place


def _shown(desk: Desk, state: WaveState) -> ShownWave:
    row = records.show(desk, state.id, "wave")
    return ShownWave(
        state=state,
        begun=bool(drafts.recall(desk, draft_key(state.id))),
        progress=waves.read_progress(desk, state.id),
        linked=silence.is_linked(row),
        silence=silence.silence(row),
    )
