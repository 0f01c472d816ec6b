"""PostgreSQL holds by itself what the table of rights says: raw SQL, each policy, each role."""

from contextlib import closing
from uuid import uuid4

import pytest
from sqlalchemy import inspect, text

from sync.errors import UserError
from sync.server import walls
from sync.server.store import Store, require_head
from sync.server.tables import ServerBase
from tests.sync.rights_matrix import PLACES
from tests.sync.server.walls_trials import differing, row

POLICIES = text(
    "SELECT tablename, policyname, qual, with_check FROM pg_policies "
    "WHERE schemaname = current_schema() ORDER BY policyname"
)


@pytest.fixture(scope="module")
def database(running_postgres, postgres_template):
    with running_postgres.database(postgres_template) as url, closing(Store(url)) as store:
        yield store


@pytest.fixture
def owner(database):
    """A connection of the owner's with a row in each table and place; nothing of it stays."""
    with database.owner.connect() as connection:
        for table in set(walls.WALLED) - {"stream"}:
            for stream in PLACES.values():
                statement, values = row(table, stream)
                connection.execute(text(statement), values)
        yield connection
        connection.rollback()


def serving(connection):
    connection.exec_driver_sql(f"SET LOCAL ROLE {walls.SERVING}")
    return connection


def missed(connection, table, change):
    """Whether raw SQL meets other rows than is specified after this change of the owner's."""
    trial = connection.begin_nested()
    connection.exec_driver_sql(change)
    found = next(differing(serving(connection), table), None)
    trial.rollback()
    return found


def test_raw_sql_meets_what_is_specified_and_nothing_else(owner):
    """Every role, and nobody, in every place, by every command; without a person: no row at all."""
    assert [*differing(serving(owner), *walls.WALLED)] == []


@pytest.mark.parametrize("table", walls.WALLED)
def test_each_policy_is_missed_when_it_is_dropped_or_lets_everything_through(owner, table):
    policies = [one for one in owner.execute(POLICIES) if one.tablename == table]
    changes = [f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"]
    for one in policies:
        changes.append(f"DROP POLICY {one.policyname} ON {table}")
        if one.qual not in (None, "true"):
            changes.append(f"ALTER POLICY {one.policyname} ON {table} USING (true)")
        if one.with_check not in (None, "true"):
            changes.append(f"ALTER POLICY {one.policyname} ON {table} WITH CHECK (true)")

    assert policies
    assert [change for change in changes if not missed(owner, table, change)] == []


def test_the_server_works_as_a_role_that_owns_nothing(database):
    with database.reading() as session:
        assert session.scalar(text("SELECT current_user")) == walls.SERVING
        owners = text("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'")
        assert walls.SERVING not in session.scalars(owners).all()


def test_every_table_of_a_district_has_a_wall_or_a_reason_why_not(database):
    tables = ServerBase.metadata.tables
    of_districts = {name for name, table in tables.items() if "district" in table.columns}

    assert of_districts == {*walls.WALLED} | walls.OPEN.keys()
    assert (
        {*tables, "alembic_version"}
        == walls.GRANTS.keys()
        == {*inspect(database.owner).get_table_names()}
    )


def test_the_ways_are_those_that_are_known_and_open_to_the_server_only(database):
    functions = text(
        "SELECT proname, proacl::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
    )
    with database.reading() as session:
        found = {one.proname: one.proacl for one in session.execute(functions)}

    assert found.keys() == {*walls.WAYS}
    assert all(
        f"{walls.SERVING}=X" in acl and "{=X" not in acl and ",=X" not in acl
        for acl in found.values()
    )


def test_a_record_is_looked_for_by_its_key_also_where_nothing_is_known_of_the_table(owner):
    """A policy that an index may be searched by hides the key: a whole district would be read."""
    many = row("record", "1", fields=f'{{"essence": "{"су жоқ " * 100}"}}')
    filled = many[0].replace("VALUES (", "SELECT ").removesuffix(")")
    for name, each in (("id", "gen_random_uuid()"), ("revision", "n")):
        filled = filled.replace(f":{name}", each)
    owner.execute(text(f"{filled} FROM generate_series(1, 5000) AS n"), many[1])
    asked = "EXPLAIN UPDATE record SET revision = 1 WHERE district = '1' AND id = :id"
    plan = serving(owner).execute(text(asked), {"id": uuid4()}).scalars().all()

    assert [line for line in plan if "Index Cond" in line and "id =" in line]


def test_settings_end_with_their_transaction(database):
    with database.reading() as session:
        session.execute(walls.ENTER, {"person": "p", **dict.fromkeys(walls.RIGHTS, "region")})
        session.commit()
        told = session.scalar(text("SELECT current_setting('dala.read', true)"))

    assert not told


def test_a_role_that_no_policy_holds_does_not_serve(fresh_database):
    with fresh_database("postgresql") as url, closing(Store(url)) as store:
        require_head(store)
        with store.owner.begin() as connection:
            connection.exec_driver_sql(f"ALTER TABLE ledger OWNER TO {walls.SERVING}")

        with pytest.raises(UserError, match="for: ledger"):
            require_head(store)
