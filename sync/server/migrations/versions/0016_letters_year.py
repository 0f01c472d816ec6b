"""In which year a sealed letter came, so that its term can end. Nothing finer is kept.

Of those that are there nobody knows: they count from the year of this update.
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0014"


def upgrade() -> None:
    op.add_column("sealed_letter", sa.Column("year", sa.Integer(), nullable=True))
    letters = sa.table("sealed_letter", sa.column("year", sa.Integer))
    op.execute(letters.update().values(year=datetime.now(UTC).year))
