"""The guards of names whose consent has ended, each removed. Registered with the others in `mutants`."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from unittest.mock import patch
from uuid import UUID

from sync.client import outbox
from sync.client import striking as on_laptop
from sync.client.scrub import UNTIDY
from sync.server import striking


def ledger_keeps_struck_names() -> Any:
    """The history says the names for ever."""
    return patch.object(striking, "_strike_ledger", lambda *_: None)


def late_edit_keeps_struck_names() -> Any:
    """An edit that waits for a decision says them, however long it waits."""
    return patch.object(striking, "_strike_late", lambda *_: None)


@contextmanager
def restored_server_is_not_struck_again() -> Iterator[None]:
    """What was struck once is believed to be struck, whatever a backup has brought back."""
    plain, known = striking._due, set[UUID]()

    def due(*asked: Any) -> Any:
        return [row for row in plain(*asked) if row.id not in known]

    def strike(session: Any, streams: Any, row: Any) -> None:
        known.add(row.id)
        ledger(session, streams, row)

    ledger = striking._strike_ledger
    with patch.object(striking, "_due", due), patch.object(striking, "_strike_ledger", strike):
        yield


@contextmanager
def outbox_keeps_struck_names() -> Iterator[None]:
    """Edits that were answered keep the names; and they are kept for longer than a month."""
    with (
        patch.object(on_laptop, "_strike_outbox", lambda *_: None),
        patch.object(outbox, "KEPT", timedelta(days=90)),
    ):
        yield


def waiting_edits_keep_names() -> Any:
    """An edit with a name is sent although it is known that the consent has ended."""
    return patch.object(on_laptop, "leave_out", lambda *_, **__: None)


def attention_keeps_struck_names() -> Any:
    """What was refused keeps the names for as long as its person leaves it there."""
    return patch.object(on_laptop, "_strike_attention", lambda *_: None)


def copy_stays_with_struck_names() -> Any:
    """The copies of the file, and its journal, are left as they are."""
    plain = on_laptop.remember

    def remember(session: Any, name: str, value: object) -> None:
        if name != UNTIDY:
            plain(session, name, value)

    return patch.object(on_laptop, "remember", remember)


ALL = (
    ledger_keeps_struck_names,
    late_edit_keeps_struck_names,
    restored_server_is_not_struck_again,
    outbox_keeps_struck_names,
    waiting_edits_keep_names,
    attention_keeps_struck_names,
    copy_stays_with_struck_names,
)
