"""Phrases and views of lists that are shared with the colleagues of a district or of the region."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"

TABLES = {
    "shared_phrase": ("kk", "ru", "en"),
    "shared_view": ("name", "of", "state", "words", "sorted_by"),
}


def upgrade() -> None:
    for table, names in TABLES.items():
        op.create_table(
            table,
            *(sa.Column(name, sa.String(), nullable=True) for name in names),
            sa.Column("id", sa.Uuid(), nullable=False),
            sa.Column("district", sa.String(), nullable=False),
            sa.Column("author", sa.String(), nullable=False),
            sa.Column("created", sa.DateTime(), nullable=False),
            sa.Column("edited", sa.DateTime(), nullable=False),
            sa.Column("revision", sa.Integer(), nullable=False),
            sa.Column("removed", sa.Boolean(), nullable=False),
            sa.Column("conflicts", sa.JSON(), nullable=False),
            sa.Column("unknown", sa.JSON(), nullable=False),
            sa.Column("bare", sa.Boolean(), nullable=False, server_default=sa.false()),
            sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        )
        op.create_index(f"ix_{table}_stream", table, ["district", "revision"])
