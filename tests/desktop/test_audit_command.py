"""Who looked, on a laptop: by its syncs, by the command, and what is noticed of the server's list."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import msgspec
import pytest

from desktop.actions import who_looked
from desktop.actions.exchange import exchange
from desktop.actions.who_looked import Wish
from sync.change import now
from sync.errors import Offline, Refused, SignInAgain, TooOld
from sync.exports import Exported
from sync.server import admin, audit
from sync.server.audit import Act
from sync.server.tables import AuditHead
from tests.servers import SAIRAM, SOZAQ
from tests.sync.server.test_who_looked import rewrite
from tests.ui.desks import close, make_desk


@pytest.fixture
def desk(own_server, tmp_path):
    """The desk of a leader, without encryption, at a real server."""
    line = own_server.laptop("lea", "leader")
    made = replace(
        make_desk(tmp_path / "lea", "leader"), person=line.person, server=line.transport
    )
    yield made
    close(made)


def export(server, rows=12):
    line = server.laptop(f"u{uuid4().hex[:6]}")
    told = Exported(id=uuid4().hex, at=now(), kind="issue", format="csv", rows=rows)
    line.exchange(exported=[told])


def acts(desk):
    return [one.what for one in who_looked.look(desk).rows]


def test_a_sync_brings_it_at_most_once_an_hour_and_asking_at_once(desk, own_server):
    exchange(desk)
    assert len(acts(desk)) == 1  # the own laptop was bound
    export(own_server)
    exchange(desk)
    assert len(acts(desk)) == 1
    own_server.service.clock.go(minutes=61)
    exchange(desk)
    assert len(acts(desk)) == 3
    export(own_server)
    who_looked.ask(desk)
    assert len(acts(desk)) == 5


def test_a_server_from_before_costs_no_word(desk, monkeypatch):
    def unknown(*_):
        raise Refused("There is nothing here.")

    monkeypatch.setattr(type(desk.server), "audit", unknown)

    exchange(desk)

    assert acts(desk) == []


def test_a_line_that_breaks_in_the_midst_leaves_what_is_there_and_the_next_look_goes_on(
    desk, own_server, monkeypatch
):
    who_looked.ask(desk)
    for _ in range(2):
        export(own_server)
    monkeypatch.setattr("sync.server.who_looked.MOST", 1)  # a row in each page
    whole, pages = type(desk.server).audit, []

    def cut(self, after, known):
        pages.append(after)
        if len(pages) == 3:
            raise Offline("cut")
        return whole(self, after, known)

    monkeypatch.setattr(type(desk.server), "audit", cut)
    with pytest.raises(Offline):
        who_looked.ask(desk)
    who_looked.ask(desk)

    assert len(acts(desk)) == 5
    assert who_looked.doubts(desk) == []


def test_who_becomes_an_activist_has_nothing_of_it_left(desk, own_server):
    exchange(desk)
    rewrite(own_server, alter=lambda row: setattr(row, "who", "nobody"))
    who_looked.ask(desk)
    assert who_looked.doubts(desk)
    with own_server.service.store.writing.begin() as session:
        admin.set_role(session, own_server.service.pack, "lea", "activist", SOZAQ)

    exchange(desk)

    assert acts(desk) == []
    assert who_looked.doubts(desk) == []
    activist = replace(desk, person=msgspec.structs.replace(desk.person, role="activist"))
    with pytest.raises(Refused, match="рөліңіз"):
        who_looked.look(activist)


def test_another_district_brings_its_own_rows_and_takes_those_before(desk, own_server):
    exchange(desk)
    with own_server.service.store.writing.begin() as session:
        audit.note(session, "zere", Act.LOOKED, {"rows": 2}, now(), SAIRAM)
        admin.set_role(session, own_server.service.pack, "lea", "leader", SAIRAM)
    own_server.service.clock.go(hours=2)
    exchange(desk)

    assert acts(desk) == ["Адам туралы не сақталатыны қаралды"]


def test_a_rewritten_chain_is_said_in_a_sentence_and_a_restore_as_one(desk, own_server):
    exchange(desk)
    rewrite(own_server, alter=lambda row: setattr(row, "who", "nobody"))
    own_server.service.clock.go(hours=2)
    exchange(desk)
    [said] = who_looked.doubts(desk)
    assert "өзгертілген" in said
    who_looked.settle(desk)

    rewrite(own_server, keep=lambda row: row.number > 1)
    with own_server.service.store.writing.begin() as session:
        at = own_server.service.clock() + timedelta(minutes=1)
        audit.note(session, audit.SERVER, Act.RESTORED, {"backup": "b"}, at)
        assert session.get_one(AuditHead, 1).number == 1
    own_server.service.clock.go(hours=2)
    exchange(desk)
    [said] = who_looked.doubts(desk)
    assert "сақтық көшірмесі қайта қойылды" in said


def test_the_command_prints_it_and_filters(commander, server, run):
    command = commander("leader")
    command("sync")
    with server.service.store.writing.begin() as session:
        audit.note(session, "zere", Act.EXPORTED, {"rows": 7, "kind": "issue"}, now(), SOZAQ)

    found = command("audit", "--who", "zere")
    assert [(one["who"], one["count"]) for one in found["rows"]] == [("zere", "7 records")]
    assert command("audit", "--act", "erased")["rows"] == []
    code, out, _ = run("audit", "--rows", "1", "--profile", command.folder)
    assert code == 0
    assert "As the server told it on" in out
    assert "Took records out as a file: Issue · 7 records" in out
    assert len(out.splitlines()) == 2
    other = commander("activist")
    code, _, err = run("audit", "--profile", other.folder)
    assert (code, "may not see who looked" in err) == (1, True)


def test_a_wish_for_a_person_finds_theirs_alone(desk, own_server):
    export(own_server)
    who_looked.ask(desk)
    who = who_looked.look(desk).rows[0].who

    assert {one.who for one in who_looked.look(desk, Wish(who)).rows} == {who}
    assert {key for key, _ in who_looked.look(desk).acts} == {"exported", "enrolled"}


@pytest.mark.parametrize("error", [SignInAgain, TooOld])
def test_what_was_told_is_printed_though_the_server_answers_no_more(
    commander, run, monkeypatch, error
):
    command = commander("leader")
    command("sync")

    def refused(_):
        raise error("Please do something about it.")

    monkeypatch.setattr(who_looked, "ask", refused)
    code, out, err = run("audit", "--profile", command.folder)

    assert (code, "As the server told it on" in out) == (0, True)
    assert "do something about it" in err
