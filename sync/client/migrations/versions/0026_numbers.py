"""Visits to the reception have a number, as issues do."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.add_column("reception", sa.Column("number", sa.String(), nullable=True))
