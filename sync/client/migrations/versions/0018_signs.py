"""What this laptop counts of its interviews, and what others told of theirs."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.create_table(
        "own_signs",
        sa.Column("wave", sa.Uuid(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("pseudonym", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("told", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("wave", "district", name="pk_own_signs"),
    )
    op.create_table(
        "taken_signs",
        sa.Column("wave", sa.Uuid(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("wave", name="pk_taken_signs"),
    )
