"""The regional server, which kills itself (-9) at the n-th thing that it does.

Counted from the first request on: statements, commits, and what it says on the line. A count and
not a time, so that the same number is the same moment on every machine.
"""

import os
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection
from signal import SIGKILL
from typing import Any
from unittest.mock import patch

from tests.failpoints import DATABASE, Points, watched

SAYS = ("answer", "answered")  # before each piece of a reply leaves, and when the whole has left
ANYWHERE = DATABASE + SAYS
NEVER = 0


def serve_in(
    line: Connection,
    log: str,
    told: Mapping[str, str],
    mutant: str,
    number: int,
    which: tuple[str, ...],
) -> None:
    """The life of a forked process: `line` takes what a server says on stdout."""
    os.environ.update(told)
    os.dup2(line.fileno(), 1)
    os.dup2(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), 2)
    exec(mutant, {})  # of the test itself, before the routes are made
    serve_until(number, which)


def serve_until(number: int, which: tuple[str, ...] = ANYWHERE) -> None:
    """Serve, as `python -m sync.server` does, and die at the point of this number."""
    from sync.server import serve  # here: a mutant comes first
    from sync.server.__main__ import main
    from sync.server.app import create_app

    points = Points(number, _die, which)
    begun = False

    def reach(point: str, dialect: Any = None) -> None:
        if begun:
            points.reach(point, dialect)

    def wrapped(service: Any, lifespan: Any) -> Callable[..., Any]:
        app = create_app(service, lifespan)

        async def spoken_to(scope: Any, receive: Any, send: Any) -> None:
            async def say(message: Any) -> None:
                reach("answer")
                await send(message)
                if message["type"] == "http.response.body" and not message.get("more_body"):
                    reach("answered")

            nonlocal begun
            begun = begun or scope["type"] == "http"
            await app(scope, receive, say)

        return spoken_to

    with watched(reach), patch.object(serve, "create_app", wrapped):
        main([])


def _die(_point: str, _dialect: Any) -> None:
    os.kill(os.getpid(), SIGKILL)
