"""What an edit says leaves the row that is written again when it is answered."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    op.create_table(
        "outbox_body",
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["number"],
            ["outbox.number"],
            name="fk_outbox_body_number_outbox",
            ondelete="CASCADE",
            onupdate="CASCADE",
        ),
    )
    edits = sa.table("outbox", sa.column("number"), sa.column("body"))
    bodies = sa.table("outbox_body", sa.column("number"), sa.column("body"))
    said = sa.select(edits.c.number, edits.c.body)
    op.execute(sa.insert(bodies).from_select(["number", "body"], said))
    op.drop_column("outbox", "body")
