"""Whose leader may see a row of the audit, and a wall before it; rows that are here are the region's."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

READ = "string_to_array(current_setting('dala.read_audit', true), ',')"
FUNCTIONS = (
    """dala_link(wanted integer) RETURNS varchar
    AS $$ SELECT a.hash FROM audit_entry AS a WHERE a.number = wanted $$""",
    """dala_restored() RETURNS timestamp
    AS $$ SELECT a.at FROM audit_entry AS a WHERE a.act = 'restored'
        ORDER BY a.number DESC LIMIT 1 $$""",
)


def upgrade() -> None:
    op.add_column(
        "audit_entry",
        sa.Column("district", sa.String(), nullable=False, server_default="region"),
    )
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute("ALTER TABLE audit_entry ENABLE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY audit_entry_select ON audit_entry FOR SELECT "
        f"USING (district IN (SELECT unnest({READ})))"
    )
    op.execute("CREATE POLICY audit_entry_insert ON audit_entry FOR INSERT WITH CHECK (true)")
    for function in FUNCTIONS:
        op.execute(
            f"CREATE FUNCTION {function} "
            "LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT"
        )
