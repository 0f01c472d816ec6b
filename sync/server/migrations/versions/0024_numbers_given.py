"""A life of the database knows the numbers of the register that the one before it had given."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.add_column("life", sa.Column("given", sa.JSON(), nullable=True))
