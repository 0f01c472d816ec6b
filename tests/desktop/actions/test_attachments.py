from io import BytesIO

import pytest
from PIL import Image

from desktop.actions import attachments, exchange, review
from sync.errors import Refused, UserError
from tests.ui.desks import record, seen_by, story


@pytest.fixture
def issue(desk):
    return record(desk, "issue", story()["issues"][0])


@pytest.fixture
def picture():
    made = BytesIO()
    Image.new("RGB", (2400, 1800), "steelblue").save(made, "PNG")
    return made.getvalue()


def test_a_photo_is_kept_named_and_waits_to_be_sent(desk, issue, picture):
    [change] = attachments.attach(desk, issue, picture, "Құбыр жарылған жер")

    [row] = attachments.attachments(desk, issue)
    assert (row["id"], row["caption"]) == (change.record, "Құбыр жарылған жер")
    assert (row["name"], row["media_type"]) == ("photo.jpg", "image/jpeg")
    assert len(attachments.read(desk, row["sha256"])) == row["size"]
    assert exchange.state(desk).photos_waiting == 1


def test_a_photo_of_a_file_is_called_as_the_file(desk, issue, picture, tmp_path):
    path = tmp_path / "құбыр.png"
    path.write_bytes(picture)

    attachments.attach(desk, issue, path)

    assert attachments.attachments(desk, issue)[0]["name"] == "құбыр.jpg"


def test_the_same_photo_may_belong_to_two_records(desk, issue, picture):
    other = record(desk, "issue", story()["issues"][1])

    attachments.attach(desk, issue, picture)
    attachments.attach(desk, other, picture)

    assert exchange.state(desk).photos_waiting == 1
    assert len(attachments.attachments(desk, other)) == 1


def test_what_is_no_picture_is_refused_and_nothing_is_kept(desk, issue):
    with pytest.raises(UserError):
        attachments.attach(desk, issue, b"not a picture")

    assert attachments.attachments(desk, issue) == []
    assert exchange.state(desk).photos_waiting == 0


def test_photos_may_be_added_after_approval_but_not_by_a_reader(desk, issue, picture):
    review.decide(desk, issue, review.Decision.SEND)
    review.decide(seen_by(desk, "coordinator"), issue, review.Decision.APPROVE)

    attachments.attach(desk, issue, picture)

    with pytest.raises(Refused):
        attachments.attach(seen_by(desk, "analyst"), issue, picture)


def test_a_photo_that_has_not_come_is_nothing_yet(desk):
    assert attachments.read(desk, "0" * 64) is None


def test_the_name_of_a_file_is_tidied(desk, issue, picture, tmp_path):
    path = tmp_path / "құбыр\u202egnp.png"
    path.write_bytes(picture)

    attachments.attach(desk, issue, path)
    attachments.attach(desk, issue, b"%PDF-1.7", name="../../акт\u202e|.pdf")

    names = [row["name"] for row in attachments.attachments(desk, issue)]
    assert names == ["құбырgnp.jpg", "акт.pdf"]
