"""`python -m tests.simulate --seeds 2000`: the real code under a seeded adversary.

--json          one JSON document; always printed in words otherwise
--twice         each schedule a second time: every byte on the line must be the same
--mutant NAME   the code with one guard removed: it must be caught
--mutants       also every mutant in turn, each until it is caught
"""

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from time import perf_counter
from typing import Any

from tests.simulate.mutants import MUTANTS
from tests.simulate.pool import first_caught, play_batch
from tests.simulate.run import Result

BATCH = 25  # schedules that a process plays at a time


def main(arguments: list[str]) -> int:
    """Play the schedules asked for; 1 where a promise was broken, or a mutant was not caught."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulate", description=__doc__)
    parser.add_argument("--seeds", type=int, default=200, metavar="N", help="so many schedules")
    parser.add_argument("--from", type=int, default=0, dest="first", metavar="SEED")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--twice", action="store_true")
    parser.add_argument("--mutant", choices=list(MUTANTS), default="")
    parser.add_argument("--mutants", action="store_true")
    said = parser.parse_args(arguments)
    os.environ["PYTHONHASHSEED"] = "0"  # of the processes: what is in a set has an order, too
    caught = mutants_caught() if said.mutants else {}
    seeds = range(said.first, said.first + said.seeds)
    began = perf_counter()
    report = summary(play(seeds, said.mutant, twice=said.twice), said.mutant) | {
        "mutants": caught,
        "seconds": round(perf_counter() - began, 1),
    }
    if said.json:
        sys.stdout.write(json.dumps(report, ensure_ascii=False) + "\n")
    else:
        show(report)
    return int(bool(report["failed"]) != bool(said.mutant) or None in caught.values())


def play(seeds: range, mutant: str, *, twice: bool = False) -> Iterator[Result]:
    """The results in the order of the seeds, from as many processes as there are processors."""
    batches = [seeds[at : at + BATCH] for at in range(0, len(seeds), BATCH)]
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as processes:
        more = ([mutant] * len(batches), [twice] * len(batches))
        for results in processes.map(play_batch, batches, *more):
            yield from results


def summary(results: Iterable[Result], mutant: str) -> dict[str, Any]:
    """Counts, and each failure by its seed."""
    injected: Counter[str] = Counter()
    totals: Counter[str] = Counter()
    failed: dict[int, list[str]] = {}
    for result in results:
        injected.update(result.injected)
        totals.update(
            schedules=1,
            edits=result.edits,
            divergences=len(result.divergences),
            losses=len(result.losses),
            doubles=len(result.doubles),
            remains=len(result.remains),
            lockouts=len(result.lockouts),
            crashes=bool(result.crashed),
        )
        if result.wrong:
            failed[result.seed] = result.words[:3]
    return {
        "mutant": mutant or None,
        **{name: totals[name] for name in ("schedules", "edits", "divergences", "losses",
                                           "doubles", "remains", "lockouts", "crashes")},
        "injected": dict(sorted(injected.items())),
        "failed": dict(islice(failed.items(), 20)),
    }  # fmt: skip


def mutants_caught() -> dict[str, tuple[int, str] | None]:
    """{mutant: after how many schedules it is caught, and by what; None where it is not}."""
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as processes:
        return dict(zip(MUTANTS, processes.map(first_caught, MUTANTS), strict=True))


def show(report: dict[str, Any]) -> None:
    """The report in words."""
    for name, value in report.items():
        if name != "mutants":
            sys.stdout.write(f"{name}: {value}\n")
    for name, after in report["mutants"].items():
        words = "caught after {} schedules: {}".format(*after) if after else "NOT CAUGHT"
        sys.stdout.write(f"mutant {name}: {words}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
