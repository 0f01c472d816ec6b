"""Terms of authorities: by which rule, what they did with a letter, and days of the calendar."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.add_column("issue", sa.Column("answer_rule", sa.String(), nullable=True))
    op.create_index("ix_issue_handed_on", "issue", ["handed_on"])
    op.add_column("step", sa.Column("until", sa.Date(), nullable=True))
    op.add_column("step", sa.Column("body", sa.String(), nullable=True))
    op.add_column("step", sa.Column("part", sa.Boolean(), nullable=True))
    op.create_table(
        "calendar_day",
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("sort", sa.String(), nullable=True),
        sa.Column("said", sa.String(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.Column("edited", sa.DateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("conflicts", sa.JSON(), nullable=False),
        sa.Column("unknown", sa.JSON(), nullable=False),
        sa.Column("bare", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.PrimaryKeyConstraint("id", name="pk_calendar_day"),
    )
    op.create_index("ix_calendar_day_day", "calendar_day", ["day"])
    op.create_index("ix_calendar_day_stream", "calendar_day", ["district", "revision"])
