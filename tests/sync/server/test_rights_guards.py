"""The server with one guard removed: the trials of every role miss each of them."""

from io import BytesIO
from unittest.mock import patch

import pytest

from sync import policy
from sync.carry import CarryFile, deliver_file
from sync.erasure import stone_of
from sync.person import REGION
from sync.policy import Action, Place
from sync.server import (
    accounts,
    answers,
    blobs,
    carried,
    erasure,
    exchange,
    late,
    ledger,
    progress,
    reports,
    signs,
    tallies,
    who_looked,
)
from sync.server.routes import blobs as blob_routes
from tests.guards import guards, rewritten
from tests.servers import change, regional, whole_issue
from tests.sync.server.rights_people import people
from tests.sync.server.rights_trials import differing
from tests.sync.server.test_carry_route import Walker

ALL = (REGION, "615600000", "615200000")
PATCHED = {
    "which streams are read": patch.object(exchange, "streams", lambda *_: ALL),
    "who is named": patch.object(
        exchange, "names", lambda session, _: accounts.names(session, ALL)
    ),
    "where files are read": patch.object(blob_routes, "_streams", lambda *_: ALL),
    "who is given a file": patch.object(blobs, "readable", lambda *_: True),
    "where answers are handed in": patch.object(answers, "require", lambda *_: None),
    "where interviews are told of": patch.object(signs, "require", lambda *_: None),
    "whose answers are read": patch.object(answers, "_seen_by", lambda _: []),
    "which late edits are heard of": patch.object(late, "_own", lambda *_: list(ALL)),
    "what the ledger checks": patch.object(ledger, "check", lambda *_, **__: None),
    "who erases": patch.object(
        erasure, "check_erasure", lambda _, change, *__, **___: stone_of(change)
    ),
}
REMOVED = [
    *guards(blob_routes._worker),
    *(guard for guard in guards(answers.of_wave) if "not see" in guard.name),
    *guards(answers.counts_of),
    rewritten(signs.of_wave, "not reach(person.role, Action.CHECK)", "False"),
    rewritten(signs.card, "not reach(person.role, Action.OPEN_CARDS)", "False"),
    rewritten(answers.news, "bool(reach(person.role, Action.RATE))", "True"),
    rewritten(progress.seen_by, "if everywhere else", "if True else"),
    rewritten(progress.keep, " or not may(person, Action.ANSWER, one.district)", ""),
    rewritten(blobs.thumbnails, ", Kept.district.in_(list(streams))", ""),
    rewritten(exchange.answer, " if key[0] in rights.streams", ""),
    rewritten(late.decide, " or not decides(person, row.district)", ""),
    *(
        rewritten(route, f"require(person, Action.{action}, REGION)", "pass")
        for route, action in (
            (reports.keep, "REPORT"),
            (reports.in_box, "REPORT"),
            (reports.there, "READ_REPORTS"),
            (reports.some, "READ_REPORTS"),
            (reports.add_seals, "READ_REPORTS"),
        )
    ),
    rewritten(tallies.wanted, "said.keys() & cursors.keys()", "said.keys()"),
    rewritten(who_looked.page, "not may_look(person)", "False"),
    rewritten(who_looked.page, "AuditEntry.district.in_(own),", ""),
]
NEAR = {  # what is tried first
    "where files are read": "pictures",
    "who is given a file": "pictures",
    "where answers are handed in": "answers",
    "where interviews are told of": "signs",
    "whose answers are read": "answers",
    "which late edits are heard of": "late_edits",
    "who erases": "erasing",
    "progress": "how_far",
    "blobs": "pictures",
    "late": "late_edits",
    "who_looked": "watching",
}
WITHDRAWN = policy.GRANTED - {(Action.READ_PRIVATE, "leader", Place.OWN)}


@pytest.fixture
def of(fresh_database, tmp_path):
    with fresh_database("sqlite") as url, regional(url, tmp_path, prepared=True) as running:
        yield people(running)


@pytest.mark.parametrize("name", PATCHED)
def test_each_guard_of_the_server_is_missed(of, name):
    with PATCHED[name]:
        assert missed(of, f"{name} {NEAR.get(name)}")


@pytest.mark.parametrize("guard", REMOVED, ids=lambda guard: guard.name)
def test_each_refusal_of_the_server_is_missed(of, guard):
    with guard.removed():
        assert missed(of, f"{guard.name} {NEAR.get(guard.name.split('.')[2])}")


def missed(of, near):
    try:
        return next(differing(of, near), None)
    except Exception as error:  # noqa: BLE001  # without its guard the server may break
        return error


def test_who_may_not_attach_sends_no_file_by_a_letter_either(server):
    analyst, activist = Walker(server, "ana", role="analyst"), Walker(server, "aidana")
    guard = rewritten(carried._take_piece, "not reach(caller.person.role, Action.ATTACH) or ", "")

    assert not carries(server, analyst, b"a photo" * 1_000)
    assert carries(server, activist, b"a photo" * 1_001)
    with guard.removed():
        assert carries(server, analyst, b"a photo" * 1_002)


def carries(server, walker, content):
    """Whether a file that is in a letter arrives."""
    name = walker.keep(content)
    deliver_file(CarryFile(BytesIO(walker.letter()), "", "letter"), walker.line.transport.deliver)
    return server.service.blobs.size(name) is not None


def test_a_persons_data_stay_on_the_server_where_they_may_not_be_read(server):
    """No role of today reads a stream and not its people; the table may say so tomorrow."""
    aidana, lea = server.laptop("aidana"), server.laptop("lea", "leader")
    told = {"applicant": "Гүлнар", "phone": "+77011234567", "consent_way": "signed"}
    issue = whole_issue(**told)
    assert aidana.exchange(issue).refused == []
    other = server.laptop("bek").exchange(
        change("issue", issue.record, base=0, phone="+77017654321")
    )
    assert other.refused == []

    with patch.object(policy, "GRANTED", WITHDRAWN):
        (news,) = lea.exchange().changes
        reply = lea.exchange(
            change("issue", issue.record, base=2, phone="+77010000000"), check=True
        )

    assert not told.keys() & news.fields.keys()
    assert news.fields["essence"]
    assert "phone" not in news.fields["conflicts"]
    assert len(reply.refused) == 1
    assert all(not told.keys() & one.fields.keys() for one in reply.changes)
    assert reply.tallies == aidana.exchange(check=True).tallies
