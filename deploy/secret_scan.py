"""`python -m deploy.secret_scan [FILE …]`: secrets that must not be in the repository, by their form.

Without files: all that git keeps. Prints file, line and sort, never the secret; 1 where there is one.
"""

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from math import log2
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LARGEST = 2**20  # bytes; larger files are data
RANDOM = 3.7  # bits a character: words and paths have fewer
SORTS = {
    "private key": re.compile(r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----\s*\S{40}"),
    "AWS key": re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    "GitHub token": re.compile(r"\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{60,})"),
    "Slack token": re.compile(r"\bxox[abprs]-[A-Za-z0-9-]{20,}"),
    "JSON Web Token": re.compile(r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}"),
    "password in an address": re.compile(
        r"\b[a-z][a-z0-9+.]*://[^\s:/@'\"{}<>]+:(?=[^\s@]*[a-z0-9])[^\s:/@'\"{}<>]{8,}@"
    ),
    "value of a secret": re.compile(
        r"(?i)(?:password|passwd|secret|token|api_?key|access_?key)['\"]?\s*[:=]\s*"
        r"['\"](?P<value>[A-Za-z0-9+/=_-]{20,})['\"]"
    ),
}  # fmt: skip


def secrets_in(text: str) -> Iterator[tuple[int, str]]:
    """(line, sort) of everything that looks like a secret."""
    for sort, pattern in SORTS.items():
        for found in pattern.finditer(text):
            value = found.groupdict().get("value")
            if value is None or is_random(value):
                yield text.count("\n", 0, found.start()) + 1, sort


def is_random(value: str) -> bool:
    """Whether its characters are as many different ones as chance would make (Shannon, 1948)."""
    shares = [value.count(each) / len(value) for each in set(value)]
    return -sum(share * log2(share) for share in shares) >= RANDOM


def kept_files() -> list[Path]:
    """All that git keeps, and what is about to be added."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],  # noqa: S607
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    return [ROOT / name for name in listed.split("\0") if name]


def scan(files: Iterable[Path]) -> list[str]:
    """A line for each: file, line, sort."""
    told = []
    for file in files:
        if not file.is_file() or file.stat().st_size > LARGEST:
            continue
        text = file.read_bytes().decode("utf-8", errors="ignore")
        told += [f"{file}:{line}: {sort}" for line, sort in secrets_in(text)]
    return told


if __name__ == "__main__":
    lines = scan([Path(name) for name in sys.argv[1:]] or kept_files())
    sys.stdout.writelines(f"{line}\n" for line in lines)
    sys.exit(bool(lines))
