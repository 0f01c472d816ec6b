"""Every column of both ends says why it is kept, how long, whose data it is, and by what right."""

import pytest
from sqlalchemy import create_engine, inspect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

import sync.client.tables  # noqa: F401  # its tables join those of the records
from deploy import inventory as paper
from desktop.index.keeping import TABLE
from desktop.store import create_store
from sync.inventory import inventory
from sync.records.base import Base
from sync.records.held import Held
from sync.server.store import Store, prepare
from sync.server.tables import ServerBase
from sync.vocabulary import choices

OF_ALEMBIC = {("alembic_version", "version_num")}  # which migrations were run
ENDS = pytest.mark.parametrize("base", [Base, ServerBase], ids=["laptop", "server"])


def unsaid(columns):
    """Columns without a purpose and a term that are known, or whose data without a basis."""
    keys = {
        name: {choice.key for choice in choices(f"held_{name}")}
        for name in ("purpose", "term", "whose", "basis")
    }
    return [
        f"{column.table}.{column.name}"
        for column in columns
        if (held := column.held) is None
        or held.purpose not in keys["purpose"]
        or held.term not in keys["term"]
        or (
            (held.whose, held.basis) != ("", "")
            and (held.whose not in keys["whose"] or held.basis not in keys["basis"])
        )
    ]


def groundless(columns):
    """Private fields that do not say for themselves by what right they are kept."""
    return [
        f"{column.table}.{column.name}"
        for column in columns
        if column.field and column.field.private
        if not (column.own and column.held and column.held.whose and column.held.basis)
    ]


@ENDS
def test_every_column_has_a_purpose_and_a_term(base):
    columns = inventory(base)

    assert len(columns) > 70
    assert unsaid(columns) == []


def test_every_private_field_says_by_what_right_it_is_kept():
    assert any(column.field and column.field.private for column in inventory(Base))
    assert groundless(inventory(Base)) == []


def made_up(*, held, of_column=None, private=False):
    """The inventory of one table with one field."""

    class Made(DeclarativeBase):
        pass

    info = {"held": of_column} if of_column else {}

    class Thing(Made):
        __tablename__ = "thing"
        id: Mapped[int] = mapped_column(primary_key=True, info=info)

    if held:
        Thing.held = held
    [column] = inventory(Made)
    shown = next(one.field for one in inventory(Base) if one.field and one.field.private)
    return [type(column)(column.table, column.name, column.held, column.own, shown)]


WORK = Held("casework", "issue")
OF_A_CITIZEN = Held("casework", "issue", "citizen", "consent")


@pytest.mark.parametrize(
    "held",
    [
        None,
        Held("", "issue"),
        Held("casework", ""),
        Held("gossip", "issue"),
        Held("casework", "forever"),
        Held("casework", "issue", "citizen"),
        Held("casework", "issue", "", "consent"),
        Held("casework", "issue", "neighbour", "consent"),
        Held("casework", "issue", "citizen", "curiosity"),
    ],
)
def test_a_column_of_which_too_little_is_said_is_found(held):
    assert unsaid(made_up(held=held)) == ["thing.id"]


def test_a_private_field_that_leaves_it_to_its_table_is_found():
    assert groundless(made_up(held=OF_A_CITIZEN)) == ["thing.id"]
    assert groundless(made_up(held=WORK, of_column=WORK)) == ["thing.id"]
    assert groundless(made_up(held=WORK, of_column=OF_A_CITIZEN)) == []


def columns_of(engine):
    found = inspect(engine)
    return {
        (table, one["name"])
        for table in found.get_table_names()
        for one in found.get_columns(table)
    }


def test_no_file_of_a_laptop_has_a_column_that_the_inventory_lacks(tmp_path):
    store = create_store(tmp_path / "dala.db", bytes(32), tmp_path / "copies")
    there = {one for one in columns_of(store.engine) if not one[0].startswith(TABLE)}
    store.close()  # how SQLite keeps the index is told under `indexed`

    assert there - OF_ALEMBIC == {(one.table, one.name) for one in inventory(Base)}


def test_no_server_has_a_column_that_the_inventory_lacks(tmp_path):
    url = f"sqlite:///{tmp_path}/server.db"
    store = Store(url)
    prepare(store, ["615600000"])
    store.close()

    engine = create_engine(url)
    there = columns_of(engine)
    engine.dispose()

    assert there - OF_ALEMBIC == {(one.table, one.name) for one in inventory(ServerBase)}


def test_the_paper_says_what_the_code_says():
    assert paper.PAPER.read_text(encoding="utf-8") == paper.text(), "python -m deploy.inventory"
