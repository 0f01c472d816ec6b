"""python -m tests.bench.passage FILE URL TOKEN: one laptop's exchange in a process of its own.

Says {"seconds", "sent", "taken", "requests", "up", "down", "idle_mb", "peak_mb"}: memory that the
process held before the exchange, and the most that it ever held.
"""

import json
import resource
import sys
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

from tests.bench.laptops import Laptop

MB = 2**20


def main(file: str, url: str, token: str) -> None:
    """Exchange once."""
    with closing(Laptop(Path(file), url, token)) as laptop:
        idle = held()
        passage = laptop.exchange()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MB
    told = {"idle_mb": round(idle, 1), "peak_mb": round(most, 1)}
    sys.stdout.write(json.dumps(asdict(passage) | told) + "\n")


def held() -> float:
    """MB of memory that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / MB


if __name__ == "__main__":
    main(*sys.argv[1:])
