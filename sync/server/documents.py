"""JSON for PostgreSQL as the bytes that it is. Of a `dict` the driver would make a text, and bytes of
that. Import it where the database is PostgreSQL."""

from typing import Any

from psycopg.adapt import Dumper
from psycopg.pq import Format

from sync.server.bulk import Document


class AsItIs(Dumper):
    """For the driver: nothing is to be done to it."""

    format = Format.BINARY
    oid = 114  # of json, in every PostgreSQL: src/include/catalog/pg_type.dat

    def dump(self, obj: Document) -> Document:
        """What is sent."""
        return obj


def take(connection: Any, _record: object) -> None:
    """Let a new connection of the driver take documents."""
    connection.adapters.register_dumper(Document, AsItIs)
