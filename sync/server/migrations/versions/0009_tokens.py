"""Tokens with a term, and what renews them."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("device", sa.Column("until", sa.DateTime(), nullable=True))
    for name in ("refresh", "family", "spent"):
        op.add_column("device", sa.Column(name, sa.String(), nullable=True))
