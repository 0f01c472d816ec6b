"""An exchange that is stopped while the line is silent has lost nothing, and sent nothing twice."""

from dataclasses import replace
from functools import partial

import pytest
from sqlalchemy import func, select

from desktop.actions.carry import deliver, write_letter
from desktop.actions.exchange import exchange, state
from desktop.actions.records import save
from desktop.actions.room import join
from sync.client import pace
from sync.client.line import open_http
from sync.client.transport import HttpTransport
from sync.server.tables import Blob, Entry
from tests.photos import ISSUE, an_issue_with_photos, document
from tests.silent import SOON, Silent, Withholding, stopping
from tests.sockets import listening

STEPS = ["/v1/sync", "/v1/blobs/offsets", "/upload"]  # how the paths end that are asked for


@pytest.fixture
def way(server):
    with listening(server) as url, Withholding(url, b"") as made:
        yield made


@pytest.fixture
def desk(laptop, way):
    """A desk whose line leads that way."""
    desk = laptop()
    with open_http() as http:
        line, given = desk.server, (way.url, desk.server._token)
        yield replace(desk, server=HttpTransport(http, *given, line._keeper, line._mutual))


@pytest.mark.parametrize("step", STEPS)
def test_it_ends_at_each_step_and_the_next_one_does_the_rest(server, way, desk, step):
    issues = [save(desk, "issue", ISSUE)[0].record for _ in range(pace.LEAST * 2)]
    photos = an_issue_with_photos(desk, document("a"))
    with desk.store.begin() as session:
        pace.keep(session, 100)
    way.after = f"{step} HTTP".encode()
    with stopping(partial(exchange, desk)):
        assert way.silent.wait(SOON)
    way.after = b""
    with desk.store() as session:
        assert pace.batch(session) >= 100  # a wish says nothing about the line

    exchange(desk)

    assert (state(desk).waiting, state(desk).photos_waiting) == (0, 0)
    with server.looking() as session:
        for issue in issues:
            count = select(func.count()).select_from(Entry).where(Entry.record == issue)
            assert session.scalar(count) == 1
        assert session.get(Blob, photos[0])


def test_neither_is_a_laptop_waited_for_that_is_silent_in_its_room(desk):
    def go_in():
        join(desk, room.url.removeprefix("http://"), "1234-5678")

    with Silent(deaf=True) as room, stopping(go_in):
        assert room.silent.wait(SOON)


def test_nor_is_a_letter_told_as_refused_that_was_not_delivered(way, desk, tmp_path):
    exchange(desk)
    save(desk, "issue", ISSUE)
    letter = tmp_path / "letter.dala"
    write_letter(desk, letter)
    way.after = b"/v1/carry HTTP"

    with stopping(partial(deliver, desk, [letter])):
        assert way.silent.wait(SOON)
