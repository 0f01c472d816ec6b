"""python -m tests.faked [--waves N] [--share S] [--counts]: the figures of docs/quality.md."""

import argparse
import sys
from collections.abc import Iterator

from tests.faked import counted
from tests.faked.figures import (
    checked,
    fakers_found,
    honest_interviewers_flagged,
    honest_interviews_flagged,
    recall,
)
from tests.faked.waves import FIRST, KINDS, SHARE


def main() -> None:
    """Print the figures, a line each."""
    parser = argparse.ArgumentParser(prog="python -m tests.faked")
    parser.add_argument("--waves", type=int, default=20, help="of each sort")
    parser.add_argument("--share", type=float, default=SHARE, help="faked of a faker's work")
    parser.add_argument("--counts", action="store_true", help="by what laptops tell alone")
    parser.add_argument("--parts", type=int, default=1, help="in which answers leave their laptop")
    asked = parser.parse_args()
    seeds = range(FIRST, FIRST + asked.waves)
    lines = _by_counts(seeds, asked) if asked.counts else _by_rows(seeds, asked.share)
    for line in lines:
        sys.stdout.write(f"{line}\n")


def _by_rows(seeds: range, share: float) -> Iterator[str]:
    honest = [checked(seed, ()) for seed in seeds]
    faked = [checked(seed, KINDS, share) for seed in seeds]
    named, out = honest_interviews_flagged(honest), honest_interviewers_flagged(honest)
    yield f"honest waves: interviews named {named}, interviewers standing out {out}"
    for kind in KINDS:
        named, out = recall(faked, kind), fakers_found(faked, kind)
        yield f"{kind}: interviews named {named}, interviewers standing out {out}"
    named, out = honest_interviews_flagged(faked), honest_interviewers_flagged(faked)
    yield f"honest beside fakers: interviews named {named}, interviewers standing out {out}"


def _by_counts(seeds: range, asked: argparse.Namespace) -> Iterator[str]:
    honest = [counted.told(seed, (), SHARE, asked.parts) for seed in seeds]
    faked = [counted.told(seed, KINDS, asked.share, asked.parts) for seed in seeds]
    yield f"honest waves: interviewers named {counted.honest_named(honest)}"
    for kind in KINDS:
        yield f"{kind}: interviewers named {counted.fakers_found(faked, kind)}"
    yield f"honest beside fakers: interviewers named {counted.honest_named(faked)}"


if __name__ == "__main__":
    main()
