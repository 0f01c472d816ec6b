"""Processes to be killed: each is forked from one that has imported what they need, so it is quick.

There is one such process for a run of the tests. So what it imports is said here, for all of them.
"""

import multiprocessing

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
