"""Forms say what they are used as; and forms that are filled in by name."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.add_column("form", sa.Column("use", sa.String(), nullable=True))
    op.create_table(
        "filled_form",
        sa.Column("form", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("filled_on", sa.Date(), nullable=True),
        sa.Column("village", sa.String(), nullable=True),
        sa.Column("answers", sa.JSON(), nullable=True),
        sa.Column("personal", sa.JSON(), nullable=True),
        sa.Column("consent_way", sa.String(), nullable=True),
        sa.Column("consent_on", sa.Date(), nullable=True),
        sa.Column("consent_text", sa.String(), nullable=True),
        sa.Column("consent_language", sa.String(), nullable=True),
        sa.Column("consent_witness", sa.String(), nullable=True),
        sa.Column("consent_ended", sa.Date(), nullable=True),
        sa.Column("review", sa.String(), nullable=False),
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
        sa.PrimaryKeyConstraint("id", name="pk_filled_form"),
    )
    op.create_index("ix_filled_form_filled_on", "filled_form", ["filled_on"])
    op.create_index("ix_filled_form_review", "filled_form", ["review"])
    op.create_index("ix_filled_form_stream", "filled_form", ["district", "revision"])
    op.create_index(
        "ix_filled_form_disputed",
        "filled_form",
        ["id"],
        sqlite_where=sa.text("conflicts != '{}'"),
    )
