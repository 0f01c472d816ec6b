"""python -m tests.bench [start|save|sync]: the figures of docs/benchmarks.md.

Each is a ratio to a floor that is taken in turns with it. The disk is that of the temporary
folder (TMPDIR); nothing is asserted about seconds.
"""

import argparse
import json
import sys

from tests.bench.ratios import Figure


def main(arguments: list[str] | None = None) -> None:
    """Measure, and print each figure as soon as it is there."""
    said = _parser().parse_args(arguments)
    told = []
    for name in [said.figure] if said.figure else FIGURES:
        for figure in FIGURES[name](said):
            told.append(figure.as_json())
            if not said.json:
                sys.stdout.write(figure.as_text() + "\n\n")
                sys.stdout.flush()
    if said.json:
        sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=2) + "\n")


def _start(said: argparse.Namespace) -> list[Figure]:
    from tests.bench import start

    return start.measure(said.runs)


def _save(said: argparse.Namespace) -> list[Figure]:
    from tests.bench import save

    return [save.measure(said.runs, **({"there": said.records} if said.records else {}))]


def _sync(said: argparse.Namespace) -> list[Figure]:
    from tests.bench import exchange

    return exchange.measure(said.runs, said.records)


FIGURES = {"start": _start, "save": _save, "sync": _sync}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m tests.bench", description=__doc__)
    parser.add_argument("figure", nargs="?", choices=list(FIGURES), help="one figure; else all")
    parser.add_argument("--json", action="store_true", help="for programs")
    parser.add_argument(
        "--records", type=int, metavar="N", help="that sync exchanges, and a save finds there"
    )
    parser.add_argument("--runs", type=int, metavar="N", help="pairs that are counted")
    return parser


if __name__ == "__main__":
    main()
