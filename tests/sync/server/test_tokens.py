"""Tokens run out, are renewed in mid-sync, and are never lost on the way."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import create_engine, select, update
from sqlalchemy.orm import sessionmaker

from sync.change import SyncReply, SyncRequest
from sync.client import engine
from sync.client.facts import recall
from sync.client.tokens import TokenKeeper, keep
from sync.client.transport import HttpTransport
from sync.enrolment import RenewRequest, Tokens
from sync.errors import Offline, SignInAgain
from sync.records.base import Base
from sync.server import admin, tokens
from sync.server.tables import Account, Device, Entry
from tests.servers import AppAdapter, HandClock, whole_issue

PASSWORD = "тоғыз жолдың торабы"
NOTHING = SyncRequest(cursors={}, changes=[])


class Line(AppAdapter):
    """The way to the server: counts what was asked, and may lose a reply."""

    def __init__(self, app):
        super().__init__(app)
        self.asked, self.lost = [], ""

    def send(self, request, *args, **kwargs):
        path = request.url.partition("server.test")[2]
        self.asked.append(path)
        answer = super().send(request, *args, **kwargs)
        if path == self.lost:
            self.lost = ""
            raise Offline("the reply was lost")
        return answer


class Laptop:
    """A file, and a transport that keeps its tokens there."""

    def __init__(self, server, file, *, given=None):
        engine = create_engine(f"sqlite:///{file}")
        Base.metadata.create_all(engine)
        self.server, self.store = server, sessionmaker(engine)
        if given is not None:
            with self.store.begin() as session:
                keep(session, Tokens(given.token, given.refresh))
        self.start()

    def start(self):
        """The program begins anew: nothing is known but what is in the file."""
        http = self.server.http()
        self.line = Line(self.server.app)
        http.mount("http://", self.line)
        self.keeper = TokenKeeper(self.store)
        token = self.keeper.held().token
        self.transport = HttpTransport(http, "http://server.test", token, self.keeper)

    def sign_in(self):
        """As the person does it by the password."""
        given = self.transport.sign_in("aidana", PASSWORD)
        with self.store.begin() as session:
            keep(session, Tokens(given.token, given.refresh))

    def sync(self, *changes):
        return self.transport.exchange(SyncRequest(cursors={}, changes=list(changes)))


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def given(server):
    server.account("aidana")
    code = server.code("aidana")
    return server.transport().enrol(code, PASSWORD, "ноут", renews=True)


@pytest.fixture
def laptop(server, given, tmp_path):
    return Laptop(server, tmp_path / "laptop.db", given=given)


def test_a_token_that_has_run_out_is_renewed_and_the_same_request_goes_again(server, laptop):
    edit = whole_issue()
    server.service.clock.run_out()

    reply = laptop.sync(edit)

    assert list(reply.accepted) == [edit.id]
    assert laptop.line.asked == ["/v1/sync", "/v1/renew", "/v1/sync"]
    laptop.sync()
    assert laptop.line.asked[3:] == ["/v1/sync"]


def test_within_its_term_a_token_costs_no_further_request(server, laptop):
    server.service.clock.time += tokens.TERM - timedelta(seconds=1)

    laptop.sync()

    assert laptop.line.asked == ["/v1/sync"]


def test_a_token_runs_out_between_two_parts_of_a_photo(server, laptop):
    content = bytes(300_000)
    sha256 = "f" * 64
    laptop.transport.put_part(sha256, 0, content[: 2**18], last=False)
    server.service.clock.run_out()

    laptop.transport.blob_offsets([sha256])
    server.service.clock.run_out()
    reached = laptop.transport.put_part(sha256, 2**18, content[2**18 :], last=True)

    assert reached == 0  # all of it came, and was not the file of this sum
    assert laptop.line.asked.count("/v1/renew") == 2


def test_a_lost_reply_of_a_renewal_locks_nobody_out_not_even_days_later(server, laptop):
    server.service.clock.run_out()
    laptop.line.lost = "/v1/renew"
    with pytest.raises(Offline):
        laptop.sync()

    server.service.clock.time += timedelta(days=40)
    laptop.start()

    assert laptop.sync().epoch
    with laptop.store() as session:
        assert recall(session, "renewing") is None


def test_a_crash_before_the_renewed_token_is_settled_locks_nobody_out(server, laptop, monkeypatch):
    server.service.clock.run_out()
    with monkeypatch.context() as broken:
        broken.setattr(laptop.keeper, "settle", lambda _: (_ for _ in ()).throw(KeyError))
        with pytest.raises(KeyError):
            laptop.sync()

    laptop.start()

    assert laptop.sync().epoch


def test_photos_and_records_at_once_renew_one_time(server, laptop):
    server.service.clock.run_out()
    with ThreadPoolExecutor(2) as both:
        going = [
            both.submit(laptop.sync),
            both.submit(laptop.transport.lacking_blobs, ["0" * 64]),
        ]

    assert going[0].result().epoch
    assert going[1].result() == ["0" * 64]
    assert laptop.line.asked.count("/v1/renew") == 1


@pytest.mark.parametrize("times", [1, 3])
def test_two_copies_of_a_laptop_are_both_asked_for_the_password(
    server, given, laptop, tmp_path, times
):
    copy = Laptop(server, tmp_path / "copy.db", given=given)
    for _ in range(times):
        server.service.clock.run_out()
        laptop.sync()

    with pytest.raises(SignInAgain, match="Two laptops came with the same key"):
        copy.sync()
    with pytest.raises(SignInAgain):
        laptop.sync()

    signed_in = laptop.transport.sign_in("aidana", PASSWORD)
    with laptop.store.begin() as session:
        keep(session, Tokens(signed_in.token, signed_in.refresh))
    laptop.transport.use_token(signed_in.token)
    edit = whole_issue()
    assert list(laptop.sync(edit).accepted) == [edit.id]
    server.service.clock.run_out()
    assert laptop.sync().epoch


def test_a_token_from_before_there_were_terms_is_exchanged_once(server, tmp_path):
    server.account("aidana")
    old = server.transport().enrol(server.code("aidana"), PASSWORD, "ноут")
    assert not old.refresh
    laptop = Laptop(server, tmp_path / "laptop.db", given=old)

    laptop.sync()
    laptop.sync()

    assert laptop.line.asked == ["/v1/renew", "/v1/sync", "/v1/sync"]
    with pytest.raises(SignInAgain):
        server.transport(old.token).exchange(NOTHING)


def test_a_program_from_before_goes_on_with_a_token_without_a_term(server):
    server.account("aidana")
    old = server.transport().enrol(server.code("aidana"), PASSWORD, "ноут")
    server.service.clock.time += timedelta(days=400)

    assert server.transport(old.token).exchange(NOTHING).epoch


@pytest.mark.parametrize("closed", ["laptop", "account"])
def test_a_closed_laptop_and_a_closed_account_renew_nothing(server, laptop, closed):
    server.service.clock.run_out()
    with server.service.store.writing.begin() as session:
        if closed == "laptop":
            admin.revoke(session, str(session.scalars(select(Device.id)).one()))
        else:
            session.execute(update(Account).values(active=False))

    with pytest.raises(SignInAgain):
        laptop.sync(whole_issue())
    with pytest.raises(SignInAgain):
        laptop.transport.lacking_blobs([])
    with pytest.raises(tokens.Problem):
        ask(server, laptop.keeper.prepare())
    with server.service.store.reading() as session:
        assert not session.scalars(select(Entry)).all()


def ask(server, request):
    tokens.renew(server.service.store, request, server.service.now(), lambda _line: None)


@pytest.mark.parametrize("spent", ["", "of another program", f"{UUID(int=7).hex}.a.b", "é.ü.ö"])
def test_what_is_no_token_closes_nobody(server, laptop, spent):
    made = laptop.keeper.prepare().next
    with pytest.raises(tokens.Problem):
        ask(server, RenewRequest(spent=spent, next=made))
    family = laptop.keeper.held().refresh.split(".")[0] + ".guessed"
    guessed = Tokens(made.token, f"{family}.{'a' * 40}")  # of the guessed family, as it must be
    with pytest.raises(tokens.Problem, match="Please sign in"):
        ask(server, RenewRequest(spent=f"{family}.guessed", next=guessed))

    assert laptop.sync().epoch


def test_a_laptop_chooses_no_short_token_and_none_of_another_laptop(server, laptop):
    spent = laptop.keeper.held().refresh
    made = laptop.keeper.prepare().next
    for bad in (
        Tokens(made.token[:40], made.refresh),
        Tokens(made.token, made.refresh[:70]),
        Tokens(f"{uuid4().hex}.{'a' * 22}", made.refresh),
        Tokens(made.token, f"{uuid4().hex}.{'a' * 22}.{'a' * 22}"),
        Tokens(made.token + "x" * 200, made.refresh),
    ):
        with pytest.raises(tokens.Problem):
            ask(server, RenewRequest(spent=spent, next=bad))

    assert laptop.sync().epoch


def test_a_new_name_its_tokens_and_the_edits_are_written_together_or_not_at_all(
    server, laptop, monkeypatch
):
    def full(_session):
        raise Full

    before, cloned = laptop.keeper.held(), SyncReply(epoch="", cloned=True)
    with monkeypatch.context() as broken:
        broken.setattr(engine.outbox, "rename", full)
        with pytest.raises(Full):
            engine._put_right(laptop.store, laptop.transport, cloned)
    assert laptop.keeper.held() == before
    assert laptop.transport._token == before.token
    assert laptop.sync().epoch

    engine._put_right(laptop.store, laptop.transport, cloned)

    server.service.clock.run_out()
    laptop.start()
    assert laptop.keeper.held().token[:32] != before.token[:32]
    assert laptop.sync().epoch


def test_a_renewal_that_comes_late_does_not_take_the_place_of_a_newer_token(
    server, laptop, monkeypatch
):
    server.service.clock.run_out()
    settle = laptop.keeper.settle

    def others_first(renewed):
        laptop.sign_in()
        return settle(renewed)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(laptop.keeper, "settle", others_first)
        assert laptop.sync().epoch

    laptop.start()
    server.service.clock.run_out()
    assert laptop.sync().epoch


def test_a_renewal_that_is_refused_asks_for_no_password_that_was_typed_meanwhile(
    server, laptop, monkeypatch
):
    server.service.clock.run_out()
    prepare = laptop.keeper.prepare

    def then_others():
        request = prepare()
        laptop.sign_in()
        return request

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(laptop.keeper, "prepare", then_others)
        assert laptop.sync().epoch

    assert laptop.line.asked == ["/v1/sync", "/v1/token", "/v1/renew", "/v1/sync"]


class Full(Exception):
    """The disk has no room."""


def test_the_server_keeps_no_token_in_words(server, laptop):
    server.service.clock.run_out()
    laptop.sync()
    held = laptop.keeper.held()

    with server.service.store.reading() as session:
        row = session.scalars(select(Device)).one()
        kept = [row.token, row.refresh, row.family, row.spent]

    assert kept[0] == tokens.digest_of(held.token)
    assert all(len(one) == 64 and not set(one) & set(".-_") for one in kept)


def test_a_server_that_forgot_the_tokens_asks_for_the_password(server, laptop):
    server.service.clock.run_out()
    with server.service.store.writing.begin() as session:
        lost = dict.fromkeys(("token", "refresh", "family"), "as it was in the backup")
        session.execute(update(Device).values(**lost))

    with pytest.raises(SignInAgain, match="Your work is safe"):
        laptop.sync()
