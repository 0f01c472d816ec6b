"""A token alone is worth nothing, and an answer is the server's or is not taken."""

import os
from hashlib import sha256
from io import BytesIO
from random import Random

import msgspec
import pytest
from requests.adapters import BaseAdapter
from sqlalchemy import select
from urllib3 import HTTPResponse

from sync.change import SyncReply, SyncRequest, encode, new_id
from sync.client import engine, identity, outbox
from sync.client.facts import recall, remember
from sync.client.tokens import TokenKeeper, keep
from sync.client.transport import HttpTransport
from sync.enrolment import Tokens
from sync.errors import Offline, SignInAgain, UserError
from sync.parts import PART
from sync.records.base import Base
from sync.reports import BOX, SEAL, SealedLetter
from sync.sealing import Keys, new_seed
from sync.server.tables import Device, Entry
from tests.loopback import memory
from tests.servers import AppAdapter, HandClock, change

SOAK = bool(os.environ.get("DALA_SOAK"))
PASSWORD = "тоғыз жолдың торабы"
KEYS = msgspec.json.encode(Keys(new_seed()).public)  # of nobody here
OPEN = {"/v1/enrol", "/v1/token", "/v1/renew", "/healthz", "/readyz"}  # these ask for no token


@pytest.fixture
def clock():
    return HandClock()


class Middle(BaseAdapter):
    """Somebody in the line, who changes what is asked and what is answered."""

    def __init__(self, app):
        super().__init__()
        self._app, self.asked = AppAdapter(app), []
        self.on_request = self.on_reply = lambda _: None

    def send(self, request, *_, **__):
        self.asked.append(request)
        self.on_request(request)
        reply = self._app.send(request)
        return self.on_reply(reply) or reply

    def close(self):
        """There is nothing to close."""


class Laptop:
    """A laptop with a file in memory; `proves` is False for a program from before."""

    def __init__(self, server, login="aidana", *, proves=True):
        server.account(login)
        self.server, self.store = server, memory(Base)
        given = server.transport().enrol(server.code(login), PASSWORD, "ноут", renews=True)
        self.person = given.person
        with self.store.begin() as session:
            keep(session, Tokens(given.token, given.refresh))
        self.start()
        if proves:
            identity.introduce(self.store, self.transport)
            self.transport.lacking_blobs([])  # the first that it proves
        self.line.asked.clear()

    def start(self):
        """The program begins anew: nothing is known but what is in the file."""
        self.line = Middle(self.server.app)
        http = self.server.http()
        http.mount("http://", self.line)
        keeper = TokenKeeper(self.store)
        with self.store() as session:
            mutual = identity.mutual(session)
        token = keeper.held().token
        self.transport = HttpTransport(http, "http://server.test", token, keeper, mutual)

    @property
    def token(self):
        return TokenKeeper(self.store).held().token

    def record(self):
        with self.store.begin() as session:
            return outbox.put(session, change("visit", people=3))

    def waiting(self):
        with self.store() as session:
            return outbox.count(session)

    def sync(self):
        engine.sync_once(self.store, self.transport)
        identity.introduce(self.store, self.transport)


@pytest.fixture
def laptop(server):
    laptop = Laptop(server)
    yield laptop
    laptop.store.kw["bind"].dispose()


def entries(server):
    with server.looking() as session:
        return len(session.scalars(select(Entry.change)).all())


def status(server, token, method, path, body=b""):
    headers = {"Authorization": f"Bearer {token}", "Dala-Protocol": "1", "Dala-Nonce": "0f"}
    return (
        server.http()
        .request(method, f"http://server.test{path}", data=body, headers=headers)
        .status_code
    )


def test_a_stolen_token_opens_no_route(server, laptop):
    routers = [each.original_router for each in server.app.routes]
    tried = 0
    for route in (route for router in routers for route in router.routes):
        path = route.path.replace("{sha256}", "0" * 64)
        path = path.replace("{change}", str(new_id())).replace("{wave}", str(new_id()))
        for method in sorted(route.methods) if route.path not in OPEN else ():
            said = status(server, laptop.token, method, path, KEYS)
            assert said == 401, f"{method} {path}"
            tried += 1
    assert tried >= 20


def test_nor_do_a_stolen_token_and_the_keys_of_another_laptop(server, laptop):
    thief = Laptop(server, "bek")

    thief.transport._token = laptop.token
    thief.transport._keeper = None  # which would go on with the thief's own

    with pytest.raises(SignInAgain):
        thief.transport.exchange(SyncRequest(cursors={}, changes=[change("visit", people=3)]))
    with pytest.raises(SignInAgain):
        thief.transport.introduce(Keys(new_seed()))
    assert entries(server) == 0
    laptop.sync()


def test_a_stolen_word_of_renewal_renews_nothing(server, laptop):
    thief = Laptop(server, "bek", proves=False)
    with thief.store.begin() as session:
        keep(session, TokenKeeper(laptop.store).held())
    thief.start()
    server.service.clock.run_out()

    with pytest.raises(SignInAgain):
        thief.transport.lacking_blobs([])

    laptop.record()
    laptop.sync()
    assert laptop.waiting() == 0


def altering(chance):
    """One bit of the body, or one sign of the proof, is another on its way."""

    def alter(request):
        body, said = bytearray(request.body.read()), request.headers["Dala-Nonce"]
        place = chance.randrange(len(body) + len(said))
        if place < len(body):
            body[place] ^= 1 << chance.randrange(8)
        else:
            at = place - len(body)
            other = chance.choice([sign for sign in "09azAZ-_" if sign != said[at]])
            request.headers["Dala-Nonce"] = said[:at] + other + said[at + 1 :]
        request.body = bytes(body)

    return alter


def test_no_request_that_was_altered_on_the_way_is_taken(server, laptop):
    laptop.record()
    laptop.transport._keeper = None  # what cannot be renewed is refused at once
    laptop.line.on_request = altering(Random(1))
    for _ in range(10_000 if SOAK else 200):
        with pytest.raises((SignInAgain, Offline)):
            engine.sync_once(laptop.store, laptop.transport)

    assert (laptop.waiting(), entries(server)) == (1, 0)
    laptop.line.on_request = lambda _: None
    laptop.sync()
    assert (laptop.waiting(), entries(server)) == (0, 1)


def forged(chance, request, edit):
    """An answer as somebody would make it who reads everything and lacks the key."""
    said = request.headers["Dala-Nonce"]
    nonce, _, proof = said.partition(".")
    reply = SyncReply(epoch="", accepted={edit.id: chance.randrange(1, 9)}, cursors={"x": 9})
    body = encode(reply)
    shown = chance.choice([nonce, proof, said, "A" * 22, "", proof[::-1]])
    status = chance.choice([200, 200, 204, 422])
    told = {"Dala-Protocol": "1", "Dala-Nonce": shown, "Upload-Complete": "?1"}
    told |= {"Upload-Offset": "9", "Content-Length": str(len(body))}
    return status, told, body


def test_no_edit_leaves_the_laptop_for_an_answer_that_was_made_up(server, laptop):
    edit, chance = laptop.record(), Random(2)

    def forge(reply):
        status, told, body = forged(chance, reply.request, edit)
        reply.status_code, reply.raw = status, BytesIO(body)
        reply.headers.clear()
        reply.headers.update(told)
        reply.raw = HTTPResponse(BytesIO(body), told, status, preload_content=False)
        return reply

    laptop.line.on_reply = forge
    for _ in range(1_000 if SOAK else 100):
        with pytest.raises(UserError):
            engine.sync_once(laptop.store, laptop.transport)
        with pytest.raises(UserError):
            laptop.transport.put_part("0" * 64, 0, b"?", last=True)
        assert laptop.waiting() == 1

    laptop.line.on_reply = lambda _: None
    laptop.sync()
    assert (laptop.waiting(), entries(server)) == (0, 1)


def test_an_answer_to_another_request_is_not_taken_for_this_one(laptop):
    kept = []
    laptop.line.on_reply = lambda reply: kept.append((dict(reply.headers), reply.raw.read()))
    with pytest.raises(Offline):
        laptop.transport.lacking_blobs([])
    headers, body = kept[0]

    def again(reply):
        reply.headers.clear()
        reply.headers.update(headers)
        reply.raw = HTTPResponse(BytesIO(body), headers, 200, preload_content=False)
        return reply

    laptop.line.on_reply = again

    with pytest.raises(Offline, match="could not prove"):
        laptop.transport.lacking_blobs([])


def test_a_server_that_was_restored_to_a_time_before_is_told_the_keys_in_the_same_exchange(
    server, laptop
):
    with server.looking() as session, session.begin():
        for row in session.scalars(select(Device)):
            row.signing_key = row.sealing_key = None
            row.proves = False
    laptop.record()

    laptop.sync()

    assert laptop.waiting() == 0
    assert [one.path_url for one in laptop.line.asked][:3] == ["/v1/sync", "/v1/key", "/v1/sync"]
    assert status(server, laptop.token, "POST", "/v1/blobs/lacking", b"[]") == 401


def test_a_laptop_from_before_goes_on_without_proofs_until_it_is_updated(server):
    laptop = Laptop(server, proves=False)
    laptop.record()
    engine.sync_once(laptop.store, laptop.transport)
    assert laptop.waiting() == 0
    assert status(server, laptop.token, "POST", "/v1/blobs/lacking", b"[]") == 200
    with laptop.store.begin() as session:  # as the program before wrote it
        remember(session, identity.TOLD, recall(session, "epoch", str))
        remember(session, identity.SEED, new_seed())

    laptop.sync()
    laptop.start()
    laptop.record()
    laptop.sync()

    assert laptop.waiting() == 0
    assert status(server, laptop.token, "POST", "/v1/blobs/lacking", b"[]") == 401


def test_with_the_password_a_laptop_is_let_in_that_has_other_keys(server, laptop):
    with laptop.store.begin() as session:  # a file from before it had these
        remember(session, identity.SEED, new_seed())
        remember(session, identity.TOLD, "")
    laptop.start()
    laptop.record()
    with pytest.raises(SignInAgain):
        laptop.sync()

    given = laptop.transport.sign_in("aidana", PASSWORD)
    with laptop.store.begin() as session:
        keep(session, Tokens(given.token, given.refresh))
        identity.forget(session)
    laptop.transport.use_token(given.token)
    laptop.sync(), laptop.sync()

    assert laptop.waiting() == 0
    assert status(server, laptop.token, "POST", "/v1/blobs/lacking", b"[]") == 401


def test_a_lost_answer_to_the_introduction_locks_nobody_out(server):
    laptop = Laptop(server, proves=False)
    laptop.line.on_reply = lambda reply: reply.headers.clear()
    with pytest.raises(Offline):
        identity.introduce(laptop.store, laptop.transport)
    laptop.start()

    laptop.record()
    laptop.sync(), laptop.sync()

    assert laptop.waiting() == 0
    assert status(server, laptop.token, "POST", "/v1/blobs/lacking", b"[]") == 401


def test_what_has_no_words_for_an_answer_is_proven_too(server, laptop):
    photo = os.urandom(PART + 100)
    name = sha256(photo).hexdigest()

    assert laptop.transport.put_part(name, 0, photo[:PART], last=False) == PART
    assert laptop.transport.put_part(name, PART, photo[PART:], last=True) is None
    box, seal = os.urandom(BOX), os.urandom(SEAL)
    laptop.transport.hand_in(SealedLetter(box=box, seals=[seal], body=os.urandom(100)))

    assert laptop.transport.lacking_blobs([name]) == []
    given = laptop.transport.rename()
    assert given.token != laptop.token


def test_a_renewal_in_the_midst_is_proven_too(server, laptop):
    server.service.clock.run_out()
    laptop.record()

    laptop.sync()

    assert laptop.waiting() == 0
    assert [one.path_url for one in laptop.line.asked][:3] == [
        "/v1/sync",
        "/v1/renew",
        "/v1/sync",
    ]
