"""Runs the laptop's migrations on the connection that `desktop.store` hands over."""

from typing import Any, Literal

from alembic import context

import sync.client.tables  # noqa: F401  # its tables join the metadata, as those of the kinds do
from sync.records.base import Base, Moment


def render(sort: str, item: Any, _context: object) -> str | Literal[False]:
    """A generated migration names no type of ours: it must not change when they do."""
    return "sa.DateTime()" if sort == "type" and isinstance(item, Moment) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=render,
)
with context.begin_transaction():
    context.run_migrations()
