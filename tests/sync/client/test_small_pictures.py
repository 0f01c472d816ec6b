"""Which small pictures leave: those of bare records alone, that the server has, and that are no files."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, insert, select
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from sync.client import migrations, small_pictures
from sync.client.blobs import named
from sync.client.tables import Blob
from sync.records import KINDS
from sync.records.base import Base
from sync.records.notes import Attachment
from tests.guards import rewritten

NOW = datetime(2026, 11, 28, tzinfo=UTC)
BARE, SHOWN, BOTH, LACKED, FILE, GONE = (letter * 64 for letter in "abcdef")


def attached(small, *, bare, file="9" * 64, parent=None):
    return Attachment(
        id=uuid4(), district="615600000", author="aidana", created=NOW, edited=NOW, revision=1,
        parent=parent or uuid4(), sha256=file, thumbnail=small, bare=bare,
    )  # fmt: skip


@pytest.fixture
def session():
    engine = create_engine("sqlite://", poolclass=StaticPool)
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        for small in (BARE, SHOWN, BOTH, LACKED, FILE, GONE):
            there, here = small != LACKED, small != GONE
            session.add(Blob(sha256=small, size=1, here=here, there=there))
            session.add(attached(small, bare=small != SHOWN))
        session.add(attached(BOTH, bare=False))
        session.add(attached(None, bare=True, file=FILE))
        session.add(Blob(sha256="9" * 64, size=1, here=True, there=True))  # a photo itself
        session.flush()
        yield session
    engine.dispose()


def test_only_what_nobody_could_miss_goes(session):
    assert small_pictures._of_bare_rows(session) == [BARE]


@pytest.mark.parametrize(
    ("words", "others"),
    [
        ("~Attachment.bare, Attachment", "Attachment.id.is_(None), Attachment"),
        ("~originals(), ", ""),
        ("Blob.here, Blob.there,", "Blob.there,"),
        ("Blob.here, Blob.there,", "Blob.here,"),
        ("Blob.sha256.not_in(whole), ", ""),
        ("Blob.sha256.not_in(files)", ""),
    ],
)
def test_each_condition_removed_is_missed(session, words, others):
    with rewritten(small_pictures._of_bare_rows, words, others).removed():
        if "originals" in words:  # those are files as well
            session.query(Attachment).filter(Attachment.sha256 == "9" * 64).update(
                {"sha256": None}
            )
        assert small_pictures._of_bare_rows(session) != [BARE]


def test_of_a_bare_record_none_is_asked_for_and_of_one_alone_no_other(session):
    record = uuid4()
    session.add(attached("8" * 64, bare=False, file="7" * 64, parent=record))
    session.flush()

    assert set(named(session)["9" * 64]) == {SHOWN, BOTH}
    assert named(session, record) == {"7" * 64: ["8" * 64]}


def test_short_texts_of_what_was_bare_before_the_update_leave_with_it():
    config, engine = Config(), create_engine("sqlite://", poolclass=StaticPool)
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    issue = KINDS["issue"].__table__
    row = {"district": "615600000", "author": "aidana", "created": NOW, "edited": NOW}
    texts = {"address": "Абай көшесі", "handed_to": "Ағайға", "incoming_number": "КІР-7"}
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0010")
        for bare in (True, False):
            said = {**row, **texts, "id": uuid4(), "bare": bare, "category": "water"}
            connection.execute(insert(issue).values(said))
        command.upgrade(config, "head")
        found = connection.execute(
            select(issue.c.bare, issue.c.category, *(issue.c[name] for name in texts))
        )
        assert {one.bare: tuple(one)[1:] for one in found} == {
            True: ("water", None, None, None),
            False: ("water", *texts.values()),
        }
    engine.dispose()
