"""The tests' new files: given their tables at once, they are those that migrations make."""

from unittest.mock import patch

import pytest
from alembic import command
from sqlalchemy import create_engine, inspect

from desktop import store as laptop
from sync.server import store as server
from tests import migrated
from tests.migrated import migrations_once

WHOLE = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name"


@pytest.fixture(params=["laptop", "server"])
def migrate(request):
    """Bring the tables of an engine's database up to date, as this end does it."""
    if request.param == "laptop":
        return laptop._migrate

    def prepared(engine):
        with engine.begin() as connection:
            command.upgrade(server._alembic(connection), "head")

    return prepared


def tables(migrate):
    """All that a new database holds then, and its version."""
    engine = create_engine("sqlite://")
    migrate(engine)
    with engine.connect() as connection:
        whole = [tuple(row) for row in connection.exec_driver_sql(WHOLE)]
        version = connection.exec_driver_sql("SELECT version_num FROM alembic_version").all()
        filled = [
            name
            for name in inspect(engine).get_table_names()
            if connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar()
        ]
    return whole, version, filled


def test_a_later_new_file_holds_what_the_first_one_was_migrated_to(migrate):
    with patch.object(command, "upgrade", migrated.WHOLE_WAY):
        real = tables(migrate)
    with migrations_once():
        first, later = tables(migrate), tables(migrate)

    assert first == later == real
    assert real[2] == ["alembic_version"]  # no migration leaves rows in an empty database


def test_a_file_that_holds_something_goes_through_its_migrations(migrate, monkeypatch):
    engine = create_engine("sqlite://")
    went = []
    monkeypatch.setattr(migrated, "WHOLE_WAY", lambda *_: went.append("through"))
    with migrations_once():
        with engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE old (one)")
        migrate(engine)

    assert went == ["through"]
