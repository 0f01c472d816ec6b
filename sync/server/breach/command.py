"""The command `admin breach`: look, write down that somebody did, then tell."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import msgspec

from sync.errors import UserError
from sync.language import mark
from sync.person import SERVER
from sync.server import audit
from sync.server.audit import Act
from sync.server.breach.letters import write_folder
from sync.server.breach.report import Breach, look
from sync.server.breach.words import page
from sync.server.daily import KEEPER
from sync.server.service import Service

ONE_OF = mark("Say either --device ID or --login LOGIN.")


def run(
    service: Service,
    *,
    login: str,
    device: str,
    since: date | None,
    until: date | None,
    folder: Path | None,
) -> tuple[Breach, list[str]]:
    """(what is known, the names of the files written). The audit says so before anything is shown.

    `until` counts as a whole day. Raises UserError.
    """
    if bool(login) == bool(device):
        raise UserError(ONE_OF)
    with service.reading(KEEPER) as session:
        told, found = look(
            session,
            service,
            login=login,
            device=device,
            since=_begin(since) if since else None,
            until=min(_begin(until + timedelta(days=1)), service.now()) if until else None,
        )
    with service.writing(KEEPER) as session:
        subject = {
            "action": "breach",
            "login": told.login,
            "devices": [str(one.device) for one in told.laptops],
            "records": told.with_people,
            "people": told.citizens,
            "folder": folder is not None,
        }
        audit.note(session, SERVER, Act.ADMINISTERED, subject, service.now())
    return told, write_folder(folder, service, told, found) if folder else []


def shown(
    service: Service, told: Breach, files: list[str], *, as_json: bool
) -> dict[str, Any] | list[str]:
    """As the command prints it: a document, or the lines of a page."""
    if as_json:
        return {**msgspec.to_builtins(told), "files": files}
    return [*page(service, told), *files]


def _begin(day: date) -> datetime:
    """Midnight where the server stands."""
    return datetime.combine(day, time()).astimezone().astimezone(UTC)
