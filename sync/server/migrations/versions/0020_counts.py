"""Answers become counts when their term is over; who may erase ends them."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def _where(right: str) -> str:
    streams = f"string_to_array(current_setting('dala.{right}', true), ',')"
    return f"district IN (SELECT unnest({streams}))"


RATE, ERASE = _where("rate"), _where("erase")
POLICIES = (  # table, command, which rows, which values
    ("answer", "DELETE", ERASE, ""),
    ("answer_counts", "SELECT", RATE, ""),
    ("answer_counts", "INSERT", "", ERASE),
    ("answer_counts", "UPDATE", ERASE, ""),
)


def upgrade() -> None:
    op.create_table(
        "answer_counts",
        sa.Column("wave", sa.Uuid(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("wave", "district", name="pk_answer_counts"),
    )
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute("ALTER TABLE answer_counts ENABLE ROW LEVEL SECURITY")
    for table, command, rows, values in POLICIES:
        using = f" USING ({rows})" if rows else ""
        check = f" WITH CHECK ({values})" if values else ""
        op.execute(
            f"CREATE POLICY {table}_{command.lower()} ON {table} FOR {command}{using}{check}"
        )
