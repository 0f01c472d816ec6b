"""`python -m tests.anonymity --worlds 100`: waves by the real code, and attackers who link answers.

--json          one JSON document; always printed in words otherwise
--mutant NAME   the program with one guard removed: it must be caught
--mutants       also every mutant in turn, each until it is caught
--postgres      on PostgreSQL
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import islice
from random import Random
from time import perf_counter
from typing import Any

from sync.places import load_pack
from sync.server.store import Store, prepare
from tests.anonymity.attacker import guesses
from tests.anonymity.field import Seen, play
from tests.anonymity.mutants import MUTANTS, without
from tests.anonymity.verdict import Scores, few, traces
from tests.migrated import migrations_once
from tests.postgres import postgres

PATIENCE = 30  # worlds in which a mutant must be caught


@dataclass
class Found:
    """What some worlds came to."""

    worlds: int = 0
    uploads: int = 0
    answers: int = 0
    stayed: int = 0  # answers that never left their laptop: fewer than five
    scores: Scores = field(default_factory=Scores)
    traces: Counter[str] = field(default_factory=Counter)

    @property
    def wrong(self) -> list[str]:
        """By which guards that are missing were seen: attackers' names, and traces."""
        return [*self.scores.broken, *self.traces]

    def as_json(self) -> dict[str, Any]:
        """As plain values."""
        counts = {name: getattr(self, name) for name in ("worlds", "uploads", "answers", "stayed")}
        rows = {name: one.row() for name, one in self.scores.by_attacker.items()}
        return counts | {"attackers": rows, "wrong": self.wrong}


def main(arguments: list[str]) -> int:
    """Play what is asked for; 1 where a promise was broken, or a mutant not caught."""
    parser = argparse.ArgumentParser(prog="python -m tests.anonymity", description=__doc__)
    parser.add_argument("--worlds", type=int, default=20, metavar="N")
    parser.add_argument("--from", type=int, default=0, dest="first", metavar="SEED")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--mutant", choices=list(MUTANTS), default="")
    parser.add_argument("--mutants", action="store_true")
    parser.add_argument("--postgres", action="store_true")
    said = parser.parse_args(arguments)
    began = perf_counter()
    with migrations_once(), databases(on_postgres=said.postgres) as fresh:
        found = Found()
        for seed in range(said.first, said.first + said.worlds):
            look(found, seed, said.mutant, fresh)
        caught = {name: caught_after(name) for name in MUTANTS} if said.mutants else {}
    report = {"mutant": said.mutant or None, **found.as_json(), "mutants": caught}
    report["seconds"] = round(perf_counter() - began, 1)
    if said.json:
        sys.stdout.write(json.dumps(report, ensure_ascii=False) + "\n")
    else:
        show(report)
    return int(bool(found.wrong) != bool(said.mutant) or None in caught.values())


def look(found: Found, seed: int, mutant: str = "", fresh: Any = None) -> Found:
    """Play one world, attack it, and add what came of it."""
    with without(mutant), ExitStack() as database:
        seen = play(seed, database.enter_context(fresh()) if fresh else "")
        return attack(found, seen, seed)


def attack(found: Found, seen: Seen, seed: int) -> Found:
    """The same of a world that was played."""
    told = list(guesses(seen, Random(seed)))
    found.traces.update(set(traces(seen)))
    if few(told):
        found.traces["fewer than five"] += 1
    found.scores.add(told)
    found.worlds += 1
    found.uploads += len(seen.uploads)
    found.answers += len(seen.kept)
    found.stayed += seen.stayed
    return found


def caught_after(mutant: str, worlds: int = PATIENCE) -> tuple[int, list[str]] | None:
    """(after how many worlds it is caught, and by what); None where it is not."""
    found = Found()
    for seed in range(worlds):
        if look(found, seed, mutant).wrong:
            return seed + 1, list(islice(found.wrong, 4))
    return None


@contextmanager
def databases(*, on_postgres: bool) -> Iterator[Any]:
    """A context for each world's prepared database; None: on SQLite, each its own."""
    if not on_postgres:
        yield None
        return
    with postgres() as running, running.database() as url:
        store = Store(url)
        prepare(store, load_pack().districts)
        store.close()
        yield lambda: running.database(url.rpartition("/")[2])


def show(report: dict[str, Any]) -> None:
    """The report in words."""
    for name, value in report.items():
        if name not in ("mutants", "attackers"):
            sys.stdout.write(f"{name}: {value}\n")
    for name, row in report["attackers"].items():
        words = "right {right:.2%} of {guesses}, promised {promised:.2%}, at most {at_most:.2%}"
        sys.stdout.write(f"{name}: {words.format(**row)}\n")
    for name, after in report["mutants"].items():
        words = "caught after {} worlds by {}".format(*after) if after else "NOT CAUGHT"
        sys.stdout.write(f"mutant {name}: {words}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
