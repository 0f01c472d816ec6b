"""Photos: stored once under their sum, given only to those who may see a record naming them."""

from hashlib import sha256
from uuid import uuid4

import msgspec
import pytest
import requests

from sync import parts
from sync.errors import Refused
from sync.parts import PART
from tests.parts import send, take
from tests.servers import SAIRAM, change, whole_issue

PHOTO = bytes(range(256)) * 700
SUM = sha256(PHOTO).hexdigest()


def attached(server, line, sum=SUM, size=None, **more):
    issue = whole_issue(district=line.person.district)
    photo = change(
        "attachment",
        district=line.person.district,
        parent=issue.record,
        sha256=sum,
        name="құдық.jpg",
        media_type="image/jpeg",
        size=len(PHOTO) if size is None else size,
        **more,
    )
    assert line.exchange(issue, photo).refused == []
    return photo


def files(folder):
    return [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".db"]


def test_a_photo_arrives_whole_and_is_asked_for_no_more(server):
    aidana = server.laptop("aidana")
    attached(server, aidana)
    other = "0" * 64

    assert aidana.transport.lacking_blobs([other, SUM, "\0"]) == [other, SUM, "\0"]
    send(aidana.transport, PHOTO)
    send(aidana.transport, PHOTO)

    assert aidana.transport.lacking_blobs([other, SUM]) == [other]
    assert aidana.transport.blob_offsets([other, SUM]) == {other: 0}
    assert take(aidana.transport, SUM) == PHOTO


def test_a_photo_that_is_not_what_it_says_is_refused_and_leaves_nothing(server, tmp_path):
    aidana = server.laptop("aidana")

    assert aidana.transport.put_part(SUM, 0, PHOTO[:-1], last=True) == 0

    assert aidana.transport.lacking_blobs([SUM]) == [SUM]
    assert files(tmp_path / "blobs") == files(tmp_path / "parts") == []


def test_a_laptop_of_version_0_1_sends_a_photo_in_one_piece(server, tmp_path):
    aidana = server.laptop("aidana")
    attached(server, aidana)

    assert put(server, aidana, SUM, PHOTO[:-1], {}).status_code == 422
    assert files(tmp_path / "blobs") == files(tmp_path / "parts") == []
    assert put(server, aidana, SUM, PHOTO, {}).status_code == 204
    assert take(aidana.transport, SUM) == PHOTO
    assert ask(server, aidana, "GET", SUM).content == PHOTO


def test_only_those_who_may_see_the_record_get_its_photo(server):
    aidana, eset = server.laptop("aidana"), server.laptop("eset", "coordinator")
    zere, analyst = server.laptop("zere", district=SAIRAM), server.laptop("ana", "analyst")
    send(aidana.transport, PHOTO)

    with pytest.raises(Refused):  # no record names it yet
        take(aidana.transport, SUM)
    attached(server, aidana)

    assert take(aidana.transport, SUM) == take(eset.transport, SUM) == PHOTO
    for foreign in (zere, analyst):
        with pytest.raises(Refused):
            take(foreign.transport, SUM)


def test_one_photo_of_two_districts_is_seen_in_both(server):
    aidana, zere = server.laptop("aidana"), server.laptop("zere", district=SAIRAM)
    send(aidana.transport, PHOTO)
    attached(server, aidana)
    attached(server, zere)

    assert take(zere.transport, SUM) == PHOTO


def test_small_pictures_come_in_a_bundle_to_those_who_may_see_the_record(server):
    aidana, zere = server.laptop("aidana"), server.laptop("zere", district=SAIRAM)
    small, large = b"small" * 3_000, b"large" * 10_000
    sums = {one: sha256(one).hexdigest() for one in (small, large)}
    attached(server, aidana, thumbnail=sums[small])
    attached(server, aidana, "1" * 64, thumbnail=sums[large])
    attached(server, aidana, "2" * 64, thumbnail="3" * 64)  # its author has not sent it yet
    attached(server, aidana, "4" * 64, thumbnail="../../etc/passwd")
    for one in sums:
        send(aidana.transport, one)
    asked = [SUM, *(digit * 64 for digit in "124"), "nothing", "\0"]

    assert aidana.transport.thumbnails(asked) == {sums[small]: small}
    assert zere.transport.thumbnails(asked) == {}


def test_a_bundle_is_no_longer_than_a_part(server):
    aidana = server.laptop("aidana")
    pictures = [bytes([number]) * 30_000 for number in range(12)]
    originals = [f"{number:064}" for number in range(12)]
    for original, picture in zip(originals, pictures, strict=True):
        attached(server, aidana, original, thumbnail=sha256(picture).hexdigest())
        send(aidana.transport, picture)

    given = aidana.transport.thumbnails(originals)

    assert sum(map(len, given.values())) <= PART
    assert len(given) == PART // 30_000


def test_readers_store_nothing(server, tmp_path):
    analyst = server.laptop("ana", "analyst")

    with pytest.raises(Refused):
        analyst.transport.put_part(SUM, 0, PHOTO[:PART], last=False)
    assert put(server, analyst, SUM, PHOTO, {}).status_code == 403
    assert ask(server, analyst, "HEAD", f"{SUM}/upload").status_code == 403
    assert files(tmp_path / "parts") == []


@pytest.mark.parametrize("said", [True, False])
def test_a_file_too_large_is_refused_early_and_leaves_nothing(server, tmp_path, monkeypatch, said):
    monkeypatch.setattr(parts, "LARGEST", 100_000)
    aidana = server.laptop("aidana")

    answer = put(server, aidana, SUM, PHOTO, {} if said else {"Content-Length": "1"})

    assert answer.status_code == 413
    assert files(tmp_path / "blobs") == files(tmp_path / "parts") == []


@pytest.mark.parametrize("name", ["..%2F..%2Fserver.db", "ABC", SUM.upper(), f"{SUM}0", "%00"])
def test_a_name_that_is_no_sum_leads_nowhere(server, name, tmp_path):
    aidana = server.laptop("aidana")
    said = {"Upload-Offset": "0", "Upload-Complete": "?1"}

    assert put(server, aidana, name, b"x", {}).status_code in (404, 422)
    assert ask(server, aidana, "GET", name).status_code == 404
    assert ask(server, aidana, "HEAD", f"{name}/upload").status_code == 404
    assert ask(server, aidana, "PATCH", f"{name}/upload", b"x", said).status_code == 404
    assert ask(server, aidana, "POST", "offsets", msgspec.json.encode([name])).status_code == 404
    assert files(tmp_path / "parts") == files(tmp_path / "blobs") == []


@pytest.mark.parametrize(
    ("asked", "status", "given"),
    [
        ("bytes=0-99", 206, slice(0, 100)),
        ("bytes=179000-", 206, slice(179_000, None)),
        ("bytes=179000-999999", 206, slice(179_000, None)),
        ("bytes=179199-179199", 206, slice(179_199, None)),
        ("bytes=179200-", 416, None),
        ("bytes=999999-", 416, None),
        ("bytes=9-5", 200, slice(None)),
        ("bytes=-5", 200, slice(None)),
        ("bytes=0-1,4-5", 200, slice(None)),
        ("bytes=٣-٥", 200, slice(None)),
        ("lines=1-2", 200, slice(None)),
    ],
)
def test_a_part_of_a_file_is_given_as_http_has_it(server, asked, status, given):
    aidana = server.laptop("aidana")
    attached(server, aidana)
    send(aidana.transport, PHOTO)

    answer = ask(server, aidana, "GET", SUM, headers={"Range": asked.encode()})

    assert answer.status_code == status
    if given is not None:
        assert answer.content == PHOTO[given]
        assert int(answer.headers["Content-Length"]) == len(PHOTO[given])
    if status == 206:
        start, last = given.start, given.start + len(PHOTO[given]) - 1
        assert answer.headers["Content-Range"] == f"bytes {start}-{last}/{len(PHOTO)}"


def put(server, line, name, content, headers):
    return ask(server, line, "PUT", name, content, headers)


def ask(server, line, method, path, content=b"", headers=None):
    prepared = server.http().prepare_request(
        requests.Request(
            method,
            f"http://server.test/v1/blobs/{path}",
            data=content,
            headers={
                "Authorization": f"Bearer {line.transport._token}",
                "Dala-Protocol": "1",
                "Dala-Nonce": uuid4().hex,
            },
        )
    )
    prepared.headers.update(headers or {})
    return server.http().send(prepared)
