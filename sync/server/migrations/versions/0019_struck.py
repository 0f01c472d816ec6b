"""Records whose consent has ended are found, and whether their history was struck."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

RECORD = sa.table(
    "record",
    *(sa.column("district", sa.String), sa.column("id", sa.Uuid), sa.column("kind", sa.String)),
    *(sa.column("revision", sa.Integer), sa.column("ended", sa.Integer)),
    *(sa.column("fields", sa.JSON), sa.column("touched", sa.JSON)),
)
ENDED = "consent_ended"
BORN = ""
AT_ONCE = 1_000  # rows in memory


def upgrade() -> None:
    for name in ("ended", "struck"):
        op.add_column("record", sa.Column(name, sa.Integer(), nullable=True))
    connection = op.get_bind()
    for record, revision in [*_ended(connection)]:
        here = (RECORD.c.district == record.district) & (RECORD.c.id == record.id)
        connection.execute(sa.update(RECORD).where(here).values(ended=revision))
    there = sa.text("ended IS NOT NULL")
    op.create_index(
        "ix_record_ended",
        "record",
        ["district", "ended", "struck"],
        sqlite_where=there,
        postgresql_where=there,
    )


def _ended(connection: sa.Connection) -> Any:
    """(record, the revision by which its consent ended)."""
    issues = sa.select(RECORD).where(
        RECORD.c.kind == "issue", sa.cast(RECORD.c.fields, sa.Text).contains(ENDED)
    )
    for row in connection.execute(issues.execution_options(yield_per=AT_ONCE)):
        if row.fields.get(ENDED):
            touched = row.touched.get(ENDED) or row.touched.get(BORN) or [row.revision]
            yield row, touched[0]
