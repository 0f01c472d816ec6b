"""A program that is too old for the server's news sends its photos all the same."""

import pytest
from sqlalchemy import select

from desktop.actions.exchange import exchange
from sync.change import PROTOCOL
from sync.client.engine import sync_once
from sync.client.tables import Blob
from sync.errors import TooOld
from sync.server import deps
from tests.photos import an_issue_with_photos, picture, synced


def test_records_and_photos_are_sent_before_it_says_so(laptop, monkeypatch):
    desk, colleague = laptop(), laptop()
    an_issue_with_photos(colleague, picture(1))
    synced(colleague)
    sync_once(desk.store, desk.server)  # it knows of a photo that it does not have yet
    monkeypatch.setattr(deps, "PROTOCOL", PROTOCOL + 1)
    monkeypatch.setattr(deps, "OLDEST_PROTOCOL", PROTOCOL + 1)
    sums = an_issue_with_photos(desk, picture(), b"%PDF-1.7 x")

    with pytest.raises(TooOld):
        exchange(desk)

    with desk.store() as session:
        assert set(session.scalars(select(Blob.there))) == {True}
        assert {*sums} < {*session.scalars(select(Blob.sha256))}
