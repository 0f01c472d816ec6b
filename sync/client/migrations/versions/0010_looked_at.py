"""What came and was not what it should be; and in which year the server took a sealed letter."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("blob", sa.Column("unfit", sa.Boolean(), nullable=False, server_default="0"))
    op.add_column("taken_letter", sa.Column("year", sa.Integer(), nullable=True))
