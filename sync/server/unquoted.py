"""PostgreSQL's errors without the rows that it quotes in them: they reach logs."""

from typing import Any

from sqlalchemy import Engine, ExceptionContext, event

QUOTING = "22"  # the class of errors about a value, whose first line quotes it


def unquote(error: Any) -> None:
    """Leave of an error of psycopg what names no data: its code, what was broken, its first line.

    One that is not the database's own, such as a line that is cut, has no code and stays.
    """
    if not getattr(error, "sqlstate", None):
        return
    told = error.diag
    first = "" if error.sqlstate.startswith(QUOTING) else told.message_primary
    names = (told.table_name, told.column_name, told.constraint_name)
    error.args = (" ".join(filter(None, [error.sqlstate, first, *names])),)


def unquote_all(engine: Engine) -> None:
    """So that every error of this engine is without them."""
    event.listen(engine, "handle_error", _unquote)


def _unquote(context: ExceptionContext) -> None:
    original = context.original_exception
    unquote(original)
    if context.sqlalchemy_exception is not None:
        name = f"{type(original).__module__}.{type(original).__name__}"
        context.sqlalchemy_exception.args = (f"({name}) {original}",)
