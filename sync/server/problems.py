"""What the server says when it cannot do as it was asked: RFC 9457, in the asker's language."""

from http import HTTPStatus
from typing import Any

import msgspec
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from sync.errors import Refused, UserError
from sync.language import LANGUAGES, mark, tr

GARBLED = mark("The server could not read this.")
TOO_LARGE = mark("This is more than the server takes at once.")
BUG = mark("The server has a difficulty of its own. Nothing was taken; please try again later.")
WORDS = {
    404: mark("There is nothing here."),
    405: mark("This cannot be done here."),
}


class Problem(UserError):
    """A sentence that goes out with this HTTP status; `at`: what of what was asked it is about."""

    def __init__(
        self,
        status: int,
        text: str,
        headers: dict[str, str] | None = None,
        *,
        at: str = "",
        **values: object,
    ) -> None:
        super().__init__(text, **values)
        self.status, self.headers, self.at = status, headers, at


def language_of(accepted: str | None) -> str:
    """The first of our languages that an Accept-Language header names; Kazakh otherwise."""
    for part in (accepted or "")[:200].split(","):
        code = part.strip()[:2].lower()
        if code in LANGUAGES:
            return code
    return "kk"


def problem(
    status: int, detail: str, headers: dict[str, str] | None = None, at: str = ""
) -> Response:
    """The answer itself."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if at:
        body["at"] = at
    return Response(
        msgspec.json.encode(body),
        status_code=status,
        headers=headers,
        media_type="application/problem+json",
    )


def add_handlers(app: FastAPI) -> None:
    """Turn each sort of error into a problem. Bugs are left to `sync.server.wire`."""

    async def told(request: Request, error: Exception) -> Response:
        assert isinstance(error, UserError)
        status = getattr(error, "status", 403 if isinstance(error, Refused) else 400)
        headers = getattr(error, "headers", None)
        if status == 401:
            headers = {"WWW-Authenticate": "Bearer"}
        return problem(status, error.words(_language(request)), headers, getattr(error, "at", ""))

    async def unread(request: Request, _error: Exception) -> Response:
        return problem(422, tr(GARBLED, _language(request)))

    async def framework(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        text = WORDS.get(error.status_code, mark("The server refused this."))
        headers: Any = error.headers
        return problem(error.status_code, tr(text, _language(request)), headers)

    app.add_exception_handler(UserError, told)
    app.add_exception_handler(RequestValidationError, unread)
    app.add_exception_handler(HTTPException, framework)


def _language(request: Request) -> str:
    return language_of(request.headers.get("accept-language"))
