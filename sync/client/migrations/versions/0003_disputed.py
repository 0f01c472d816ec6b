"""Indexes: records on which people differ stand in the review queue; the last edit answered."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    for table in ("meeting", "issue", "visit"):
        op.create_index(
            f"ix_{table}_disputed", table, ["id"], sqlite_where=sa.text("conflicts != '{}'")
        )
    op.create_index(
        "ix_outbox_answered", "outbox", ["number"], sqlite_where=sa.text("revision IS NOT NULL")
    )
