"""What laptops tell of their interviews, by pseudonym; who checks sees it, who may erase ends it."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def _where(right: str) -> str:
    streams = f"string_to_array(current_setting('dala.{right}', true), ',')"
    return f"district IN (SELECT unnest({streams}))"


POLICIES = (  # command, which rows, which values
    ("SELECT", _where("check"), ""),
    ("INSERT", "", _where("answer")),
    ("DELETE", _where("erase"), ""),
)


def upgrade() -> None:
    op.create_table(
        "signs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("wave", sa.Uuid(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("seals", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_signs"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_signs_wave", "signs", ["wave"])
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute("ALTER TABLE signs ENABLE ROW LEVEL SECURITY")
    for command, rows, values in POLICIES:
        using = f" USING ({rows})" if rows else ""
        check = f" WITH CHECK ({values})" if values else ""
        op.execute(f"CREATE POLICY signs_{command.lower()} ON signs FOR {command}{using}{check}")
