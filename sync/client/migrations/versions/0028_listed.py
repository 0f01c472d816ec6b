"""A list of very many records is put in order, filtered and counted by an index of its own."""

from alembic import op

revision = "0028"
down_revision = "0027"

REVIEWED = (
    *("meeting", "issue", "visit", "filled_form", "reception", "project", "inspection"),
    *("relocation_case", "finding", "work_plan", "publication", "member", "week_plan"),
)


def upgrade() -> None:
    for table in REVIEWED:
        op.create_index(f"ix_{table}_listed", table, ["edited", "id", "review", "bare", "removed"])
