"""Short texts of records that are bare already: they leave, too, and come with the whole record."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

LEAVE = {
    "meeting": ("place", "chair", "secretary"),
    "question": ("answered_by",),
    "decision": ("responsible",),
    "issue": ("address", "handed_to", "incoming_number"),
    "attachment": ("name", "caption"),
}


def upgrade() -> None:
    for name, texts in LEAVE.items():
        table = sa.table(name, sa.column("bare"), *map(sa.column, texts))
        op.execute(sa.update(table).where(table.c.bare).values(dict.fromkeys(texts)))
