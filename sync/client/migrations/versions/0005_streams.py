"""Records by stream and revision: the self-check counts them without reading them."""

from alembic import op

revision = "0005"
down_revision = "0004"

TABLES = (
    *("attachment", "comment", "decision", "form", "issue", "meeting"),
    *("official", "question", "step", "visit", "wave"),
)


def upgrade() -> None:
    for table in TABLES:
        op.drop_index(f"ix_{table}_district", table)
        op.create_index(f"ix_{table}_stream", table, ["district", "revision"])
