"""What comes of photos is looked at when it comes: its sum, its size, and what a small one is."""

from hashlib import sha256
from io import BytesIO
from random import Random

import pytest
from PIL import Image
from sqlalchemy import update

from desktop import pictures
from desktop.actions import attachments, exchange, records
from desktop.actions.edits import Edit
from desktop.actions.records import put
from desktop.folder import Profile
from desktop.health import describe
from desktop.photos import PhotoFolder
from desktop.profile import close_desk, open_desk
from sync.client import photos, small_pictures
from sync.client.blobs import count_coming, said_sizes
from sync.client.engine import sync_once
from sync.client.photos import exchange_photos
from sync.client.tables import Blob
from sync.errors import UserError
from sync.language import speak
from sync.parts import PART
from sync.records.notes import Attachment
from tests.guards import rewritten
from tests.photos import ISSUE, Cut, an_issue_with_photos, document, synced
from tests.picture_bombs import jpeg, png
from tests.profiles import PASSWORD, line, new_profile
from ui.pictures import decoded


def painted(width, height, **how):
    out = BytesIO()
    Image.new("RGB", (width, height), "red").save(out, "JPEG", **how)
    return out.getvalue()


def picture(seed=0):
    """A photo that is too large to be its own small picture, and soon made."""
    out = BytesIO()
    Image.frombytes("RGB", (400, 300), Random(seed).randbytes(400 * 300 * 3)).save(out, "JPEG")
    return out.getvalue()


STRANGE = {
    "no picture": b"<svg onload=alert(1)>",
    "nothing": b"",
    "another format": png(320, 240),
    "says it is large": jpeg(65_000, 65_000),
    "says its pixels over and over": jpeg(320, 240, scans=150),
    "larger than this program makes": painted(321, 10),
    "more than 20 KB": painted(320, 240) + bytes(20 * 2**10),
}


@pytest.fixture(autouse=True)
def english():
    speak("en")


@pytest.fixture
def pair(own_server, tmp_path):
    """Two laptops of a district; the second one has been there before the first photo."""
    desks = []
    for name in ("aidana", "bolat"):
        profile = new_profile(tmp_path / name, own_server, name)
        desks.append(open_desk(profile, PASSWORD, http=line(own_server)))
        synced(desks[-1])
    yield desks
    for desk in desks:
        close_desk(desk)


def with_a_small_picture(desk, content):
    """An attached photo whose small picture is this, whoever made it → (photo, small picture)."""
    (photo,) = an_issue_with_photos(desk, painted(640, 480 + len(content)))
    small = sha256(content).hexdigest()
    desk.photos.keep(small, content)
    (row,) = records.list_records(desk, "attachment", {"sha256": photo})
    records.save(desk, "attachment", {"thumbnail": small}, row["id"])
    with desk.store.begin() as session:
        session.merge(Blob(sha256=small, size=len(content), here=True, there=False))
    return photo, small


class Counting(Cut):
    """A line that counts what is asked for, and gives no originals."""

    def __init__(self, line):
        super().__init__(line, -1)
        self.asked, self.parts = [], []

    def lacking_blobs(self, hashes):
        return hashes

    def thumbnails(self, originals):
        self.asked += originals
        return super().thumbnails(originals)


def taken(desk, line):
    sync_once(desk.store, desk.server)
    return exchange_photos(desk.store, line, desk.photos)


@pytest.mark.parametrize("content", STRANGE.values(), ids=STRANGE)
def test_it_is_no_small_picture_of_ours(content):
    assert not pictures.is_small(content)


def test_small_pictures_that_are_none_are_not_kept_and_not_asked_for_again(pair):
    mine, colleague = pair
    made = [with_a_small_picture(mine, content) for content in STRANGE.values()]
    synced(mine)
    line = Counting(colleague.server)

    first, second = taken(colleague, line), taken(colleague, line)

    assert (first.unfit, first.small_taken, first.refused) == (len(STRANGE), 0, 0)
    assert not any(colleague.photos.has(small) for _, small in made)
    assert (second.unfit, sorted(line.asked)) == (0, sorted(photo for photo, _ in made))
    assert describe_photos(colleague) == len(STRANGE)
    assert synced(colleague).taken == len(STRANGE)  # the photos come all the same
    for photo, _ in made:
        assert attachments.picture(colleague, photo) == mine.photos.read(photo)


def describe_photos(desk):
    """How many are told in the diagnostics."""
    return describe(Profile(desk.photos._folder.parent), desk)["photos_unfit"]


def test_without_the_look_it_would_be_kept(pair, monkeypatch):
    """The mutant of the test above."""
    mine, colleague = pair
    _, small = with_a_small_picture(mine, STRANGE["no picture"])
    synced(mine)
    monkeypatch.setattr(PhotoFolder, "is_small_picture", lambda *_: True)

    synced(colleague)

    assert colleague.photos.has(small)


def test_a_small_picture_that_a_line_garbled_is_asked_for_again(pair):
    mine, colleague = pair
    (photo,) = an_issue_with_photos(mine, picture())
    synced(mine)

    class Garbling(Counting):
        def thumbnails(self, originals):
            return dict.fromkeys(super().thumbnails(originals), b"other bytes")

    done = taken(colleague, Garbling(colleague.server))
    assert (done.refused, done.unfit) == (1, 0)
    assert taken(colleague, Counting(colleague.server)).small_taken == 1
    assert len(attachments.picture(colleague, photo)) <= pictures.LARGEST_SMALL

    an_issue_with_photos(mine, picture(1))
    synced(mine)
    with rewritten(small_pictures._take, "hexdigest() != small:", "hexdigest() == '':").removed():
        assert taken(colleague, Garbling(colleague.server)).unfit == 1  # and it would never come


def test_a_strange_small_picture_hides_no_honest_one(pair):
    """Whoever names somebody's photo anew, with a small picture of their own."""
    mine, colleague = pair
    content = picture()
    (photo,) = an_issue_with_photos(mine, content)
    synced(mine)
    small = sha256(b"strange").hexdigest()
    mine.photos.keep(small, b"strange")
    fields = {"sha256": photo, "name": "x", "media_type": "image/jpeg", "thumbnail": small}
    issue = records.save(mine, "issue", ISSUE)[0].record
    with mine.store.begin() as session:
        put(mine, session, Edit("attachment", fields | {"size": 7}, parent=issue))
        session.add(Blob(sha256=small, size=7, here=True, there=False))
    synced(mine)
    done = taken(colleague, Counting(colleague.server))

    assert (done.small_taken, done.unfit) == (1, 1)
    assert pictures.is_ours(attachments.picture(colleague, photo))
    assert not colleague.photos.has(small)


def test_an_old_strange_one_that_is_here_already_stays_and_is_not_drawn(pair):
    mine, _ = pair
    _, small = with_a_small_picture(mine, STRANGE["says it is large"])
    synced(mine)

    assert mine.photos.has(small)
    assert decoded(mine.photos.read(small)).isNull()


def says(desk, sum, size):
    """A record that says another size of its file."""
    (row,) = records.list_records(desk, "attachment", {"sha256": sum})
    records.save(desk, "attachment", {"size": size}, row["id"])


class Weighing(Cut):
    """A line that counts the bytes that come."""

    def __init__(self, line):
        super().__init__(line, -1)
        self.came = 0

    def get_part(self, sum, offset):
        content, size = super().get_part(sum, offset)
        self.came += len(content)
        return content, size


def test_a_file_of_another_size_than_its_record_says_is_not_taken(pair):
    mine, colleague = pair
    (sum,) = an_issue_with_photos(mine, document("x" * 3 * PART))
    says(mine, sum, 3_000)
    synced(mine)
    line = Weighing(colleague.server)

    first, second = taken(colleague, line), taken(colleague, line)

    assert (first.unfit, first.taken, second.unfit) == (1, 0, 0)
    assert line.came == PART  # no more than it takes to hear of the size, and once
    assert not colleague.photos.has(sum)
    assert describe_photos(colleague) == 1
    with colleague.store() as session:
        assert count_coming(session) == 0
    with pytest.raises(UserError, match="did not give this file out"):
        attachments.bring(colleague, sum)
    with rewritten(photos._take_parts, "if said and size not in said:", "if False:").removed():
        assert attachments.bring(colleague, sum)  # the mutant


def test_put_right_it_comes_when_it_is_opened_or_with_the_next_days_look(pair, own_server):
    mine, colleague = pair
    sums = an_issue_with_photos(mine, document("a"), document("b"))
    for sum in sums:
        says(mine, sum, 1)
    synced(mine), synced(colleague)
    for sum in sums:
        says(mine, sum, len(mine.photos.read(sum)))
    synced(mine), synced(colleague)
    assert not any(map(colleague.photos.has, sums))

    assert attachments.bring(colleague, sums[0]) == mine.photos.read(sums[0])
    own_server.service.clock.go(days=1)
    exchange.exchange(colleague)

    assert colleague.photos.has(sums[1])
    assert describe_photos(colleague) == 0


def test_a_foreign_record_that_lies_about_a_file_keeps_it_from_nobody(pair):
    mine, colleague = pair
    content = document("a")
    (sum,) = an_issue_with_photos(mine, content)
    synced(mine)
    an_issue_with_photos(colleague, content)
    (row,) = records.list_records(colleague, "attachment", {"sha256": sum})
    records.save(colleague, "attachment", {"size": 7}, row["id"])
    synced(colleague), synced(mine)
    with mine.store() as session:
        assert said_sizes(session, sum) == {7, len(content)}
    with mine.store.begin() as session:
        session.execute(update(Blob).where(Blob.sha256 == sum).values(here=False))
    mine.photos.drop(sum)

    assert synced(mine).taken == 1


def test_more_bytes_than_the_server_said_are_not_taken(pair):
    mine, colleague = pair
    (sum,) = an_issue_with_photos(mine, document("a"))
    synced(mine)

    class Understating(Cut):
        def get_part(self, sum, offset):
            content, size = super().get_part(sum, offset)
            return content, size - 1

    says_one_less = len(mine.photos.read(sum)) - 1
    sync_once(colleague.store, colleague.server)
    with colleague.store.begin() as session:
        session.execute(update(Attachment).values(size=says_one_less))
    done = exchange_photos(colleague.store, Understating(colleague.server, -1), colleague.photos)

    assert (done.taken, done.refused) == (0, 1)
    assert not colleague.photos.has(sum)
