"""A laptop may say any text in any place: the server answers in words and shows nobody's rows."""

import os
from itertools import islice
from urllib.parse import quote

import msgspec
import pytest
import requests
from sqlalchemy import select

from sync.change import SyncRequest, encode
from sync.server.tables import Kept
from tests.servers import SAIRAM, change
from tests.sql_payloads import payloads

MANY = 3_000 if os.environ.get("DALA_SOAK") else 12
SECRET = "Бөтен ауданның жазбасы"


@pytest.fixture
def asked(server):
    """A function that asks as an activist of Созақ → (status, body). Another district has a record."""
    other = server.laptop("zoe", district=SAIRAM)
    other.exchange(change("visit", district=SAIRAM, outcome=SECRET))
    line, http = server.laptop("aidana"), server.http()
    headers = {"Authorization": f"Bearer {line.transport._token}", "Dala-Protocol": "1"}

    def ask(method, path, body=b""):
        request = requests.Request(method, f"http://server.test{path}", data=body, headers=headers)
        answer = http.send(http.prepare_request(request))
        return answer.status_code, answer.content

    return ask


def standing(server):
    with server.looking() as session:
        return {(row.id, row.revision, str(row.fields)) for row in session.scalars(select(Kept))}


def places(text):
    """The same text in each place where a laptop may say one."""
    part = quote(text, safe="")
    edit = change("visit", outcome=text)
    for path in (f"/v1/blobs/{part}", f"/v1/answers/{part}", f"/v1/late/{part}"):
        yield "GET", path, b""
    yield "GET", f"/v1/answers/{edit.id}?known={part}", b""
    yield "POST", "/v1/blobs/lacking", msgspec.json.encode([text])
    yield "POST", "/v1/blobs/thumbnails", msgspec.json.encode([text])
    replace = msgspec.structs.replace
    for request in (
        SyncRequest(cursors={text: 0}, changes=[]),
        SyncRequest(cursors={}, changes=[], epoch=text, rights=text, late=text, answers=text),
        SyncRequest(cursors={}, changes=[], compare={text: {}}, wanted={text: [1]}),
        SyncRequest(cursors={}, changes=[replace(edit, district=text)]),
        SyncRequest(cursors={}, changes=[replace(edit, kind=text)]),
        SyncRequest(cursors={}, changes=[replace(edit, by=text)]),
        SyncRequest(cursors={}, changes=[replace(edit, fields={text: text})]),
    ):
        yield "POST", "/v1/sync", encode(request)
    said = {"person": text, "password": text, "token": text}
    yield "POST", "/v1/token", msgspec.json.encode(said)
    yield (
        "POST",
        "/v1/enrol",
        msgspec.json.encode({"code": text, "password": text, "device": text}),
    )


def test_no_text_anywhere_makes_the_server_fail_or_tell_of_another_district(server, asked):
    before = {row[0] for row in standing(server)}
    tried = 0
    for text in islice(payloads(MANY, seed=19), MANY):
        for method, path, body in places(text):
            status, told = asked(method, path, body)
            assert status < 500, (method, path, body)
            assert SECRET.encode() not in told, (method, path, body)
            tried += 1
    assert tried == MANY * 15
    with server.looking() as session:
        left = {row.id for row in session.scalars(select(Kept))}
    assert before <= left
