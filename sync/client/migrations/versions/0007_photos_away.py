"""Photos that are on the server alone, and since when the others may go there."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("blob", sa.Column("away", sa.Boolean(), nullable=False, server_default="0"))
    op.add_column("blob", sa.Column("stands", sa.Integer(), nullable=True))
    op.add_column("blob", sa.Column("since", sa.DateTime(), nullable=True))
