"""Ctrl+Z and Ctrl+Shift+Z: the last command is taken back, or done again, and what is left is said."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from desktop.steps import Own, Step, Steps
from sync.language import mark, tr
from ui import messages
from ui.jobs import Jobs

if TYPE_CHECKING:
    from desktop.session import Desk
    from sync.change import Change

Said = Callable[[], tuple[str, str]]  # what would be undone, and what done again
ERASED_ONE = mark("erased a record")


class Undoing(QObject):
    """Of one window at a time: the words on its keys, and what may no longer be undone."""

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._show: Callable[[Said], None] | None = None
        jobs.stepped.connect(self._tell)
        jobs.recorded.connect(self._strike)

    def begin(self, show: Callable[[Said], None]) -> None:
        """`show` is told what says the words, whenever others may be right."""
        self._show = show

    def rest(self) -> None:
        """The file is closed: nothing of what was done stays in memory."""
        self._show = None
        self._jobs.forget_steps()

    @Slot()
    def _tell(self) -> None:
        if self._show is not None:
            self._show(partial(told, self._jobs.steps))

    @Slot(list)
    def _strike(self, changes: list["Change"]) -> None:
        """What was erased, here or by an exchange, cannot be brought back by undoing."""
        from sync.erasure import ERASED, erases

        gone = [change for change in changes if erases(change)]
        if gone:
            self._jobs.steps.strike([change.record for change in gone])
        if any(isinstance(change.fields[ERASED], str) for change in gone):
            self._jobs.steps.did(Step(words=ERASED_ONE))


def told(steps: Steps) -> tuple[str, str]:
    """What would be undone, and what done again, in the language spoken."""
    if steps.to_undo is None and steps.to_redo is None:
        return "", ""
    from desktop.actions.step_words import redo_words, undo_words  # heavy, and loaded by now

    undo, redo = steps.to_undo, steps.to_redo
    return undo_words(undo) if undo else "", redo_words(redo) if redo else ""


def undo(desk: "Desk", jobs: Jobs, step: Step | None = None) -> None:
    """Take the last command back: also one that is being written at this moment. `step`: that one."""
    jobs.read(jobs, bool, lambda _: _undo(desk, jobs, step))


def undo_button(desk: "Desk", jobs: Jobs) -> messages.Action:
    """For a message about what was just done: it takes that back, whatever is done after it."""
    return messages.Action(tr("Undo"), partial(undo, desk, jobs, jobs.steps.to_undo))


def redo(desk: "Desk", jobs: Jobs) -> None:
    """Do again what was taken back last."""
    jobs.read(jobs, bool, lambda _: _redo(desk, jobs))


def _undo(desk: "Desk", jobs: Jobs, step: Step | None) -> None:
    from desktop.actions.step_words import step_words, undo_words

    step = jobs.steps.take(step)
    if step is None:
        messages.tell(tr("There is nothing to undo."))
    elif not step.undoable:
        messages.tell(undo_words(step))
    else:
        again = messages.Action(tr("Redo"), partial(redo, desk, jobs))
        said = tr("Undone: {step}", step=step_words(step))
        _take_back(desk, jobs, step, partial(jobs.steps.undone, step), said, again)


def _redo(desk: "Desk", jobs: Jobs) -> None:
    from desktop.actions.step_words import step_words

    step = jobs.steps.take_again()
    if step is None:
        messages.tell(tr("There is nothing to do again."))
    else:
        back = messages.Action(tr("Undo"), partial(undo, desk, jobs))
        said = tr("Done again: {step}", step=step_words(step))
        _take_back(desk, jobs, step, partial(jobs.steps.redone, step), said, back)


def _take_back(
    desk: "Desk",
    jobs: Jobs,
    step: Step,
    taken: Callable[[Step], None],
    said: str,
    action: messages.Action,
) -> None:
    from desktop.actions.step_words import left_words
    from desktop.actions.undo import Outcome, take_back

    outcome = Outcome()

    def told() -> None:
        left = left_words(outcome)
        if outcome.done:
            messages.say(said, action, about=messages.SAVING)
        if left:
            messages.warn(" ".join([tr("Not all was set back."), *left]))

    if (own := step.own) is not None and own.here:
        own.back()
        if own.forth is not None:
            taken(Step(own=Own(own.words, own.forth, own.back, here=True, about=own.about)))
        messages.say(said, action, about=messages.SAVING)
        return
    work = partial(take_back, desk, step, outcome)
    jobs.write(work, told, lambda error: messages.warn(str(error)), taken=taken)
