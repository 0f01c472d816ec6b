"""Laptops whose requests must be proven."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    default = sa.false()  # for the laptops that are here
    op.add_column(
        "device", sa.Column("proves", sa.Boolean(), nullable=False, server_default=default)
    )
