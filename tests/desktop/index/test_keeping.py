"""The index beside the records: noted with each write, brought up to date after, and forgetting."""

import zlib
from uuid import uuid4

import pytest
from sqlalchemy import delete, insert, select, text, update

from desktop.index import keeping
from desktop.index.asking import Only, best
from desktop.index.keeping import behind, catch_up, keep_index
from desktop.index.typed import read
from desktop.store import create_store, open_store
from sync.change import Change, now
from sync.client.rows import write
from sync.client.tables import Indexed, IndexReached, ToIndex
from sync.places import load_pack
from sync.records import KINDS
from sync.records.base import Part
from sync.records.issue import Issue
from tests.canaries import canary

KEY = bytes(range(32))
SOZAQ = "615600000"


@pytest.fixture
def store(tmp_path):
    made = create_store(tmp_path / "dala.db", KEY, tmp_path / "copies")
    yield made
    made.close()


def issue(essence, **more):
    fields = {"author": "a", "review": "draft", "essence": essence, **more}
    return Change(
        kind="issue", record=uuid4(), district=SOZAQ, fields=fields, revision=1, at=now()
    )


def put(store, *changes):
    with store.begin() as session:
        write(session, changes)


def found(store, words):
    with store() as session:
        return [id for _, id in best(session, read(words, load_pack()), Only(), 50)]


def index_says(store, word):
    """Whether the word is left in any block of the index, or in what is kept to take it out."""
    with store() as session:
        blocks = [
            *session.scalars(text("SELECT block FROM word_index_data")),
            *(
                bytes(str(term), "utf-8")
                for term in session.scalars(text("SELECT term FROM word_index_idx"))
            ),
            *(zlib.decompress(words) for words in session.scalars(select(Indexed.words))),
        ]
    return any(word.encode() in block for block in blocks)


def test_whatever_is_done_to_a_row_of_any_kind_is_noted_with_it(store):
    def noted():
        with store.begin() as session:
            found = session.execute(select(ToIndex.kind, ToIndex.record)).all()
            session.execute(delete(ToIndex))
        return [tuple(one) for one in found]

    def done(statement):
        with store.begin() as session:
            session.execute(statement)
        return noted()

    for kind, record in KINDS.items():
        id = uuid4()
        parent = {"parent": uuid4()} if issubclass(record, Part) else {}
        given = {"district": SOZAQ, "author": "a", "created": now(), "edited": now()}
        mine = record.id == id

        assert done(insert(record).values(id=id, **given, **parent)) == [(kind, id)]
        assert done(update(record).where(mine).values(bare=True)) == [(kind, id)]
        assert done(update(record).where(mine).values(revision=9)) == []
        assert done(delete(record).where(mine)) == [(kind, id)]


def test_what_is_rolled_back_is_not_noted(store):
    def half():
        with store.begin() as session:
            write(session, [issue("Су")])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()

    with store() as session:
        assert behind(session) == 0


def test_words_that_were_struck_emptied_or_erased_leave_the_index(store):
    changes = [issue(f"Сөз {canary(n)}", applicant=canary(n + 10)) for n in range(3)]
    put(store, *changes)
    catch_up(store)
    assert all(found(store, canary(n)) == [changes[n].record] for n in range(3))

    struck, bare, gone = (one.record for one in changes)
    with store.begin() as session:
        session.execute(update(Issue).where(Issue.id == struck).values(applicant=None))
        session.execute(
            update(Issue).where(Issue.id == bare).values(essence=None, applicant=None, bare=True)
        )
        session.execute(delete(Issue).where(Issue.id == gone))
    catch_up(store)

    assert found(store, canary(0)) == [struck]
    for n in (10, 1, 11, 2, 12):
        assert found(store, canary(n)) == []
        assert not index_says(store, canary(n))
    assert index_says(store, canary(0))


def test_a_record_that_says_what_it_said_is_not_put_there_anew(store):
    change = issue("Су жоқ")
    put(store, change)
    catch_up(store)
    with store() as session:
        before = session.scalars(select(Indexed.doc)).all()

    put(store, change)
    catch_up(store)

    with store() as session:
        assert session.scalars(select(Indexed.doc)).all() == before
        assert behind(session) == 0


def test_a_file_that_had_no_index_is_gone_through_after_it_was_opened(tmp_path, store):
    changes = [issue(f"Су {n}") for n in range(7)]
    put(store, *changes)
    with store.engine.begin() as connection:  # as an older program left it
        connection.exec_driver_sql("DROP TABLE word_index")
        for table in (ToIndex, Indexed, IndexReached):
            connection.execute(delete(table))
    store.close()

    again = open_store(tmp_path / "dala.db", KEY, tmp_path / "copies")
    with again() as session:
        assert behind(session) == 7
        assert session.scalars(select(Indexed.doc)).all() == []
    assert catch_up(again, most=1) >= 1
    catch_up(again)
    with again() as session:
        assert behind(session) == 0
    assert found(again, "су") == sorted((one.record for one in changes), reverse=True)
    again.close()


def test_records_of_a_kind_that_is_declared_otherwise_are_gone_through_anew(store, monkeypatch):
    put(store, issue("Су"))
    catch_up(store)
    with store.begin() as session:
        session.execute(
            update(IndexReached).where(IndexReached.kind == "issue").values(declared="0")
        )

    with store() as session:
        assert behind(session) == 1
    assert catch_up(store) == 1
    assert catch_up(store) == 0


def test_triggers_are_those_of_the_declarations(store):
    def made():
        with store.engine.connect() as connection:
            return dict(map(tuple, connection.exec_driver_sql(keeping.MADE)))

    before = made()
    with store.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER note_issue_edit")
        connection.exec_driver_sql("DROP TRIGGER note_step_add")
        connection.exec_driver_sql(
            "CREATE TRIGGER note_step_add AFTER INSERT ON step BEGIN SELECT 1; END"
        )
        connection.exec_driver_sql(
            "CREATE TRIGGER note_gone_add AFTER INSERT ON step BEGIN SELECT 1; END"
        )
        keep_index(connection)

    assert made() == before
    assert len(before) == 1 + 3 * len(KINDS)


def test_it_ends_where_it_is_not_wanted_any_more_and_goes_on_later(store, monkeypatch):
    monkeypatch.setattr(keeping, "HELD", 0)
    monkeypatch.setattr(keeping, "SLICE", 2)
    put(store, *(issue(f"Су {n}") for n in range(9)))
    turns = iter([True, True])

    assert catch_up(store, lambda: next(turns, False)) == 4
    with store() as session:
        assert behind(session) == 5
    assert catch_up(store) == 5
    assert len(found(store, "су")) == 9
