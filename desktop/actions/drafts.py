"""What is being typed and not yet saved: kept within a second, given back after a crash."""

from datetime import UTC, datetime

import msgspec
from sqlalchemy import delete

from desktop.session import Desk
from sync.client.tables import Draft
from sync.records.base import Values


def keep(desk: Desk, key: str, values: Values) -> None:
    """Keep what stands in an editor. `key` names the editor: "issue:<id>", "interview:<wave>"."""
    with desk.store.begin() as session:
        body = msgspec.json.encode(values)
        session.merge(Draft(key=key, body=body, edited=datetime.now(UTC)))


def recall(desk: Desk, key: str) -> Values | None:
    """What stood in the editor, or None."""
    with desk.store() as session:
        found = session.get(Draft, key)
        return None if found is None else msgspec.json.decode(found.body)


def drop(desk: Desk, key: str) -> None:
    """It was saved, or thrown away."""
    with desk.store.begin() as session:
        session.execute(delete(Draft).where(Draft.key == key))
