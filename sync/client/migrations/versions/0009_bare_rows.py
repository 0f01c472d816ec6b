"""Records whose words are on the server alone, and since when the others may go there."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

RECORDS = (
    *("meeting", "question", "decision"),
    *("issue", "step", "visit"),
    *("form", "official", "wave", "competent_body"),
    *("comment", "attachment"),
)


def upgrade() -> None:
    for table in RECORDS:
        op.add_column(table, sa.Column("bare", sa.Boolean(), nullable=False, server_default="0"))
    op.create_table(
        "quiet",
        sa.Column("record", sa.Uuid(), nullable=False),
        sa.Column("stands", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("record", name="pk_quiet"),
    )
