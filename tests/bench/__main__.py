"""python -m tests.bench [FIGURE]: the figures of docs/benchmarks.md; --help names them.

Each is a ratio to a floor that is taken in turns with it. The disk is that of the temporary
folder (TMPDIR); nothing is asserted about seconds.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol

from tests.bench.ratios import Figure


class Shown(Protocol):
    """What a measurement found."""

    def as_json(self) -> dict[str, Any]: ...
    def as_text(self) -> str: ...


def main(arguments: list[str] | None = None) -> None:
    """Measure, and print each figure as soon as it is there."""
    said = _parser().parse_args(arguments)
    told = []
    for name in [said.figure] if said.figure else USUAL:
        for figure in FIGURES[name](said):
            told.append(figure.as_json())
            if not said.json:
                sys.stdout.write(figure.as_text() + "\n\n")
                sys.stdout.flush()
    if said.json:
        shown = by_database(told) if said.figure in ("sync", "growth") else told
        sys.stdout.write(json.dumps(shown, ensure_ascii=False, indent=2) + "\n")


def by_database(told: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """{"sqlite": …, "postgresql": …}: what was measured of each, beside each other."""
    found: dict[str, dict[str, Any]] = {}
    for one in told:
        rest = {name: value for name, value in one.items() if name != "name"}
        found.setdefault(one["name"].lower(), {}).update(rest)
    return found


def _start(said: argparse.Namespace) -> list[Figure]:
    from tests.bench import start

    return start.measure(said.runs)


def _save(said: argparse.Namespace) -> list[Figure]:
    from tests.bench import save

    return [save.measure(said.runs, **({"there": said.records} if said.records else {}))]


def _sync(said: argparse.Namespace) -> Sequence[Shown]:
    from tests.bench import exchange

    return exchange.measure(said.runs, said.records)


def _growth(said: argparse.Namespace) -> Sequence[Shown]:
    from tests.bench import growth

    most = said.records or growth.MOST
    return growth.measure(tuple(size for size in growth.SIZES if size <= most))


def _line(said: argparse.Namespace) -> Sequence[Shown]:
    from tests.bench import line

    return line.measure(said.records)


def _dictionary(said: argparse.Namespace) -> Sequence[Shown]:
    from tests.bench import dictionary

    return dictionary.measure(said.records)


def _key(said: argparse.Namespace) -> Iterable[Shown]:
    from tests.bench import key

    return key.measure(said.runs, said.records)


def _stall(said: argparse.Namespace) -> Iterable[Shown]:
    from tests.bench import stall

    return stall.measure(said.records)


def _slow(said: argparse.Namespace) -> Iterable[Shown]:
    from tests.bench import slow

    return slow.measure(said.runs, said.records)


def _answer(said: argparse.Namespace) -> Iterable[Shown]:
    from tests.bench import answer

    return answer.measure(said.runs, said.records)


def _form(said: argparse.Namespace) -> Iterable[Shown]:
    from tests.bench import importing

    return importing.measure(said.runs, said.records)


def _import(said: argparse.Namespace) -> Iterable[Shown]:
    from tests.bench import register

    return [register.measure(said.runs, said.records)]


def _rating(said: argparse.Namespace) -> Iterable[Shown]:
    from tests.bench import rating

    return [rating.measure(said.runs, said.records)]


def _interview(said: argparse.Namespace) -> Iterable[Shown]:
    from tests.bench import interview

    return interview.measure(said.runs, said.records)


def _list(said: argparse.Namespace) -> Iterable[Shown]:
    from tests.bench import long_list

    return long_list.measure(said.runs, said.records)


def _search(said: argparse.Namespace) -> Iterable[Shown]:
    from tests.bench import search

    return search.measure(said.runs, said.records)


def _pairs(said: argparse.Namespace) -> Iterable[Shown]:
    from tests.bench import pairs

    return [pairs.measure(said.runs, said.records)]


def _report(said: argparse.Namespace) -> Iterable[Shown]:
    from tests.bench import report

    return [report.measure(said.runs, said.records)]


def _review(said: argparse.Namespace) -> Iterable[Shown]:
    from tests.bench import decisions

    return decisions.measure(said.records)


def _reception(said: argparse.Namespace) -> Iterable[Shown]:
    from tests.bench import reception

    return reception.measure(said.runs, said.records)


def _screens(said: argparse.Namespace) -> Iterable[Shown]:
    from tests.bench import screens

    return screens.measure(said.records, said.kept, why=said.why, only=said.only)


def _map(said: argparse.Namespace) -> Iterable[Shown]:
    from tests.bench import map_walk

    return map_walk.measure(said.runs, said.records)


def _bulk(said: argparse.Namespace) -> Iterable[Shown]:
    from tests.bench import bulk

    return [bulk.measure(said.runs, said.records)]


def _preview(said: argparse.Namespace) -> Iterable[Shown]:
    from tests.bench import preview

    return [preview.measure(said.runs)]


def _rows(said: argparse.Namespace) -> Iterable[Shown]:
    from tests.bench import rows

    return rows.measure(said.runs, said.records, said.only)


FIGURES: dict[str, Callable[[argparse.Namespace], Iterable[Shown]]] = {
    "start": _start,
    "save": _save,
    "sync": _sync,
    "growth": _growth,
    "dictionary": _dictionary,
    "line": _line,
    "stall": _stall,
    "key": _key,
    "slow": _slow,
    "answer": _answer,
    "interview": _interview,
    "form": _form,
    "import": _import,
    "rating": _rating,
    "report": _report,
    "search": _search,
    "list": _list,
    "review": _review,
    "reception": _reception,
    "screens": _screens,
    "map": _map,
    "bulk": _bulk,
    "pairs": _pairs,
    "preview": _preview,
    "rows": _rows,
}
USUAL = ("start", "save", "sync", "line", "answer")  # the others are asked for by their names


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m tests.bench", description=__doc__)
    parser.add_argument(
        "figure",
        nargs="?",
        choices=list(FIGURES),
        help=f"one figure; else {', '.join(USUAL)}",
    )
    parser.add_argument("--json", action="store_true", help="for programs")
    parser.add_argument(
        "--records",
        type=int,
        metavar="N",
        help="that sync and line exchange, a save, a new key, a report or a search finds there, growth reaches, rows of an import, records of a bulk action, nodes or questions of a form",
    )
    parser.add_argument(
        "--kept",
        type=Path,
        metavar="FOLDER",
        help="where screens finds or keeps its invented data",
    )
    parser.add_argument(
        "--why", action="store_true", help="what the window's thread did while screens stood still"
    )
    parser.add_argument(
        "--only",
        type=lambda said: said.split(","),
        default=(),
        metavar="NAMES",
        help="of screens, or of rows, these alone, by their keys, with commas between them",
    )
    parser.add_argument("--runs", type=int, metavar="N", help="pairs that are counted")
    return parser


if __name__ == "__main__":
    main()
