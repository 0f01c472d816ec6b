"""A command of the server that kills itself (-9) at the n-th thing it does to database or disk."""

import os
from collections.abc import Mapping
from signal import SIGKILL
from typing import Any

from tests.failpoints import DATABASE, DISK, Points, watched
from tests.processes import processes


def killed(told: Mapping[str, str], number: int, *words: str) -> bool:
    """Run `python -m sync.server words` in a process of its own; whether it died at this point.

    Raises RuntimeError where it neither died there nor did what it was to do.
    """
    process = processes.Process(target=_run_until, args=(dict(told), number, words))
    process.start()
    process.join()
    code = process.exitcode
    process.close()
    if code not in (0, -SIGKILL):
        raise RuntimeError(f"{words} ended with {code}")
    return code != 0


def _run_until(told: Mapping[str, str], number: int, words: tuple[str, ...]) -> None:
    os.environ.update(told)
    from sync.server.__main__ import main  # as it starts

    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    with watched(Points(number, _die, DATABASE + DISK).reach):
        raise SystemExit(main(words))


def _die(_point: str, _dialect: Any) -> None:
    os.kill(os.getpid(), SIGKILL)
