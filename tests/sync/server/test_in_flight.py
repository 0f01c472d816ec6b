"""While PostgreSQL writes rows the program goes on; what is wrong with them is said all the same."""

from contextlib import ExitStack
from resource import RLIMIT_NOFILE, getrlimit, setrlimit
from socket import socket
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from sync.change import Change
from sync.server import in_flight, ledger
from sync.server.bulk import insert_rows
from sync.server.rows import RECORDS
from tests.servers import SOZAQ, regional, whole_issue
from tests.sync.server.test_bulk import COORDINATOR, row

LOCK = 61  # of one who holds PostgreSQL up
MANY = 1_100  # sockets: more than select() knows


@pytest.fixture
def server(fresh_database, tmp_path):
    with (
        fresh_database("postgresql") as url,
        regional(url, tmp_path, prepared=True) as running,
    ):
        yield running


def twins():
    """Two rows of which the second cannot be written."""
    return [row(id=UUID(int=1), revision=1), row(id=UUID(int=2), revision=1)]


def write(server, *groups, then=lambda session: None):
    """In one transaction, one group after the other."""
    with server.service.writing(COORDINATOR) as session:
        for rows in groups:
            insert_rows(session, RECORDS, rows)
        then(session)


def count(session):
    return session.scalar(select(func.count()).select_from(RECORDS))


def test_the_program_goes_on_while_the_database_is_at_work(server):
    with server.looking() as holder, server.service.writing(COORDINATOR) as session:
        holder.execute(text(f"SELECT pg_advisory_lock({LOCK})"))
        in_flight.send(session.connection(), f"SELECT pg_advisory_lock_shared({LOCK})", [])
        insert_rows(session, RECORDS, [row()])  # we are here although nothing can have been done

        holder.execute(text(f"SELECT pg_advisory_unlock({LOCK})"))
        assert count(session) == 1


def test_more_than_a_socket_holds_is_sent_whole(server):
    long = {"essence": "Ауылда су жоқ. " * 40_000}
    write(server, *([row(revision=number, fields=long)] for number in range(4)))

    with server.looking() as session:
        assert [*session.scalars(select(RECORDS.c.fields))] == [long] * 4


@pytest.fixture
def many_sockets(server):
    """As on a server to which very many laptops speak at once."""
    before = getrlimit(RLIMIT_NOFILE)
    setrlimit(RLIMIT_NOFILE, (max(2 * MANY, before[0]), before[1]))
    server.service.store.engine.dispose()
    with ExitStack() as held:
        for _ in range(MANY):
            held.enter_context(socket())
        yield
    setrlimit(RLIMIT_NOFILE, before)


def test_so_it_is_over_a_socket_with_a_high_number(server, many_sockets):
    long = {"essence": "Ауылда су жоқ. " * 400_000}
    write(server, *([row(revision=number, fields=long)] for number in range(2)))

    with server.looking() as session:
        assert count(session) == 2


@pytest.mark.parametrize("sent", [0, 1, 2])
def test_where_the_line_to_the_database_is_lost_that_is_said_and_the_next_have_another(
    server, sent
):
    def cut(session):
        process = session.scalar(text("SELECT pg_backend_pid()"))
        for number in range(sent):
            insert_rows(session, RECORDS, [row(revision=number)])
        with server.service.store.owner.begin() as owner:
            owner.execute(text("SELECT pg_terminate_backend(:it, 3000)"), {"it": process})
        if sent < 2:  # else the commit says it
            count(session)

    for _ in range(2):
        with pytest.raises(OperationalError):
            write(server, then=cut)

    write(server, [row()], then=count)
    assert server.service.store.engine.pool.checkedout() == 0
    with server.looking() as session:
        assert count(session) == 1


def test_what_is_wrong_is_said_by_whatever_is_asked_next(server):
    reached = []
    with pytest.raises(IntegrityError) as raised:
        write(server, twins(), then=lambda session: reached.append(count(session)))

    assert reached == []
    assert "ix_record_revision" in str(raised.value)


def test_what_is_said_quotes_nothing_that_somebody_wrote(server):
    def quoting(session):
        in_flight.send(session.connection(), "SELECT 'Айгүл'::int", [])

    with pytest.raises(DBAPIError) as raised:
        write(server, then=quoting)

    assert "22P02" in str(raised.value)
    assert "Айгүл" not in str(raised.value)  # it will stand in a log


def test_what_is_wrong_with_the_last_rows_is_said_by_the_commit(server):
    with pytest.raises(IntegrityError):
        write(server, [row(revision=9)], twins())

    with server.looking() as session:
        assert count(session) == 0


def test_after_an_error_the_next_transaction_of_the_same_connection_works(server):
    server.service.store.engine.dispose()
    for _ in range(3):
        with pytest.raises(IntegrityError):
            write(server, twins(), [row(revision=3)])
        with server.service.writing(COORDINATOR) as session:
            insert_rows(session, RECORDS, [row()])
            assert count(session) == 1
            session.rollback()


def test_what_is_given_up_meanwhile_leaves_nothing(server):
    with pytest.raises(ZeroDivisionError):
        write(server, [row()], then=lambda _: 1 / 0)

    with server.service.writing(COORDINATOR) as session:
        assert count(session) == 0


def test_a_request_that_is_given_in_pieces_is_kept_as_one_that_is_not(server, monkeypatch):
    ids = [uuid4() for _ in range(5)]
    changes = [
        one
        for id in ids
        for one in (
            whole_issue(id),
            Change(
                kind="issue", record=id, district=SOZAQ, fields={"address": "Абай, 3"}, base=-2
            ),
            whole_issue(category="nothing"),
        )
    ]
    monkeypatch.setattr(ledger, "SOME", 2)

    told = server.laptop("aidana").exchange(*changes)

    assert len(told.accepted) == 10
    assert len(told.refused) == 5
    with server.looking() as session:
        kept = {one.id: one for one in session.execute(select(RECORDS))}
        assert kept.keys() == {*ids}
        assert {one.fields["address"] for one in kept.values()} == {"Абай, 3"}
        assert len({one.fields["number"] for one in kept.values()}) == 5
        assert session.scalar(text("SELECT count(*) FROM ledger")) == 15
