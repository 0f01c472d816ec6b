"""A program that is too old for the server's news sends its photos all the same."""

import pytest
from sqlalchemy import select

from desktop.actions.exchange import exchange
from sync.change import PROTOCOL
from sync.client.tables import Blob
from sync.errors import TooOld
from sync.server import deps
from tests.photos import an_issue_with_photos, picture


def test_records_and_photos_are_sent_before_it_says_so(laptop, monkeypatch):
    desk = laptop()
    monkeypatch.setattr(deps, "PROTOCOL", PROTOCOL + 1)
    monkeypatch.setattr(deps, "OLDEST_PROTOCOL", PROTOCOL + 1)
    an_issue_with_photos(desk, picture(), b"%PDF-1.7 x")

    with pytest.raises(TooOld):
        exchange(desk)

    with desk.store() as session:
        assert set(session.scalars(select(Blob.there))) == {True}
