"""How many interviews of a wave laptops have finished, told and seen by those who ask or rate there."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def _where(right: str) -> str:
    streams = f"string_to_array(current_setting('dala.{right}', true), ',')"
    return f"district IN (SELECT unnest({streams}))"


ANSWER, RATE, ERASE = _where("answer"), _where("rate"), _where("erase")
POLICIES = (  # command, which rows, which values
    ("SELECT", f"{ANSWER} OR {RATE}", ""),
    ("INSERT", "", ANSWER),
    ("UPDATE", ANSWER, ""),
    ("DELETE", ERASE, ""),
)


def upgrade() -> None:
    op.create_table(
        "interviews_done",
        sa.Column("wave", sa.Uuid(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("wave", "district", "id", name="pk_interviews_done"),
        sqlite_with_rowid=False,
    )
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute("ALTER TABLE interviews_done ENABLE ROW LEVEL SECURITY")
    for command, rows, values in POLICIES:
        using = f" USING ({rows})" if rows else ""
        check = f" WITH CHECK ({values})" if values else ""
        op.execute(
            f"CREATE POLICY interviews_done_{command.lower()} ON interviews_done "
            f"FOR {command}{using}{check}"
        )
