"""Since when this laptop knows that a consent has ended, and whether its names were struck."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "consent_end",
        sa.Column("record", sa.Uuid(), nullable=False),
        sa.Column("ended", sa.Date(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("struck", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("record", name="pk_consent_end"),
    )
