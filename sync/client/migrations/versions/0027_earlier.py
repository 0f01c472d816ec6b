"""What stood in a record before it was changed, for a month; and since when that is kept."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    op.create_table(
        "earlier",
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("record", sa.Uuid(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("told", sa.DateTime(), nullable=True),
    )
    op.create_index("ix_earlier_record", "earlier", ["record"])
    op.create_index("ix_earlier_told", "earlier", ["told"])
    fact = sa.table("fact", sa.column("name", sa.String()), sa.column("value", sa.LargeBinary()))
    if not op.get_bind().scalar(sa.select(sa.func.count()).select_from(fact)):
        return  # a new file: it keeps them from the beginning
    since = f'"{datetime.now(UTC).isoformat()}"'.encode()
    op.bulk_insert(fact, [{"name": "earlier_since", "value": since}])
