"""Answers that wait are named by the upload in which they go, and have no row numbers any more."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.drop_index("ix_waiting_answer_wave", "waiting_answer")
    op.rename_table("waiting_answer", "numbered_answer")
    op.create_table(
        "waiting_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("wave", sa.Uuid(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("upload", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_waiting_answer"),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO waiting_answer (id, wave, body)"
        " SELECT id, wave, body FROM numbered_answer ORDER BY id"
    )
    op.drop_table("numbered_answer")
    op.create_index("ix_waiting_answer_wave", "waiting_answer", ["wave"])
