"""Runs the server until it is told to stop."""

import gc
import json
import logging
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing

import uvicorn
from fastapi import FastAPI
from starlette.types import Lifespan

from sync.errors import UserError
from sync.language import mark
from sync.server import doomed, lives, retention, sqlite_place
from sync.server.app import create_app
from sync.server.backing_up import back_up_daily
from sync.server.service import Service
from sync.server.settings import Settings
from sync.server.store import require_head

RUBBISH = (
    50_000  # new objects after which rubbish is looked for: one request makes many, and drops them
)


class _Announced(uvicorn.Server):
    """Says where it listens, once it does: whoever asked for port 0 learns which it became."""

    def __init__(self, config: uvicorn.Config, scheme: str) -> None:
        super().__init__(config)
        self._scheme = scheme

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        try:
            await super().startup(sockets)
        except SystemExit as left:  # the framework has logged why, and would leave with its code
            cause = left.__context__
            raise UserError(
                mark("The server cannot listen on {host}, port {port}: {said}."),
                host=self.config.host,
                port=self.config.port,
                said=cause.strerror if isinstance(cause, OSError) else cause,
            ) from left
        for server in self.servers:
            host, port = server.sockets[0].getsockname()[:2]
            named = f"[{host}]" if ":" in host else host
            sys.stdout.write(json.dumps({"url": f"{self._scheme}://{named}:{port}"}) + "\n")
            sys.stdout.flush()


def serve(service: Service, settings: Settings) -> None:
    """Listen and answer until told to stop.

    Raises UserError where the database is not this version's, the certificate is not usable, or
    the address is taken or not of this computer.
    """
    require_head(service.store)
    service.blobs.check()
    service.parts.sweep()
    sqlite_place.drop_unfinished(settings.database)
    doomed.sweep(service)
    service.passwords.warm_up()
    logging.basicConfig(
        stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s"
    )
    config = configure(create_app(service, _at_work(settings)), settings)
    try:
        config.load()
    except OSError as error:  # also that of ssl
        raise UserError(
            mark("The certificate or its key cannot be used: {said}. See the README."),
            said=error.strerror or error,
        ) from error
    gc.freeze()  # what is loaded by now stays, and need not be looked through again
    gc.set_threshold(RUBBISH, 20, 100)
    with service.store.writing.begin() as session:
        lives.begin(session, at_once=True)
    _Announced(config, "https" if settings.certificate else "http").run()


def _at_work(settings: Settings) -> Lifespan[FastAPI]:
    """What goes on while it answers. Not around `run`: the framework ends the process by the signal
    that it was sent. With its last connection SQLite moves its journal into the file, and deletes it."""

    @asynccontextmanager
    async def at_work(app: FastAPI) -> AsyncIterator[None]:
        service: Service = app.state.service
        daily = back_up_daily(service, settings.backups), retention.run_daily(service)
        with closing(service.store), daily[0], daily[1]:
            yield

    return at_work


def configure(app: FastAPI, settings: Settings) -> uvicorn.Config:
    """How the application listens: with no header, and no line in a log, that nobody needs."""
    return uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        access_log=False,  # it would name the senders of anonymous answers
        log_config=None,
        server_header=False,
        date_header=False,  # the time that counts is in the reply
        ssl_certfile=settings.certificate,
        ssl_keyfile=settings.key,
        timeout_keep_alive=30,
    )
