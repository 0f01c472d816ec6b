"""Which records stand in the index of words, and which are still to be put there."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.create_table(
        "to_index",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("record", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_to_index"),
    )
    op.create_table(
        "indexed",
        sa.Column("doc", sa.Integer(), nullable=False),
        sa.Column("record", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("doc", name="pk_indexed"),
        sa.UniqueConstraint("record", name="uq_indexed_record"),
    )
    op.create_table(
        "index_reached",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("declared", sa.String(), nullable=False),
        sa.Column("last", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("kind", name="pk_index_reached"),
    )
