"""Laptops that are to delete their work at the next contact."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    for name in ("wipe", "wiped"):
        op.add_column("device", sa.Column(name, sa.DateTime(), nullable=True))
