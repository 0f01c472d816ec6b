"""Where a wave asks, its cells, its passport, and the ballot that it is linked to."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

TEXTS = (
    *("cell_place", "asker", "mode", "sample", "population", "consent_line", "weighting"),
    *("linked_to", "specialists", "notice_number"),
)


def upgrade() -> None:
    for name in ("places", "groups", "quotas"):
        op.add_column("wave", sa.Column(name, sa.JSON(), nullable=True))
    for name in TEXTS:
        op.add_column("wave", sa.Column(name, sa.String(), nullable=True))
    for name in ("polling_day", "notice_on"):
        op.add_column("wave", sa.Column(name, sa.Date(), nullable=True))
    op.add_column("wave", sa.Column("experience", sa.Integer(), nullable=True))
