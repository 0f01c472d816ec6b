"""The file of every released version opens, with all that was in it."""

import shutil
from contextlib import closing
from datetime import date

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from desktop.index.keeping import is_a_models
from desktop.store import check, create_store, open_store
from sync import VERSION
from sync.client import earlier, outbox
from sync.client.facts import recall
from sync.person import Person
from sync.records.base import Base
from sync.records.issue import Issue, Step
from tests.stores.make import FOLDER, ISSUE, KEY, SOMEBODY, STEP

FILES = sorted(FOLDER.glob("*.db"))


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def store(request, tmp_path):
    shutil.copy(request.param, tmp_path / "dala.db")
    opened = open_store(tmp_path / "dala.db", KEY, tmp_path / "copies")
    yield opened
    opened.close()


def test_this_version_has_its_file():
    assert VERSION in [path.stem for path in FILES]


def test_its_records_and_what_waits_are_all_there(store):
    with store() as session:
        issue, step = session.get_one(Issue, ISSUE), session.get_one(Step, STEP)
        waiting = [change.record for change in outbox.waiting(session)]

        assert recall(session, "person", Person) == SOMEBODY
        assert (issue.essence, issue.received_on) == ("Көшеде су жоқ", date(2026, 11, 23))
        assert (step.parent, step.text) == (ISSUE, "Су құбыры тексерілді")
        assert waiting == [ISSUE, STEP]
    assert check(store) == []


def test_it_knows_from_when_on_it_keeps_what_stood_before_and_a_new_file_has_no_need_to(
    store, tmp_path
):
    with store() as session:
        assert earlier.since(session) is not None

    with (
        closing(create_store(tmp_path / "new.db", KEY, tmp_path / "copies")) as new,
        new() as empty,
    ):
        assert earlier.since(empty) is None


def test_its_tables_become_those_of_this_version(store):
    with store.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_name": is_a_models}
        )

        assert compare_metadata(context, Base.metadata) == []
