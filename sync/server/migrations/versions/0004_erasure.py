"""Erasure: files whose bytes are still to go, and the key of the server's seals."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "doomed_blob",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_doomed_blob"),
    )
    op.create_table(
        "seal_key",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_seal_key"),
    )
