"""An older laptop at a newer server: what it does not know survives, and is there after the upgrade."""

import json
import subprocess
import sys
from contextlib import closing

import pytest
from sqlalchemy import func, select

from desktop.store import create_store, open_store
from sync.client.migrations import SCHEMA
from sync.client.tables import Foreign
from sync.records.issue import Step
from sync.records.visit import Visit
from sync.server.store import Store
from sync.server.tables import Kept
from tests.bench.material import KEY
from tests.bench.processes import ROOT, surroundings
from tests.dying import NEVER
from tests.servers import change, regional, whole_issue
from tests.sync.server.test_kill_exchange import running


@pytest.fixture
def newer(tmp_path):
    """A server with a visit and a step; who wrote them, and the token of an older laptop."""
    url = f"sqlite:///{tmp_path / 'server.db'}"
    with regional(url, tmp_path) as server:
        ama, ben = server.laptop("ama"), server.laptop("ben")
        issue = whole_issue()
        step = change("step", parent=issue.record, text="Құбыр", type="note", done_on="2026-11-24")
        ama.exchange(change("visit", people=3, households=2), issue, step)
        yield tmp_path, url, ama, ben.transport._token


def run(folder, url, token, step):
    """One start of the older program → what it has."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.older", str(folder / "laptop.db"), url, token, step],
        cwd=ROOT,
        env=surroundings(folder),
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return json.loads(done.stdout)


@pytest.mark.slow
def test_what_an_older_program_does_not_know_survives_its_edits_and_its_upgrade(newer):
    folder, database, _, token = newer
    create_store(folder / "laptop.db", KEY, folder / "copies").close()

    with running(folder, database, NEVER) as url:
        taken = run(folder, url, token, "take")
        edited = run(folder, url, token, "edit")

    assert "step" not in taken["kinds"]
    assert "households" not in taken["kinds"]["visit"]
    assert taken["visits"] == [{"people": 3, "households": 2}]
    assert edited["visits"] == [{"people": 9, "households": 2}]
    assert taken["foreign"] == edited["foreign"] == ["step"]
    with closing(Store(database)) as store, store.reading() as session:
        visit = session.scalars(select(Kept).where(Kept.kind == "visit")).one()
        assert (visit.fields["people"], visit.fields["households"]) == (9, 2)
    with closing(upgraded(folder / "laptop.db")) as store, store() as session:
        visit = session.scalars(select(Visit)).one()
        assert (visit.people, visit.households, visit.unknown) == (9, 2, {})
        assert session.scalars(select(Step.text)).all() == ["Құбыр"]
        assert session.scalar(select(func.count()).select_from(Foreign)) == 0


def upgraded(path):
    """The file as today's program finds it after one that had a migration less."""
    store = open_store(path, KEY, path.parent / "copies")
    with store.engine.begin() as connection:
        connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA - 1}")
    store.close()
    return open_store(path, KEY, path.parent / "copies")
