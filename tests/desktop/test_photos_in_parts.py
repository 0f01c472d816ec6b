"""Small pictures first, then photos in parts: what has come once does not come again."""

from io import BytesIO
from random import Random

import pytest
from PIL import Image

from desktop.actions import attachments, exchange
from sync.client.engine import sync_once
from sync.client.photos import exchange_photos
from sync.errors import Offline
from sync.parts import PART
from tests.photos import Cut, an_issue_with_photos, document, picture, reopened, synced


def test_small_pictures_come_before_any_photo(laptop):
    mine, colleague = laptop(), laptop()
    synced(colleague)
    sums = an_issue_with_photos(mine, picture(1), picture(2))
    sent = synced(mine)
    sync_once(colleague.store, colleague.server)

    with pytest.raises(Offline):
        exchange_photos(colleague.store, Cut(colleague.server, after=0), colleague.photos)
    seen = [attachments.picture(colleague, sum) for sum in sums]
    exchange_photos(colleague.store, colleague.server, colleague.photos)

    assert (sent.sent, sent.small_sent) == (2, 2)
    assert [Image.open(BytesIO(one)).size for one in seen] == [(320, 240)] * 2
    assert all(len(one) <= 20 * 1024 for one in seen)
    whole = [attachments.picture(colleague, sum) for sum in sums]
    assert whole == [mine.photos.read(sum) for sum in sums]


def test_small_pictures_are_sent_before_any_photo(laptop):
    mine, colleague = laptop(), laptop()
    (sum,) = an_issue_with_photos(mine, picture(3))
    sync_once(mine.store, mine.server)

    with pytest.raises(Offline):
        exchange_photos(mine.store, Cut(mine.server, after=1), mine.photos)
    synced(colleague)

    assert not colleague.photos.has(sum)
    assert attachments.picture(colleague, sum) is not None


def test_people_count_photos_and_not_their_small_pictures(laptop):
    mine, colleague = laptop(), laptop()
    synced(colleague)
    an_issue_with_photos(mine, picture(4), document("x"))
    before = exchange.state(colleague)
    waiting = exchange.state(mine)
    sync_once(mine.store, mine.server)
    sync_once(colleague.store, colleague.server)
    on_its_way = exchange.state(colleague)

    report = exchange.exchange(mine)
    taken = exchange.exchange(colleague)

    assert on_its_way.photos_coming - before.photos_coming == 2
    assert waiting.photos_waiting == 2
    assert (report.photos_sent, report.photos_waiting) == (2, 0)
    assert (taken.photos_taken, taken.photos_coming) == (2, before.photos_coming)


def test_a_photo_without_a_small_picture_is_fetched_itself(laptop):
    mine, colleague = laptop(), laptop()
    synced(colleague)
    (sum,) = an_issue_with_photos(mine, document("old"))
    synced(mine)
    sync_once(colleague.store, colleague.server)

    assert attachments.picture(colleague, sum) is None
    assert exchange_photos(colleague.store, colleague.server, colleague.photos).taken == 1


def test_a_photo_half_taken_goes_on_after_a_restart_of_the_laptop(laptop):
    mine, colleague = laptop(), laptop()
    synced(colleague)
    content = b"%PDF-1.7 " + Random(5).randbytes(4 * PART)
    (sum,) = an_issue_with_photos(mine, content)
    synced(mine)
    sync_once(colleague.store, colleague.server)

    with pytest.raises(Offline):
        exchange_photos(colleague.store, Cut(colleague.server, after=3), colleague.photos)
    opened = reopened(colleague)
    before = colleague.server.taken_bytes
    exchange_photos(colleague.store, colleague.server, opened)

    assert opened.read(sum) == content
    assert colleague.server.taken_bytes - before < len(content) - 3 * PART + 1_000
    assert list(colleague.photos._folder.glob("*.part")) == []


class Portal(Cut):
    """From the second part on a stranger answers."""

    def get_part(self, sum, offset):
        if offset:
            raise Offline("a stranger")
        return self._line.get_part(sum, offset)


def test_a_stranger_in_the_middle_of_a_file_leaves_what_came_before(laptop):
    mine, colleague = laptop(), laptop()
    synced(colleague)
    (sum,) = an_issue_with_photos(mine, b"%PDF-1.7 " + Random(6).randbytes(2 * PART))
    synced(mine)
    sync_once(colleague.store, colleague.server)

    with pytest.raises(Offline):
        exchange_photos(colleague.store, Portal(colleague.server, -1), colleague.photos)

    assert colleague.photos.received(sum) == PART
    assert exchange_photos(colleague.store, colleague.server, colleague.photos).taken == 1


def test_a_damaged_part_is_taken_again(laptop):
    mine, colleague = laptop(), laptop()
    synced(colleague)
    (sum,) = an_issue_with_photos(mine, b"%PDF-1.7 " + Random(7).randbytes(2 * PART))
    synced(mine)
    sync_once(colleague.store, colleague.server)
    colleague.photos.add_part(sum, 0, bytes(PART))
    (path,) = colleague.photos._folder.glob("*.part")
    damaged = bytearray(path.read_bytes())
    damaged[1_000] ^= 1
    path.write_bytes(damaged)

    first = exchange_photos(colleague.store, colleague.server, colleague.photos)
    second = exchange_photos(colleague.store, colleague.server, colleague.photos)

    assert (first.taken, first.refused, second.taken) == (0, 1, 1)
    assert colleague.photos.read(sum) == mine.photos.read(sum)
