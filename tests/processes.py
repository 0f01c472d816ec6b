"""Processes to be killed: each is forked from one that has imported what they need, so it is quick.

There is one such process for a run of the tests. So what it imports is said here, for all of them.
"""

import json
import multiprocessing
import os
from contextlib import contextmanager

from tests.dying import ANYWHERE, NEVER, serve_in

processes = multiprocessing.get_context("forkserver")
# Not the server's routes: a mutant may have to come before them.
processes.set_forkserver_preload(
    [
        "tests.saving",
        "tests.exchanging",
        "tests.dying",
        "sync.server.deps",
        "uvicorn",
        "psycopg",
    ]
)


@contextmanager
def serving(folder, mutant="", number=NEVER, which=ANYWHERE, **settings):
    """A real server in this folder → (its process, its address). Killed at the end, if it lives.

    `mutant`: code of the test's own that it begins with; it dies at the point of this `number`.
    Raises RuntimeError with what it said where it did not start.
    """
    told = {"DALA_DATA": str(folder), "DALA_PORT": "0", **settings}
    ours, theirs = processes.Pipe(duplex=False)
    said = (theirs, str(folder / "log"), told, mutant, number, which)
    process = processes.Process(target=serve_in, args=said)
    process.start()
    theirs.close()
    try:
        with os.fdopen(os.dup(ours.fileno()), encoding="utf-8") as stdout:
            if not (line := stdout.readline()):
                raise RuntimeError((folder / "log").read_text(encoding="utf-8"))
            yield process, json.loads(line)["url"]
    finally:
        ours.close()
        process.kill()
        process.join()
        process.close()
