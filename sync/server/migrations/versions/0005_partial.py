"""Indexes that hold only what is looked for: parts by their whole, attachments by their file."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    for name, columns, filled in (
        ("ix_record_parent", ["district", "parent"], "parent IS NOT NULL"),
        ("ix_record_sha256", ["sha256"], "sha256 IS NOT NULL"),
    ):
        op.drop_index(name, "record")
        op.create_index(
            name,
            "record",
            columns,
            sqlite_where=sa.text(filled),
            postgresql_where=sa.text(filled),
        )
