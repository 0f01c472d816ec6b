"""The one place that speaks to the person: any part of the screen says, one window shows.

Nothing here interrupts. What was said before there is a window waits for it. Call on the thread of
the screen only; work on other threads raises a UserError instead.
"""

from collections.abc import Callable
from dataclasses import dataclass

INFO, SUCCESS, WARNING, DANGER = "info", "success", "warning", "danger"
SAVING = "saving"  # what is said about saving: «The disk is full.», then «Saved here.»
MENDED = "mended"  # what was damaged and came back, then that nothing is synced yet


@dataclass(frozen=True)
class Action:
    """A button on a message: its words and what it does."""

    words: str
    run: Callable[[], object]


@dataclass(frozen=True)
class Message:
    """Words in the language spoken when they were said; `tone` is a tone of the design system.

    What is said about something takes the place of what was said about it before.
    """

    tone: str
    words: str
    action: Action | None = None
    about: str = ""

    @property
    def stays(self) -> bool:
        """What must be read stays until it is closed; the rest goes by itself."""
        return self.tone in (WARNING, DANGER)


Show = Callable[[Message], None]
_waiting: list[Message] = []
_shown_by: list[Show] = []  # the last one is asked


def say(words: str, action: Action | None = None, *, about: str = "") -> None:
    """Something was done: «Saved here.»"""
    _post(Message(SUCCESS, words, action, about))


def tell(words: str, action: Action | None = None) -> None:
    """Something is worth knowing."""
    _post(Message(INFO, words, action))


def warn(words: str, action: Action | None = None, *, about: str = "") -> None:
    """Something could not be done: what happened, what is safe, what to do. Stays until closed."""
    _post(Message(WARNING, words, action, about))


def fail(words: str, action: Action | None = None) -> None:
    """Something went wrong that must not be missed. Stays until closed."""
    _post(Message(DANGER, words, action))


def show_with(show: Show) -> None:
    """From now on `show` shows what is said, and at once what waited."""
    _shown_by.append(show)
    waited, _waiting[:] = list(_waiting), []
    for message in waited:
        show(message)


def stop_showing(show: Show) -> None:
    """The window goes; what is said from now on waits for the next one."""
    if show in _shown_by:
        _shown_by.remove(show)


def _post(message: Message) -> None:
    if _shown_by:
        _shown_by[-1](message)
    else:
        _waiting.append(message)
