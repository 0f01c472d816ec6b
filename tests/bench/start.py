"""From the start of the process to a window that takes input, beside a bare window's."""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from tests.bench.first_paint import BARE
from tests.bench.processes import surroundings
from tests.bench.ratios import Figure, in_turns

FLOOR = "a script with a bare QMainWindow"
RUNS = 15


def measure(runs: int | None = None, program: str = "ui") -> list[Figure]:
    """To the first paint, and to a window that is of use.

    The profile is empty; the files are in the disk's cache: the process is cold, the disk is not.
    """
    painted: dict[str, list[float]] = {program: [], BARE: []}

    def start(module: str, *words: str) -> float:
        with TemporaryDirectory(prefix="dala-bench-") as home:
            first, use = _moments(Path(home), module, *words)
        painted[module].append(first)
        return use

    floor, ours = in_turns(
        lambda: start(BARE), lambda: start(program, "--profile", "profile"), runs or RUNS
    )
    bare, first = painted[BARE][-len(floor) :], painted[program][-len(ours) :]
    return [
        Figure("start to the first paint", FLOOR, bare, first),
        Figure("start to a window that takes input", FLOOR, floor, ours),
    ]


def _moments(home: Path, *command: str) -> tuple[float, float]:
    """Seconds to "painted" and to "of use". Raises RuntimeError with what the program said."""
    began = perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.first_paint", *command],
        cwd=home,
        env=surroundings(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    said, moments = [], []
    for _ in range(2):
        said.append(process.stdout.readline())
        moments.append(perf_counter() - began)
    rest, complaint = process.communicate(timeout=60)
    if said != ["painted\n", "of use\n"]:
        raise RuntimeError("".join(said) + rest + complaint)
    return moments[0], moments[1]
