"""A server of this process on a real socket, as `python -m sync.server` listens.

with regional(database, folder) as server, listening(server) as url:
    ...
"""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import uvicorn

from sync.server.serve import configure
from sync.server.settings import Settings
from tests.servers import Regional


class _Server(uvicorn.Server):
    def install_signal_handlers(self) -> None:
        """None: this is not the main thread."""


@contextmanager
def listening(
    server: Regional, certificate: Path | None = None, key: Path | None = None
) -> Iterator[str]:
    """Answer on a port of this computer as long as the block lasts; the URL."""
    settings = Settings(Path(), "", port=0, certificate=certificate, key=key)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        running = _Server(configure(server.app, settings))
        thread = Thread(target=running.run, args=([listener],), name="server")
        thread.start()
        scheme = "https" if certificate else "http"
        try:  # whoever connects before it listens waits in the queue of the socket
            yield f"{scheme}://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            running.should_exit = True
            thread.join()
