"""Whatever comes in, the server answers in words, quickly, and never with its own failure."""

import json
from time import process_time
from uuid import uuid4

import msgspec
import pytest
import requests
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sync.change import SyncReply, SyncRequest, encode
from sync.decoding import DEEPEST
from sync.packing import unpack
from sync.server import deps
from tests.servers import SOZAQ, change, regional

PATHS = ["/v1/sync", "/v1/answers", "/v1/blobs/lacking", "/v1/enrol", "/v1/token"]
MANY = settings(
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4)
    ),
    max_leaves=12,
)


class Caller:
    """A signed-in laptop that says anything at all."""

    def __init__(self, server, login="aidana"):
        line = server.laptop(login)
        self.http, self.token = server.http(), line.transport._token

    def say(self, path, content, method="POST", **headers):
        sent = {
            "Authorization": f"Bearer {self.token}",
            "Dala-Protocol": "1",
            "Dala-Nonce": "n1",
            "Accept-Language": "en",
        }
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        asked = requests.Request(method, f"http://server.test{path}", data=content)
        prepared = self.http.prepare_request(asked)
        prepared.headers.update(sent)  # now, so that also a wrong length goes out as it is
        return self.http.send(prepared, allow_redirects=False)


@pytest.fixture
def caller(server):
    return Caller(server)


def in_words(answer):
    problem = answer.json()
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Dala-Nonce"] == "n1"
    assert problem["status"] == answer.status_code
    assert problem["detail"]
    assert "Traceback" not in answer.text
    return answer.status_code


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "garbage",
    [b"", b"{", b"null", b"[[[", b"\xff\xfe", b'"\\ud800"', b"[" * 100_000, b"1e999", b"<html>"],
)
def test_garbage_is_answered_in_words(caller, path, garbage):
    assert in_words(caller.say(path, garbage)) == 422


@pytest.mark.parametrize("where", ["fields", "was"])
@pytest.mark.parametrize("field", ["review", "people", "conflicts", "unknown"])
def test_no_depth_of_a_value_breaks_the_server(caller, where, field):
    for depth in (7, 8, 20, 27, 28, 29, 30, 40, 900, *range(960, 1_000, 3)):
        one = msgspec.to_builtins(change("visit")) | {where: {field: "@"}}
        said = json.dumps({"cursors": {SOZAQ: 0}, "changes": [one]})

        answer = caller.say("/v1/sync", said.replace('"@"', "[" * depth + "]" * depth))

        assert answer.status_code == (200 if depth <= DEEPEST - 4 else 422)


@given(path=st.sampled_from(PATHS), content=st.binary(max_size=300), packed=st.booleans())
@MANY
def test_no_bytes_break_the_server(one_caller, path, content, packed):
    headers = {"Content_Encoding": "zstd"} if packed else {}

    assert one_caller.say(path, content, **headers).status_code < 500


@given(path=st.sampled_from(PATHS), value=json_values)
@MANY
def test_no_json_breaks_the_server(one_caller, path, value):
    assert one_caller.say(path, json.dumps(value)).status_code < 500


@given(
    kind=st.sampled_from(["visit", "issue", "step", "attachment", "official"]) | st.text(),
    fields=st.dictionaries(
        st.sampled_from(["people", "outcome", "village", "review", "removed", "sha256", "number"])
        | st.text(max_size=8),
        json_values,
        max_size=4,
    ),
    base=st.integers(),
    at=st.sampled_from(
        ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2026-11-05T10:00:00"]
    ),
    parent=st.none() | st.uuids(),
)
@MANY
def test_no_change_breaks_the_server_and_each_is_answered(
    one_caller, kind, fields, base, at, parent
):
    one = msgspec.to_builtins(change("visit")) | {
        "kind": kind,
        "fields": fields,
        "base": base,
        "at": at,
        "parent": parent and str(parent),
    }
    body = json.dumps({"cursors": {SOZAQ: base}, "changes": [one]})

    answer = one_caller.say("/v1/sync", body)

    assert answer.status_code in (200, 422)
    if answer.status_code == 200:
        said = answer.json()
        assert (
            len(said.get("accepted", {}))
            + len(said.get("refused", []))
            + len(said.get("unknown", []))
            == 1
        )


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def one_caller(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("server")
    if request.param == "sqlite":
        with regional(f"sqlite:///{folder}/server.db", folder) as running:
            yield Caller(running)
        return
    postgres = request.getfixturevalue("running_postgres")
    with postgres.database() as url, regional(url, folder) as running:
        yield Caller(running)


def test_a_bomb_is_refused_at_once(caller):
    bomb = zstandard.compress(bytes(2**30))  # a gigabyte in some 33 kB
    endless = zstandard.ZstdCompressor(write_content_size=False).compress(bytes(2**26))

    for packed in (bomb, endless):
        started = process_time()
        assert in_words(caller.say("/v1/sync", packed, Content_Encoding="zstd")) == 413
        assert process_time() - started < 1


def test_a_body_too_large_is_refused_before_it_is_read(caller):
    assert in_words(caller.say("/v1/sync", b"x" * (deps.MOST + 1))) == 413
    assert in_words(caller.say("/v1/sync", b"x", Content_Length="9" * 30)) == 413
    assert in_words(caller.say("/v1/sync", b"x", Content_Length="-1")) == 413


def test_too_many_changes_are_refused_whole(caller):
    one = msgspec.to_builtins(change("visit"))
    changes = [one | {"id": str(uuid4())} for _ in range(2_001)]

    answer = caller.say("/v1/sync", json.dumps({"cursors": {}, "changes": changes}))

    assert in_words(answer) == 413


def test_a_cut_zstd_body_is_not_taken(caller):
    visits = [change("visit", people=n, outcome=str(uuid4())) for n in range(50)]
    packed = zstandard.compress(encode(SyncRequest(cursors={}, changes=visits)))

    for at in range(1, len(packed), 97):
        assert in_words(caller.say("/v1/sync", packed[:at], Content_Encoding="zstd")) == 422
    assert in_words(caller.say("/v1/sync", packed, Content_Encoding="br")) == 415


OTHERS = {"0": 426, "2": 426, "99999": 426} | dict.fromkeys(
    ["", "x", "-1", b"\xb2", "1" * 5_000], 400
)


@pytest.mark.parametrize(("protocol", "status"), OTHERS.items(), ids=range(8))
def test_other_protocols_are_told_so(caller, protocol, status):
    assert in_words(caller.say("/v1/sync", b"{}", Dala_Protocol=protocol)) == status


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v1/sync", 405),
        ("GET", "/nothing", 404),
        ("GET", "/docs", 404),
        ("GET", "/v1/answers/x", 422),
        ("GET", f"/v1/answers/{uuid4()}?known=-1", 422),
        ("GET", f"/v1/answers/{uuid4()}?known={'9' * 40}", 422),
    ],
)
def test_wrong_addresses_are_answered_in_words(caller, method, path, status):
    assert in_words(caller.say(path, None, method)) == status


def test_a_problem_is_said_in_the_callers_language(caller, monkeypatch):
    monkeypatch.setattr("sync.server.problems.tr", lambda text, language: f"{language}: {text}")

    for accepted, language in (("ru-RU,ru;q=0.9", "ru"), ("fr,en", "en"), ("", "kk")):
        answer = caller.say("/nothing", None, "GET", Accept_Language=accepted)
        assert answer.json()["detail"].startswith(f"{language}: ")


def test_a_failure_shows_nothing_of_itself_and_no_value_is_logged(server, caplog):
    caller = Caller(server)

    def broken():
        raise RuntimeError("canary in a message")

    server.app.add_api_route("/broken", broken)
    answer = caller.say("/broken", None, "GET")

    assert in_words(answer) == 500
    assert "canary" not in answer.text
    assert "canary" not in caplog.text
    assert "RuntimeError" in caplog.text


def test_long_replies_are_packed_for_those_who_can_read_it(server):
    caller = Caller(server)
    visits = [change("visit", outcome="ұзақ мәтін " * 20) for _ in range(20)]
    caller.say("/v1/sync", encode(SyncRequest(cursors={}, changes=visits)))
    other = Caller(server, "bekzat")
    question = encode(SyncRequest(cursors={}, changes=[]))

    plain = other.say("/v1/sync", question, Accept_Encoding="gzip")
    packed = other.say("/v1/sync", question, Accept_Encoding="zstd")

    raw = packed.raw.read(decode_content=False) or packed.content
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "zstd"
    assert int(packed.headers["Content-Length"]) < len(plain.content) / 4
    content = unpack(raw, 2**20) if raw[:4] == b"\x28\xb5\x2f\xfd" else raw
    assert len(content) == len(plain.content)
    assert len(msgspec.json.decode(content, type=SyncReply).changes) == 20


def test_a_strange_nonce_is_not_echoed(caller):
    assert "Dala-Nonce" not in caller.say("/healthz", None, "GET", Dala_Nonce="x" * 65).headers


def test_health_needs_no_laptop(server):
    for path in ("/healthz", "/readyz"):
        assert requests.Session.get(server.http(), f"http://server.test{path}").status_code == 200
