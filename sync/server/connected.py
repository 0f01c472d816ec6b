"""Who else is connected to PostgreSQL's database, in words by which an administrator finds them."""

from sqlalchemy import Connection, column, func, select, table

from sync.language import mark, tr

MOST = 5  # that are named
ACTIVITY = table(
    "pg_stat_activity",
    *map(column, ("datname", "pid", "usename", "application_name", "client_addr")),
)
KNOWN = mark("process {pid}, user {user}, program “{program}”, from {address}")
HIDDEN = mark("process {pid}, user {user}")


def others(connection: Connection) -> list[str]:
    """Each of them, but PostgreSQL's own work. Empty: nobody.

    Of another user's connection a login that is no member of “pg_read_all_stats” sees process and user.
    """
    asked = select(
        ACTIVITY.c.pid,
        ACTIVITY.c.usename,
        ACTIVITY.c.application_name,
        func.host(ACTIVITY.c.client_addr),
    ).where(
        ACTIVITY.c.datname == func.current_database(),
        ACTIVITY.c.usename.is_not(None),  # not PostgreSQL's own work
        ACTIVITY.c.pid != func.pg_backend_pid(),
    )
    return [_words(*row) for row in connection.execute(asked.order_by(ACTIVITY.c.pid))]


def _words(pid: int, user: str, program: str | None, address: str | None) -> str:
    if program is None:  # another user's, and this login may not see more
        return tr(HIDDEN, pid=pid, user=user)
    where = address or tr("this computer")
    return tr(KNOWN, pid=pid, user=user, program=program or "?", address=where)


def named(some: list[str]) -> str:
    """So many of them as one message bears."""
    return "; ".join([*some[:MOST], *(["…"] if len(some) > MOST else [])])
