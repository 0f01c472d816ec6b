"""Records on which people differ are found by an index: they stand in the review queue."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    for table in ("meeting", "issue", "visit"):
        op.create_index(
            f"ix_{table}_disputed", table, ["id"], sqlite_where=sa.text("conflicts != '{}'")
        )
