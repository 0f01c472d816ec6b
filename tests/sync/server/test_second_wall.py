"""The first wall removed, guard by guard: PostgreSQL still gives and takes nothing foreign."""

import shutil
from dataclasses import replace
from unittest.mock import patch

import pytest
from sqlalchemy import select

from sync import policy
from sync.change import SyncRequest
from sync.erasure import stone_of
from sync.errors import UserError
from sync.person import REGION
from sync.server import (
    answers,
    blobs,
    erasure,
    exchange,
    late,
    ledger,
    news,
    tallies,
    walls,
    who_looked,
)
from sync.server.routes import blobs as blob_routes
from sync.server.tables import Kept, KeptAnswer, LateEdit
from tests.guards import rewritten
from tests.servers import Line, change, regional
from tests.sync.rights_matrix import PLACES
from tests.sync.server.rights_people import SMALL, answer, people, sum_of
from tests.sync.server.rights_trials import may
from tests.sync.server.walls_trials import WRITING

ALL = (REGION, "615600000", "615200000")


def removed(guard):
    return guard.removed


def patched(of, name, without):
    return lambda: patch.object(of, name, without)


def told(role, line, of):
    """Records, by all ways in which a laptop may ask for them."""
    every = dict.fromkeys(PLACES.values(), 0)
    wanted = {stream: [*range(1, 9)] for stream in PLACES.values()}
    wrong = [
        change("issue", of.records[place], district=PLACES[place], base=1, category="nothing")
        for place in ("own", "other")
    ]
    for asked in (
        SyncRequest(cursors=every, changes=[], check=True),
        SyncRequest(cursors={}, changes=[], wanted=wanted),
        SyncRequest(cursors={}, changes=wrong[:1]),
        SyncRequest(cursors={}, changes=wrong[1:]),
    ):
        reply = attempt(line.transport.exchange, asked)
        for one in reply.changes if reply else ():
            if not may("read", role, place_of(one.district)):
                yield f"{role} reads a record of {one.district}"


def pictures(role, line, of):
    for place, content in of.files.items():
        name, allowed = sum_of(content), may("read_file", role, place)
        small = attempt(line.transport.thumbnails, [name]) or {}
        if sum_of(SMALL[place]) in small and not allowed:
            yield f"{role} {place}: sees a small picture"
        if attempt(line.transport.get_part, name, 0) is not None and not allowed:
            yield f"{role} {place}: has a file"


def late_edits(role, line, of):
    waiting = {one.change.id for one in attempt(line.transport.late_edits) or ()}
    for place, id in of.late.items():
        if may("decide_late", role, place):
            continue
        if id in waiting:
            yield f"{role} {place}: hears of a late edit"
        attempt(line.transport.decide_late, id, take=False)
        if not is_there(of, LateEdit, LateEdit.change == id):
            yield f"{role} {place}: dropped a late edit"


def answers_read(role, line, of):
    for one in attempt(line.transport.take_answers, of.wave, 0) or ():
        if not may("rate", role, place_of(one.district)):
            yield f"{role} reads an answer of {one.district}"
    for one in attempt(line.transport.take_counts, of.wave) or ():
        if not may("rate", role, place_of(one.district)):
            yield f"{role} reads counts of {one.district}"


def answers_given(role, line, of):
    for place in ("own", "other"):
        said = answer(of, place)
        attempt(line.transport.send_answers, [said])
        if is_there(of, KeptAnswer, KeptAnswer.id == said.id) and not may("answer", role, place):
            yield f"{role} {place}: answered"


def watched(role, line, of):
    page = attempt(line.transport.audit, 0, 0)
    for one in page.rows if page else ():
        if not may("read_audit", role, place_of(one.district)):
            yield f"{role} sees who looked in {one.district}"


def written(role, line, of):
    """The database is looked at, not the replies."""
    for place in ("own", "other"):
        if any(may(action, role, place) for action in WRITING):
            continue
        note = change("visit", district=PLACES[place], topic="acquaintance", people=3)
        edit = change("issue", of.records[place], district=PLACES[place], base=9, address=role)
        stone = change("issue", of.records[place], district=PLACES[place], erased="request")
        for one in (note, edit, stone):
            attempt(line.exchange, one)
            its = (Kept.id == one.record) & (Kept.by == line.person.id)
            if is_there(of, Kept, its):
                yield f"{role} {place}: wrote {one.fields}"


REMOVED = {
    "every right": (
        removed(rewritten(policy.may, "in GRANTED", "in GRANTED or True")),
        [told, pictures, late_edits, answers_read, answers_given, written, watched],
    ),
    "whose rows of the audit": (
        removed(rewritten(who_looked.page, "AuditEntry.district.in_(own),", "")), [watched]
    ),
    "which streams are read": (patched(exchange, "streams", lambda *_: ALL), [told]),
    "the filter of the news": (
        removed(rewritten(news._query, "Kept.district == district, ", "")), [told]
    ),
    "what is put right": (
        removed(rewritten(exchange.answer, " if key[0] in rights.streams", "")), [told]
    ),
    "what is wanted": (
        removed(rewritten(tallies.wanted, "said.keys() & cursors.keys()", "said.keys()")), [told]
    ),
    "where files are read": (patched(blob_routes, "_streams", lambda *_: ALL), [pictures]),
    "which small pictures": (
        removed(rewritten(blobs.thumbnails, ", Kept.district.in_(list(streams))", "")), [pictures]
    ),
    "where answers are handed in": (
        patched(answers, "require", lambda *_: None), [answers_given]
    ),
    "whose answers are read": (patched(answers, "_seen_by", lambda _: []), [answers_read]),
    "who reads answers": (
        removed(rewritten(answers.of_wave, "not reach(person.role, Action.RATE)", "False")),
        [answers_read],
    ),
    "who reads counts": (
        removed(rewritten(answers.counts_of, "not reach(person.role, Action.RATE)", "False")),
        [answers_read],
    ),
    "which late edits are heard of": (patched(late, "_own", lambda *_: list(ALL)), [late_edits]),
    "who decides late": (
        removed(rewritten(late.decide, " or not decides(person, row.district)", "")), [late_edits]
    ),
    "what the ledger checks": (patched(ledger, "check", lambda *_, **__: None), [written]),
    "who erases": (
        patched(erasure, "check_erasure", lambda _, change, *__, **___: stone_of(change)),
        [written],
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def settled(running_postgres, postgres_template, tmp_path_factory):
    """Everyone at a server that nobody speaks to any more; its database, its files."""
    folder = tmp_path_factory.mktemp("settled")
    with running_postgres.database(postgres_template) as url:
        with regional(url, folder, prepared=True) as running:
            made = people(running)
            for place in ("own", "other"):
                made.lines["coordinator"].transport.send_answers([answer(made, place)])
        yield made, url.rpartition("/")[2], folder


@pytest.fixture
def of(running_postgres, settled, tmp_path):
    made, template, folder = settled
    files = shutil.copytree(folder, tmp_path / "files")
    with running_postgres.database(template) as url, regional(url, files, prepared=True) as own:
        lines = {
            role: Line(line.person, own.transport(line.transport._token), line.device)
            for role, line in made.lines.items()
        }
        yield replace(made, server=own, lines=lines)


@pytest.mark.parametrize("name", REMOVED)
def test_what_one_wall_lets_through_the_other_holds(of, name):
    without, trials = REMOVED[name]
    with without():
        held = [*leaking(of, trials)]
        tear_down(of)
        fallen = next(leaking(of, trials), None)

    assert held == []
    assert fallen


def leaking(of, trials):
    """What somebody gets, or leaves behind, that is not theirs."""
    for role, line in of.lines.items():
        if role != "coordinator":  # everything is theirs
            for trial in trials:
                yield from trial(role, line, of)


def tear_down(of):
    """PostgreSQL as it was before."""
    with of.server.service.store.owner.begin() as connection:
        for table in walls.WALLED:
            connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")


def is_there(of, table, which):
    with of.server.looking() as session:
        return session.scalar(select(1).select_from(table).where(which).limit(1)) is not None


def place_of(district):
    return next(place for place, stream in PLACES.items() if stream == district)


def attempt(call, *arguments, **more):
    """What it gives; None where it is refused, or where the database breaks it off."""
    try:
        return call(*arguments, **more)
    except UserError:
        return None
