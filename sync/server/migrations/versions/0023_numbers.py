"""Numbers of the register for more than one kind; which life gave the last, and whether some are lost."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.add_column(
        "life", sa.Column("doubt", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    whole = sa.Column("life", sa.Integer(), nullable=False, server_default="0")
    if op.get_bind().dialect.name == "postgresql":  # its policies stay
        op.add_column(
            "serial", sa.Column("series", sa.String(), nullable=False, server_default="")
        )
        op.add_column("serial", whole)
        op.drop_constraint("pk_serial", "serial")
        op.create_primary_key("pk_serial", "serial", ["district", "year", "series"])
        return
    op.rename_table("serial", "serial_before")
    op.create_table(
        "serial",
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("series", sa.String(), nullable=False, server_default=""),
        sa.Column("last", sa.Integer(), nullable=False),
        whole,
        sa.PrimaryKeyConstraint("district", "year", "series", name="pk_serial"),
    )
    op.execute(
        "INSERT INTO serial (district, year, last) SELECT district, year, last FROM serial_before"
    )
    op.drop_table("serial_before")
