"""Sealed letters about corruption."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "sealed_letter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.Column("seals", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sealed_letter"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_sealed_letter_box", "sealed_letter", ["box"])
