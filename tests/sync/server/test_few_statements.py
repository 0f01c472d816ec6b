"""What a sync asks of the two databases: each statement is a round trip for PostgreSQL.

A new number here is a new price that every laptop and the server pay every few minutes. Statements
of the transaction itself (BEGIN, COMMIT) are not counted.
"""

from contextlib import contextmanager

import pytest
from sqlalchemy import event

from sync.client import engine, outbox
from sync.client.facts import forget, recall, remember
from sync.records.base import Base
from tests.loopback import memory
from tests.servers import change


@pytest.fixture
def store():
    made = memory(Base)
    yield made
    made.kw["bind"].dispose()


@contextmanager
def statements(engine):
    """The statements of this engine meanwhile."""
    asked = []

    def note(_connection, _cursor, statement, *_):
        if not statement.startswith("BEGIN"):
            asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield asked
    event.remove(engine, "before_cursor_execute", note)


def sync_counted(server, store, transport):
    """(the laptop's statements, the server's) of one exchange."""
    with (
        statements(store.kw["bind"]) as here,
        statements(server.service.store.engine) as there,
    ):
        engine.sync_once(store, transport)
    return here, there


@pytest.mark.parametrize("role", ["activist", "coordinator"])
def test_a_quiet_exchange_asks_little_of_both_ends_however_many_districts_are_read(
    server, store, role
):
    laptop = server.laptop("saule", role)
    for _ in range(2):  # the second one checks that both ends hold the same, once a day
        engine.sync_once(store, laptop.transport)

    here, there = sync_counted(server, store, laptop.transport)

    walls = int(server.service.store.engine.dialect.name == "postgresql")  # they are entered
    assert len(here) <= 15
    assert len(there) <= 9 + walls


def test_one_edit_costs_a_few_statements_more(server, store):
    laptop = server.laptop("aidana")
    for _ in range(2):
        with store.begin() as session:
            outbox.put(session, change("visit", people=3))
        engine.sync_once(store, laptop.transport)
    with store.begin() as session:
        outbox.put(session, change("visit", people=5))

    here, there = sync_counted(server, store, laptop.transport)

    assert len(here) <= 24
    assert len(there) <= 16


def test_facts_are_read_once_in_a_transaction_and_are_what_it_wrote(store):
    with store.begin() as session:
        remember(session, "one", 1)
        remember(session, "two", 2)

    with store() as session, statements(store.kw["bind"]) as asked:
        before = [recall(session, name, int) for name in ("one", "two", "three")]
        remember(session, "one", 1)
        forget(session, "three")
        unchanged = len(asked)
        remember(session, "one", 11)
        forget(session, "two")
        after = [recall(session, name, int) for name in ("one", "two", "three")]
        session.rollback()
        again = [recall(session, name, int) for name in ("one", "two", "three")]

    assert (before, unchanged) == ([1, 2, None], 1)
    assert after == [11, None, None]
    assert again == before


def test_facts_that_another_transaction_wrote_are_seen_by_the_next_one(store):
    with store() as first:
        assert recall(first, "one", int) is None
        first.commit()
        with store.begin() as second:
            remember(second, "one", 1)
        assert recall(first, "one", int) == 1
