"""Keys for what is carried as a file: the laptops' public ones, the server's own, and letters."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    for name in ("signing_key", "sealing_key"):
        op.add_column("device", sa.Column(name, sa.LargeBinary(), nullable=True))
    op.create_table(
        "own_keys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_keys")),
    )
    op.create_table(
        "carried_letter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("device", sa.Uuid(), nullable=False),
        sa.Column("received", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_carried_letter")),
    )
