"""No token, no password and no code is in a log, in the text of an error, or in a repr."""

import logging
from contextlib import contextmanager
from traceback import format_exception

import pytest
from sqlalchemy import update

from desktop.actions import records
from desktop.actions.exchange import exchange
from desktop.profile import bind_again, close_desk, open_desk, sign_in_again
from sync.client.facts import recall
from sync.client.tokens import NEXT, TokenKeeper
from sync.enrolment import Enrolled, EnrolRequest, RenewRequest, SignInRequest, Tokens
from sync.errors import Offline, Refused, SignInAgain
from sync.server import tokens
from sync.server.tables import Device
from tests.profiles import PASSWORD, VISIT, MemoryKeyring, keystore, new_profile
from tests.terms import Ending

WRONG_PASSWORD = "бөтен құпия сөз"


class Listener:
    """All that is said, and all that must not be."""

    def __init__(self, log):
        self.log, self.errors, self.secrets = log, [], {PASSWORD, WRONG_PASSWORD}

    def learn(self, desk):
        """The secrets that this laptop holds now."""
        held = TokenKeeper(desk.store).held()
        with desk.store() as session:
            coming = recall(session, NEXT, RenewRequest | None)
        pairs = [held, coming.next] if coming else [held]
        self.secrets |= {one for pair in pairs for one in (pair.token, pair.refresh)}

    @contextmanager
    def hearing(self, kind):
        """An error that people are told, or that is logged."""
        with pytest.raises(kind) as caught:
            yield
        self.errors += format_exception(caught.value)

    def said(self):
        """Those of the secrets, and of their last parts, that can be read."""
        text = "\n".join([self.log.text, *self.errors])
        parts = {part for one in self.secrets for part in (one, one.split(".")[-1]) if part}
        return sorted(part for part in parts if part in text)


@pytest.fixture
def listener(caplog):
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.INFO, "sqlalchemy.engine")  # an engine asks when it is made
    return Listener(caplog)


@pytest.fixture
def desk(own_server, tmp_path):
    http = own_server.http()
    http.mount("https://", Ending(own_server.app))
    with keystore(MemoryKeyring()):
        made = open_desk(new_profile(tmp_path / "aidana", own_server), PASSWORD, http=http)
        yield made
        close_desk(made)


def quoting(_store, request, _now):
    """A bug whose words quote what it was about."""
    raise ValueError(request.spent, request.next.token)


def test_in_a_year_of_renewals_sign_ins_and_bugs(listener, own_server, desk, monkeypatch):
    listener.learn(desk)
    records.save(desk, "visit", VISIT)
    exchange(desk)
    own_server.service.clock.run_out()
    exchange(desk)
    listener.learn(desk)

    own_server.service.clock.run_out()
    with monkeypatch.context() as broken:
        broken.setattr(tokens, "renew", quoting)
        with listener.hearing(Offline):
            exchange(desk)
    listener.learn(desk)

    with own_server.service.store.writing.begin() as session:
        session.execute(update(Device).values(token="lost", refresh="lost"))
    with listener.hearing(SignInAgain):
        exchange(desk)
    with listener.hearing(Refused):
        sign_in_again(desk, WRONG_PASSWORD)
    again = sign_in_again(desk, PASSWORD)
    listener.learn(again)
    exchange(again)

    with own_server.service.store.writing.begin() as session:
        session.execute(update(Device).values(revoked=own_server.service.now()))
    with listener.hearing(Refused):
        sign_in_again(again, PASSWORD)
    code = own_server.code("aidana")
    listener.secrets |= {code, code.replace("-", "")}
    bound = bind_again(again, code, PASSWORD)
    listener.learn(bound)
    exchange(bound)

    assert len(listener.secrets) >= 2 + 2 * 5 + 2
    assert "/v1/renew" in listener.log.text
    assert "UPDATE device" in listener.log.text
    assert listener.said() == []
    listener.errors.append(repr(bound))
    assert listener.said() == []


def test_where_a_statement_that_writes_a_token_fails(listener, own_server, desk):
    listener.learn(desk)
    own_server.service.clock.run_out()
    with desk.store.begin() as session:
        session.connection().exec_driver_sql(
            "CREATE TRIGGER no_more BEFORE UPDATE ON fact BEGIN SELECT RAISE(ABORT, 'no'); END"
        )

    with listener.hearing(Exception):
        exchange(desk)

    listener.learn(desk)
    assert listener.said() == []


@pytest.mark.parametrize(
    "shown",
    [
        Tokens("secret", "secret"),
        RenewRequest(spent="secret", next=Tokens("secret", "secret")),
        EnrolRequest(code="secret", password="secret", device="ноут"),
        SignInRequest(person="aidana", password="secret", token="secret"),
        Enrolled("secret", None, refresh="secret"),
    ],
    ids=lambda one: type(one).__name__,
)
def test_what_holds_a_secret_shows_none(shown):
    assert type(shown).__name__ in repr(shown)
    assert "secret" not in repr([shown]) + f"{shown}"
