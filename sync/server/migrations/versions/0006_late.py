"""Edits that came after their person had left the district."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "late_edit",
        sa.Column("change", sa.Uuid(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("record", sa.Uuid(), nullable=False),
        sa.Column("parent", sa.Uuid(), nullable=True),
        sa.Column("device", sa.Uuid(), nullable=False),
        sa.Column("received", sa.DateTime(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("change", name="pk_late_edit"),
    )
    op.create_index("ix_late_edit_district", "late_edit", ["district"], unique=False)
