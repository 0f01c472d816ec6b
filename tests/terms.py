"""Lines on which a term ends at a given request: what was good when it left is no more."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import requests

from sync.server.tokens import TERM
from tests.servers import AppAdapter


class Hours:
    """A server's clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def end_term(self) -> None:
        """No token is good any more."""
        self.time += TERM


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
