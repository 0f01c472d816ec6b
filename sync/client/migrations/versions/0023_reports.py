"""Relocation quotas; and what reports of a region's year read quickly by."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.create_table(
        "relocation_quota",
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("act", sa.String(), nullable=True),
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
        sa.PrimaryKeyConstraint("id", name="pk_relocation_quota"),
    )
    op.create_index("ix_relocation_quota_stream", "relocation_quota", ["district", "revision"])
    for name in ("region", "year"):
        op.create_index(f"ix_relocation_quota_{name}", "relocation_quota", [name])
    told = ("received_on", "district", "village", "category", "state")
    more = ("due_on", "satisfied", "removed", "review", "id")
    op.create_index("ix_issue_report", "issue", [*told, *more])
    replies = sa.text("type = 'reply'")
    op.create_index(
        "ix_step_reply", "step", ["parent", "done_on", "removed"], sqlite_where=replies
    )
