"""Terms of tokens that end when a test wants it: what was good when it left is no more."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import requests
from sqlalchemy import update

from sync.server.store import Store
from sync.server.tables import Device
from tests.servers import AppAdapter

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def end_terms(database: str) -> None:
    """The tokens of all laptops have run out, in the database of a server that is running."""
    store = Store(database)
    with store.writing.begin() as session:
        session.execute(update(Device).values(until=LONG_AGO))
    store.close()


class Ending(AppAdapter):
    """The way to the server: notes each path, and may do something before a request arrives."""

    def __init__(self, app: Any) -> None:
        super().__init__(app)
        self.asked: list[str] = []
        self.before: dict[tuple[str, int], Callable[[], object]] = {}  # (path, which of them)

    def send(
        self, request: requests.PreparedRequest, *args: Any, **kwargs: Any
    ) -> requests.Response:
        path = str(request.path_url)
        self.asked.append(path)
        meanwhile = self.before.pop((path, self.asked.count(path)), None)
        if meanwhile is not None:
            meanwhile()
        return super().send(request, *args, **kwargs)
