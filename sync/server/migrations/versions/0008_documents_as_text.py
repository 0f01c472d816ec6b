"""Documents stay as they were written: nobody asks PostgreSQL about their parts, and taking them
apart and packing the longer ones cost more than keeping them."""

from alembic import op

revision = "0008"
down_revision = "0006"

DOCUMENTS = (
    *(("record", "fields"), ("record", "touched")),
    *(("ledger", "fields"), ("life", "points")),
)
WHOLE_PAGE = 8160  # bytes of a row that are kept in one piece: the most that PostgreSQL takes


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    for table, column in DOCUMENTS:
        op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} TYPE json")
    for table in ("record", "ledger"):
        op.execute(f"ALTER TABLE {table} SET (toast_tuple_target = {WHOLE_PAGE})")
