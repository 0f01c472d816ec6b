"""Late edits come with the exchange: they are asked for when the server says that others wait."""

import pytest
from sqlalchemy import select

from desktop.actions import erasure, exchange, late, records
from desktop.profile import close_desk, open_desk
from sync.client import pace
from sync.client.line import open_http
from sync.client.tables import Fact
from sync.client.transport import HttpTransport
from sync.errors import Refused
from sync.server.tables import Account
from tests.bad_line import BadLine
from tests.profiles import ISSUE, PASSWORD, line, new_profile
from tests.servers import SAIRAM, change
from tests.sockets import listening


@pytest.fixture
def open_as(own_server, tmp_path):
    desks = []

    def made(login, role="activist"):
        desk = open_desk(new_profile(tmp_path / login, own_server, login, role), PASSWORD,
                         http=line(own_server))  # fmt: skip
        desks.append(desk)
        exchange.exchange(desk)
        return desk

    yield made
    for desk in desks:
        close_desk(desk)


def move(own_server, login, **to):
    with own_server.service.store.writing.begin() as session:
        account = session.get_one(Account, login)
        for name, value in to.items():
            setattr(account, name, value)


def left_behind(own_server, aidana, *readers, address="5"):
    """An issue that all know, and an edit of it that comes after its author left."""
    [issue] = records.save(aidana, "issue", ISSUE)
    for desk in (aidana, *readers):
        exchange.exchange(desk)
    records.save(aidana, "issue", {"address": address}, issue.record)
    move(own_server, "aidana", district=SAIRAM)
    exchange.exchange(aidana)
    return issue.record


@pytest.fixture
def asked(monkeypatch):
    """How often each desk asked for them."""
    times, ask = [], HttpTransport.late_edits
    monkeypatch.setattr(HttpTransport, "late_edits", lambda self: times.append(self) or ask(self))
    return times


def test_they_are_asked_for_once_and_then_only_when_others_wait(own_server, open_as, asked):
    aidana, lea = open_as("aidana"), open_as("lea", "leader")
    left_behind(own_server, aidana, lea)

    for _ in range(3):
        exchange.exchange(lea)

    assert [one.change.fields for one in late.held(lea)] == [{"address": "5"}]
    assert len(asked) == 1


def test_an_exchange_of_many_pages_does_not_ask_again(own_server, open_as, asked, monkeypatch):
    aidana, lea = open_as("aidana"), open_as("lea", "leader")
    left_behind(own_server, aidana, lea)
    exchange.exchange(lea)
    monkeypatch.setattr(pace, "batch", lambda _: 1)
    for _ in range(3):
        records.save(lea, "issue", ISSUE)

    exchange.exchange(lea)

    assert len(asked) == 1


def test_what_was_decided_here_or_elsewhere_waits_no_more(own_server, open_as, asked):
    aidana, lea, eva = open_as("aidana"), open_as("lea", "leader"), open_as("eva", "coordinator")
    left_behind(own_server, aidana, lea, eva)
    for desk in (lea, eva):
        exchange.exchange(desk)
    [one] = late.held(lea)

    late.decide(lea, one.change.id, take=True)

    assert late.held(lea) == []
    exchange.exchange(lea)
    assert len(asked) == 2  # nothing new for lea
    with pytest.raises(Refused):
        late.decide(eva, one.change.id, take=False)
    assert late.held(eva) == []


def test_who_does_not_decide_is_told_nothing_of_them(own_server, open_as, asked):
    aidana, ben = open_as("aidana"), open_as("ben")
    left_behind(own_server, aidana, ben)

    exchange.exchange(ben)

    assert asked == []
    assert late.held(ben) == []


def test_who_decides_no_more_keeps_nothing_of_them(own_server, open_as):
    aidana, lea = open_as("aidana"), open_as("lea", "leader")
    left_behind(own_server, aidana, lea)
    exchange.exchange(lea)
    move(own_server, "lea", role="activist")

    exchange.exchange(lea)

    with lea.store() as session:
        assert session.scalar(select(Fact.value).where(Fact.name == "late")) == b"[]"


def test_nothing_of_them_outlives_their_record(own_server, open_as):
    aidana, lea = open_as("aidana"), open_as("lea", "leader")
    issue = left_behind(own_server, aidana, lea, address="Гүлсім, 5")
    exchange.exchange(lea)

    erasure.erase(lea, issue, "request")

    with lea.store() as session:
        assert session.scalar(select(Fact.value).where(Fact.name == "late")) == b"[]"


@pytest.mark.parametrize("waits", [False, True])
def test_the_whole_program_with_nothing_to_say_costs_one_request(
    own_server, open_as, monkeypatch, waits
):
    """All districts, each with a record, and perhaps a late edit that is known already."""
    eva, aidana = open_as("eva", "coordinator"), open_as("aidana")
    edits = [change("visit", district=one, people=3) for one in own_server.service.districts]
    own_server.laptop("saule", "coordinator").exchange(*edits)
    left_behind(own_server, aidana)
    if not waits:
        exchange.exchange(eva)
        late.decide(eva, late.held(eva)[0].change.id, take=False)
    with listening(own_server) as url, BadLine(url) as bad, open_http() as http:
        monkeypatch.setattr(eva.server, "_http", http)
        monkeypatch.setattr(eva.server, "_url", bad.url)
        for _ in range(2):  # the second one checks that both ends hold the same, once a day
            exchange.exchange(eva)
        http.close()
        bad.forget()
        requests = []
        http.hooks["response"].append(lambda answer, **_: requests.append(answer.request.url))

        done = exchange.exchange(eva)

        assert (done.sent, done.taken, done.waiting) == (0, 0, 0)
        assert len(late.held(eva)) == waits
        assert [one.rpartition("/")[2] for one in requests] == ["sync"]
        assert bad.connections == 1
        assert bad.up + bad.down <= 600
