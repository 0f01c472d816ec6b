"""Photos: stored once under their sum, given only to those who may see a record naming them."""

from hashlib import sha256
from uuid import uuid4

import pytest
import requests

from sync.errors import Refused
from sync.server import blobs
from tests.servers import SAIRAM, change, whole_issue

PHOTO = bytes(range(256)) * 700
SUM = sha256(PHOTO).hexdigest()


def attached(server, line, sum=SUM):
    issue = whole_issue(district=line.person.district)
    photo = change(
        "attachment",
        district=line.person.district,
        parent=issue.record,
        sha256=sum,
        name="құдық.jpg",
        media_type="image/jpeg",
        size=len(PHOTO),
    )
    assert line.exchange(issue, photo).refused == []
    return photo


def test_a_photo_arrives_whole_and_is_asked_for_no_more(server):
    aidana = server.laptop("aidana")
    attached(server, aidana)
    other = "0" * 64

    assert aidana.transport.lacking_blobs([other, SUM]) == [other, SUM]
    aidana.transport.put_blob(SUM, PHOTO)
    aidana.transport.put_blob(SUM, PHOTO)

    assert aidana.transport.lacking_blobs([other, SUM]) == [other]
    assert aidana.transport.get_blob(SUM) == PHOTO


def test_a_photo_that_is_not_what_it_says_is_refused_and_leaves_nothing(server, tmp_path):
    aidana = server.laptop("aidana")

    with pytest.raises(Refused, match="whole"):
        aidana.transport.put_blob(SUM, PHOTO[:-1])

    assert aidana.transport.lacking_blobs([SUM]) == [SUM]
    assert [path for path in (tmp_path / "blobs").rglob("*") if path.is_file()] == []


def test_only_those_who_may_see_the_record_get_its_photo(server):
    aidana, eset = server.laptop("aidana"), server.laptop("eset", "coordinator")
    zere, analyst = server.laptop("zere", district=SAIRAM), server.laptop("ana", "analyst")
    aidana.transport.put_blob(SUM, PHOTO)

    with pytest.raises(Refused):  # no record names it yet
        aidana.transport.get_blob(SUM)
    attached(server, aidana)

    assert aidana.transport.get_blob(SUM) == eset.transport.get_blob(SUM) == PHOTO
    for foreign in (zere, analyst):
        with pytest.raises(Refused):
            foreign.transport.get_blob(SUM)


def test_one_photo_of_two_districts_is_seen_in_both(server):
    aidana, zere = server.laptop("aidana"), server.laptop("zere", district=SAIRAM)
    aidana.transport.put_blob(SUM, PHOTO)
    attached(server, aidana)
    attached(server, zere)

    assert zere.transport.get_blob(SUM) == PHOTO


def test_readers_store_nothing(server):
    analyst = server.laptop("ana", "analyst")

    with pytest.raises(Refused):
        analyst.transport.put_blob(SUM, PHOTO)


@pytest.mark.parametrize("said", [True, False])
def test_a_file_too_large_is_refused_early_and_leaves_nothing(server, tmp_path, monkeypatch, said):
    monkeypatch.setattr(blobs, "LARGEST", 100_000)
    aidana = server.laptop("aidana")

    answer = put(server, aidana, SUM, PHOTO, {} if said else {"Content-Length": "1"})

    assert answer.status_code == 413
    assert [path for path in (tmp_path / "blobs").rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("name", ["..%2F..%2Fserver.db", "ABC", SUM.upper(), f"{SUM}0", "%00"])
def test_a_name_that_is_no_sum_leads_nowhere(server, name):
    aidana = server.laptop("aidana")

    assert put(server, aidana, name, b"x", {}).status_code in (404, 422)


def put(server, line, name, content, headers):
    prepared = server.http().prepare_request(
        requests.Request(
            "PUT",
            f"http://server.test/v1/blobs/{name}",
            data=content,
            headers={
                "Authorization": f"Bearer {line.transport._token}",
                "Dala-Protocol": "1",
                "Dala-Nonce": uuid4().hex,
            },
        )
    )
    prepared.headers.update(headers)
    return server.http().send(prepared)
