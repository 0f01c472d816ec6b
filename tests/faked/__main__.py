"""python -m tests.faked [--waves N] [--share S]: the figures of docs/quality.md."""

import argparse
import sys

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
    asked = parser.parse_args()
    seeds = range(FIRST, FIRST + asked.waves)
    honest = [checked(seed, ()) for seed in seeds]
    faked = [checked(seed, KINDS, asked.share) for seed in seeds]
    out = sys.stdout.write
    out(f"honest waves: interviews named {honest_interviews_flagged(honest)}, ")
    out(f"interviewers standing out {honest_interviewers_flagged(honest)}\n")
    for kind in KINDS:
        out(f"{kind}: interviews named {recall(faked, kind)}, ")
        out(f"interviewers standing out {fakers_found(faked, kind)}\n")
    out(f"honest beside fakers: interviews named {honest_interviews_flagged(faked)}, ")
    out(f"interviewers standing out {honest_interviewers_flagged(faked)}\n")


if __name__ == "__main__":
    main()
