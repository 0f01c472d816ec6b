"""Which program a start of Dala becomes: the installed one starts first, and hands over.

A version that was started twice without showing its window is given up, and the one before is
current again. That costs no work: the file is opened, and brought to a newer schema, only later.
"""

import os
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from desktop.updates import versions
from desktop.updates.versions import Programs
from sync.errors import UserError

TRIES = 2  # starts that may end without a window


def hand_over(programs: Programs, words: list[str], window: bool) -> None:
    """Become the current version, if that is another program than this one; else return.

    `window`: this start will show one, so it counts as a try. A version that cannot be started
    at all is given up at once.
    """
    if _is_one_of(programs, Path(sys.executable)):
        return
    while program := choose(programs, window):
        try:
            os.execve(program, [str(program), *words], own_environment())  # noqa: S606
        except OSError:
            if not give_up(programs):
                return


def own_environment(**more: str) -> dict[str, str]:
    """What another version is started with: nothing that the bundle of this one put there."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("_PYI_")}
    kept.pop("LD_LIBRARY_PATH", None)
    if before := kept.pop("LD_LIBRARY_PATH_ORIG", ""):
        kept["LD_LIBRARY_PATH"] = before
    return {**kept, "PYINSTALLER_RESET_ENVIRONMENT": "1", **more}


def choose(programs: Programs, window: bool) -> Path | None:
    """The program to become; None is the one that asks. Counts the try where it is one."""
    state = versions.read_state(programs)
    if state.now and window:
        if state.starts >= TRIES:
            give_up(programs)
            return choose(programs, window)
        with suppress(UserError):  # a full disk: it starts all the same, and is not counted
            versions.write_state(programs, replace(state, starts=state.starts + 1))
    return versions.executable(programs.program(state.now)) if state.now else None


def give_up(programs: Programs) -> bool:
    """Go back from a version that does not come up; whether that could be written."""
    try:
        versions.go_back(programs, failed=versions.running(versions.read_state(programs)))
    except UserError:
        return False
    return True


def came_up(programs: Programs) -> None:
    """The window is there: the starts of before count no more."""
    state = versions.read_state(programs)
    if state.starts and _is_one_of(programs, Path(sys.executable)):
        with suppress(UserError):
            versions.write_state(programs, replace(state, starts=0))


def _is_one_of(programs: Programs, program: Path) -> bool:
    return program.is_relative_to(programs.folder)
