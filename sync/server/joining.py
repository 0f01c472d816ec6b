"""What a newcomer is given: a one-time code as a join file, and as a sheet of paper."""

import os
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from sync.errors import UserError
from sync.join import LONGEST_NAME, Join, write_join
from sync.language import mark, named
from sync.server.accounts import CODE_LASTS, make_code, tidy, utc_now
from sync.server.admin import Result
from sync.server.join_sheet import draw_sheet
from sync.server.service import Service
from sync.server.tables import Account


def hand_out(
    session: Session, service: Service, login: str, *, file: Path | None, sheet: Path | None
) -> Result:
    """A new code for an account, written into a join file, onto a sheet, or both.

    The code itself is not told again: it stands there. Raises UserError; then there is no code.
    """
    join = invite(session, service, login, utc_now())
    account = session.get_one(Account, join.login)
    written: dict[str, str] = {}
    try:
        if file is not None:
            written["file"] = _write_new(file, _content(join))
        if sheet is not None:
            written["sheet"] = _write_new(sheet, draw_sheet(join, account.language))
    except UserError:
        for path in written.values():  # its code is not going to be one
            Path(path).unlink()
        raise
    return {"login": join.login, "until": join.until.isoformat(), **written}


def invite(session: Session, service: Service, login: str, now: datetime) -> Join:
    """A new code, and all else that a laptop has to know. Raises UserError."""
    if not service.address:
        raise UserError(
            mark("Set DALA_ADDRESS to the address by which laptops reach the server: https://…")
        )
    code = make_code(session, login, now)
    account = session.get_one(Account, tidy(login))
    return Join(
        server=service.address,
        code=code,
        until=now + CODE_LASTS,
        login=account.id,
        name=_in_one_line(account.name),
        region=_in_one_line(named(service.pack.names, account.language)),
        region_key=service.region_keys[-1].keys if service.region_keys else None,
        authority=service.authority,
    )


def _content(join: Join) -> bytes:
    try:
        return write_join(join)
    except ValueError as error:
        raise UserError(
            mark(
                "No laptop would take this join file: the login holds a sign that cannot be seen, "
                "or DALA_AUTHORITY names too many certificates. No code was made."
            )
        ) from error


def _in_one_line(name: str) -> str:
    """Without signs that show nothing or turn the rest around, and nothing like an address."""
    shown = "".join(letter if letter.isprintable() else " " for letter in name.replace("://", " "))
    return " ".join(shown.split())[:LONGEST_NAME]


def _write_new(path: Path, content: bytes) -> str:
    """Write a file that only its owner may read. Raises UserError, also where there is one."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise UserError(
            mark("There is a file {file} already, and it stays. Choose another name."), file=path
        ) from error
    except OSError as error:
        raise _not_written(path, error) from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
    except OSError as error:
        path.unlink()
        raise _not_written(path, error) from error
    return str(path)


def _not_written(path: Path, error: OSError) -> UserError:
    return UserError(
        mark("{file} cannot be written: {said}. No code was made."),
        file=path,
        said=error.strerror or str(error),
    )
