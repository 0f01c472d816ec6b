"""PostgreSQL's own programs, which write its database into a file and read it back.

They are found in the folder DALA_PG_BIN, or on the PATH. A password reaches them by their
environment, where only the same user sees it, and never by their arguments.
"""

import os
import re
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from sqlalchemy import URL, Connection, func, select

from sync.errors import UserError
from sync.language import mark

# SQL: nothing ends a long restore, where the server knows that limit
NO_LIMIT = (
    b"SELECT set_config(name, '0', false) FROM pg_settings WHERE name = 'transaction_timeout';\n"
)
NO_LIMIT_OF_17 = (
    b"SET transaction_timeout = 0;\n"  # as pg_restore says it to every server since 17
)
# SQL: all that is this login's own, for a backup may be of other tables than stand there now
DROP_ALL = b"""
BEGIN;
SET LOCAL client_min_messages = warning;
SET LOCAL lock_timeout = '10s';
DO $$ DECLARE one text; BEGIN
  FOR one IN SELECT format('TABLE %I.%I', schemaname, tablename) FROM pg_tables
      WHERE schemaname = 'public' AND tableowner = current_user
    UNION ALL SELECT format('FUNCTION %s', oid::regprocedure) FROM pg_proc
      WHERE pronamespace = 'public'::regnamespace AND proowner = current_user::regrole
  LOOP EXECUTE format('DROP %s CASCADE', one); END LOOP;
END $$;
"""


def dump(connection: Connection, target: Path, programs: Path | None) -> None:
    """What this transaction sees, into a file that is there and empty.

    Raises UserError where the program is missing, older than the server, or fails.
    """
    program = _find("pg_dump", programs)
    _require_as_new(program, connection)
    snapshot = connection.scalar(select(func.pg_export_snapshot()))
    with target.open("wb") as file:
        command = [program, "--format=custom", f"--snapshot={snapshot}"]
        done = _run([*command, *_reaching(connection.engine.url)], connection.engine.url, file)
    if done.returncode:
        raise _failed("pg_dump", done.stderr)


def readable(dumped: Path, programs: Path | None) -> bool:
    """Whether the file can be read to its end."""
    command = [_find("pg_restore", programs), f"--file={os.devnull}", str(dumped)]
    return _run(command).returncode == 0


def put_back(dumped: Path, url: URL, programs: Path | None) -> None:
    """Put the dump in the place of all that stands in the database, in one transaction.

    What was there is there until the last word of it, COMMIT, which is said only when all of the
    dump has been read. Raises UserError; then nothing was changed.
    """
    psql, restore = _find("psql", programs), _find("pg_restore", programs)
    quiet = ["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--file=-"]
    with subprocess.Popen(  # noqa: S603  # PostgreSQL's own, no shell
        [psql, *quiet, *_reaching(url)],
        env=_environment(url),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as taking:
        assert taking.stdin is not None
        assert taking.stderr is not None
        # of one schema: an extension that an administrator made there is not this login's to make
        what = ["--schema=public", "--no-owner", "--no-privileges"]
        command = [restore, *what, "--file=-", str(dumped)]
        given, why = None, b""
        with suppress(BrokenPipeError), taking.stdin:  # where psql has ended: it says why
            taking.stdin.write(NO_LIMIT + DROP_ALL)
            given, why = _give(command, taking.stdin)
            if given == 0:
                taking.stdin.write(b"COMMIT;\n")
        said = taking.stderr.read()
    if given != 0 or taking.returncode:
        raise _failed("psql", said or why)


def _give(command: list[str], taking: IO[bytes]) -> tuple[int, bytes]:
    """What pg_restore writes, to `taking`; its code and its complaints.

    Without the one word of its head that servers before 17 refuse: a newer pg_restore than the
    server is usual, and a backup made with it is to come back on that server.
    """
    with (
        TemporaryFile() as complaints,
        subprocess.Popen(  # noqa: S603  # PostgreSQL's own, no shell
            command, env=_environment(None), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=complaints,
        ) as giving,
    ):  # fmt: skip
        assert giving.stdout is not None
        for line in giving.stdout:
            if line == NO_LIMIT_OF_17:
                break
            taking.write(line)
            if line.startswith(b"SET client_encoding"):  # the head is through
                break
        shutil.copyfileobj(giving.stdout, taking)
        code = giving.wait()
        complaints.seek(0)
        return code, complaints.read()


def require_all(programs: Path | None) -> None:
    """Raise UserError where one that a restore needs is missing."""
    for name in ("pg_restore", "psql"):
        _find(name, programs)


def _find(name: str, programs: Path | None) -> str:
    found = shutil.which(name, path=str(programs) if programs else None)
    if found is None:
        raise UserError(
            mark(
                "PostgreSQL's program {name} is not found. Nothing was changed. Install its client "
                "programs, or set DALA_PG_BIN to the folder in which they are."
            ),
            name=name,
        )
    return found


def _require_as_new(program: str, connection: Connection) -> None:
    """An older program may leave out what it does not know, and refuses."""
    version = connection.dialect.server_version_info
    said = _run([program, "--version"], out=subprocess.PIPE).stdout.decode()
    found = re.search(r"\) (\d+)", said)
    if found is None or version is None or int(found[1]) < int(version[0]):
        raise UserError(
            mark(
                "{program} is of version {found}, and the database of version {version}. No backup "
                "was made. Install PostgreSQL's client programs of that version, or set DALA_PG_BIN."
            ),
            program=program,
            found=found[1] if found else "?",
            version=version[0] if version else "?",
        )


def _failed(name: str, said: bytes) -> UserError:
    lines = said.decode(errors="replace").strip().splitlines()
    return UserError(
        mark("PostgreSQL's program {name} did not do it: {said}. Nothing was changed."),
        name=name,
        said=(lines[0] if lines else "?").rstrip("."),
    )


def _reaching(url: URL) -> list[str]:
    """The database's address for the programs, without the password."""
    bare = URL.create("postgresql", url.username, None, url.host, url.port, url.database)
    bare = bare.update_query_dict({k: v for k, v in url.query.items() if k != "password"})
    return ["--no-password", f"--dbname={bare.render_as_string(hide_password=False)}"]


def _environment(url: URL | None) -> dict[str, str]:
    told = {**os.environ, "LC_ALL": "C"}  # their words are quoted in ours
    password = (url.password or url.query.get("password")) if url else None
    return {**told, "PGPASSWORD": str(password)} if password else told


def _run(
    command: list[str], url: URL | None = None, out: int | IO[bytes] = subprocess.DEVNULL
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(  # noqa: S603  # PostgreSQL's own, no shell
        command,
        env=_environment(url),
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=subprocess.PIPE,
    )
