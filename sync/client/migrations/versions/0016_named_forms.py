"""Forms say what they are used as; and filled-in forms that are no anonymous answers."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.add_column("form", sa.Column("use", sa.String(), nullable=True))
