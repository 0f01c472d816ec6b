"""Row-level security: what the server's role sees and writes of the tables of districts, and the
functions that answer across them. `sync.server.walls` says whose the settings are.

Not FORCE: the owner makes backups and migrations, and the server never works as it.
"""

from alembic import op

revision = "0014"
down_revision = "0013"

SOMEBODY = "(SELECT current_setting('dala.person', true)) <> ''"


def _where(right: str) -> str:
    """A row's stream is among those of a setting, which is looked up once in a statement.

    IN, whose answer is kept in a hash: `= ANY` takes three times as long for a row, and an index is
    searched by it. Of a fresh table, of which nothing is known yet, PostgreSQL takes that for the
    narrowest condition, and reads a whole district for one record.
    """
    streams = f"string_to_array(current_setting('dala.{right}', true), ',')"
    return f"district IN (SELECT unnest({streams}))"


READ, WRITE, ERASE = _where("read"), _where("write"), _where("erase")
POLICIES = (  # table, command, which rows, which values: as the rows where nothing is said
    ("record", "SELECT", READ, ""),
    ("record", "INSERT", "", WRITE),
    ("record", "UPDATE", WRITE, ""),
    ("ledger", "SELECT", ERASE, ""),  # what was said before is only ever looked for to be emptied
    ("ledger", "INSERT", "", f"{WRITE} OR (revision IS NULL AND {SOMEBODY})"),
    ("ledger", "UPDATE", ERASE, ""),
    ("late_edit", "SELECT", _where("decide_late"), ""),
    ("late_edit", "INSERT", "", SOMEBODY),
    ("late_edit", "UPDATE", _where("decide_late"), ""),  # to lock it
    ("late_edit", "DELETE", _where("decide_late"), ""),
    ("answer", "SELECT", _where("rate"), ""),
    ("answer", "INSERT", "", _where("answer")),
    ("serial", "ALL", WRITE, WRITE),
    ("stream", "SELECT", "true", ""),  # counters tell nothing of anybody
    ("stream", "UPDATE", SOMEBODY, WRITE),  # who is refused locks it, and leaves it as it is
)

FUNCTIONS = (
    """dala_records(ids uuid[]) RETURNS TABLE (
        district varchar, id uuid, kind varchar, parent uuid, revision integer,
        by varchar, at timestamp, fields json, touched json)
    AS $$ SELECT r.district, r.id, r.kind, r.parent, r.revision, r.by, r.at, r.fields, r.touched
        FROM record AS r WHERE r.id = ANY (ids) $$""",
    """dala_answered(stream varchar, ids uuid[])
        RETURNS TABLE (change uuid, revision integer, reason varchar)
    AS $$ SELECT l.change, l.revision, l.reason
        FROM ledger AS l WHERE l.district = stream AND l.change = ANY (ids) $$""",
    """dala_known(ids uuid[]) RETURNS TABLE (change uuid)
    AS $$ SELECT l.change FROM ledger AS l WHERE l.change = ANY (ids) $$""",
    """dala_commented(stream varchar, whole uuid, since integer) RETURNS boolean
    AS $$ SELECT EXISTS (SELECT FROM record AS r WHERE r.district = stream AND r.parent = whole
        AND r.kind = 'comment' AND r.revision > since) $$""",
    """dala_named(sum varchar) RETURNS boolean
    AS $$ SELECT EXISTS (SELECT FROM record AS r WHERE r.sha256 = sum)
        OR EXISTS (SELECT FROM record AS r
            WHERE r.kind = 'attachment' AND r.fields ->> 'thumbnail' = sum) $$""",
)


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in dict.fromkeys(policy[0] for policy in POLICIES):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    for table, command, rows, values in POLICIES:
        using = f" USING ({rows})" if rows else ""
        check = f" WITH CHECK ({values})" if values else ""
        op.execute(
            f"CREATE POLICY {table}_{command.lower()} ON {table} FOR {command}{using}{check}"
        )
    for function in FUNCTIONS:
        op.execute(
            f"CREATE FUNCTION {function} "
            "LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT"
        )
