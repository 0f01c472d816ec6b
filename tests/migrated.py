"""Tables of a new SQLite or SQLCipher file at once: migrations run for the first one of a process.

They take a tenth of a second, and a thousand tests begin with a new file. What the first one holds
then, each later empty file is given as it stands; any other goes the whole way.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from unittest.mock import patch

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

TABLES = "SELECT sql FROM sqlite_master WHERE name NOT LIKE 'sqlite%' ORDER BY rowid"
ANY = "SELECT count(*) FROM sqlite_master"
VERSION = "SELECT version_num FROM alembic_version"
WHOLE_WAY: Callable[[Config, str], None] = command.upgrade


@contextmanager
def migrations_once() -> Iterator[None]:
    """Within it, migrations of one folder run once."""
    made: dict[str, list[str]] = {}

    def upgrade(config: Config, revision: str) -> None:
        connection: Connection = config.attributes["connection"]
        folder = config.get_main_option("script_location") or ""
        if connection.dialect.name != "sqlite" or revision != "head" or _holds(connection):
            WHOLE_WAY(config, revision)
        elif folder in made:
            for statement in made[folder]:
                connection.exec_driver_sql(statement)
        else:
            WHOLE_WAY(config, revision)
            made[folder] = _statements(connection)

    with patch.object(command, "upgrade", upgrade):
        yield


def _holds(connection: Connection) -> bool:
    return bool(connection.exec_driver_sql(ANY).scalar_one())


def _statements(connection: Connection) -> list[str]:
    """What makes these tables, and says of which version they are."""
    tables = [str(sql) for (sql,) in connection.exec_driver_sql(TABLES)]
    version = connection.exec_driver_sql(VERSION).scalar_one()
    return [*tables, f"INSERT INTO alembic_version VALUES ('{version}')"]
