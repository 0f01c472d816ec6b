"""Runs the server's migrations on the connection that `sync.server.store` hands over."""

from alembic import context

from sync.server.tables import ServerBase

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=ServerBase.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
