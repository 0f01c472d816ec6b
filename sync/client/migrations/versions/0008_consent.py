"""Which text a consent was given to, who heard it, and its end."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    for name in ("consent_text", "consent_language", "consent_witness"):
        op.add_column("issue", sa.Column(name, sa.String(), nullable=True))
    op.add_column("issue", sa.Column("consent_ended", sa.Date(), nullable=True))
