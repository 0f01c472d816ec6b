"""python -m tests.bench.passage FILE URL TOKEN: one laptop's exchange in a process of its own.

Says {"seconds", "sent", "taken", "requests", "up", "down", "cpu", "idle_mb", "peak_mb"}: seconds of
its own processor time, memory that it held before the exchange, and the most that it ever held.
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
        idle, before = held(), resource.getrusage(resource.RUSAGE_SELF)
        passage = laptop.exchange()
    after = resource.getrusage(resource.RUSAGE_SELF)
    most = after.ru_maxrss * 1024 / MB
    worked = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    told = {"cpu": round(worked, 3), "idle_mb": round(idle, 1), "peak_mb": round(most, 1)}
    sys.stdout.write(json.dumps(asdict(passage) | told) + "\n")


def held() -> float:
    """MB of memory that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / MB


if __name__ == "__main__":
    main(*sys.argv[1:])
