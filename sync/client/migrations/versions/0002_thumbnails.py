"""An attachment names the small picture that is shown until the original has come."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("attachment", sa.Column("thumbnail", sa.String(), nullable=True))
