"""Bare records where nobody compares: by letters alone, and after a restore."""

from uuid import uuid4

from sqlalchemy import select

from sync.change import SyncReply, SyncRequest
from sync.client import check, engine, opened, outbox, restored
from sync.client.facts import recall
from sync.client.rows import LEFT_ALONE
from sync.client.tables import Cursor
from tests.bare_laptops import given_laptops, go_bare, look, row, sync  # noqa: F401
from tests.loopback import SOZAQ, Region


def letter(laptop):
    """What a letter asks and its reply brings, without seals: nobody compares by letters."""
    with laptop.store.begin() as session:
        request = SyncRequest(
            cursors={row.stream: row.revision for row in session.scalars(select(Cursor))},
            changes=outbox.waiting(session),
            epoch=recall(session, "epoch", str) or "",
            answered=outbox.answered(session),
            rights=recall(session, "rights", str) or "",
            wanted=opened.wanted(session),
            holds=restored.holds(session),
        )
    reply = laptop.exchange(request)
    with laptop.store.begin() as session:
        engine.take(session, request, reply)


def test_news_of_a_bare_record_are_asked_for_whole_by_the_next_letter(laptops):
    ama, eva, issue = laptops
    go_bare(ama)
    eva.edit("issue", issue, essence="Су келді", state="in_work")
    eva.sync()

    letter(ama)
    assert row(ama, issue).bare
    letter(ama)

    found = row(ama, issue)
    assert (found.bare, found.state, found.essence) == (False, "in_work", "Су келді")
    with ama.store() as session:
        assert not recall(session, LEFT_ALONE)


def test_one_that_nobody_touched_comes_by_one_letter(laptops):
    ama, _, issue = laptops
    go_bare(ama)
    with ama.store.begin() as session:
        opened.want(session, issue)

    letter(ama)

    assert not row(ama, issue).bare


def test_after_a_restore_a_comment_on_a_bare_record_stays_here(laptops):
    """Told without its record it would be refused, and go: nobody would have it then."""
    ama, eva, issue = laptops
    go_bare(ama)
    comment = eva.edit("comment", uuid4(), issue, text="Тағы бір сөз").record
    sync(eva, ama, ama)
    look(ama, 91)
    ama.region = Region()
    ama.device = ama.region.device(ama.person)

    sync(ama, ama, ama)

    assert row(ama, comment).text == "Тағы бір сөз"


def test_after_a_restore_both_ends_are_compared_again_whatever_was_found_today(laptops):
    """A bare row that lost its number is told by nobody: only a comparison brings the whole."""
    ama, _, _ = laptops
    sync(ama, ama)
    with ama.store() as session:
        assert check.agrees(session)

    engine._put_right(ama.store, ama, SyncReply(epoch="another", restored={SOZAQ: 10**9}))

    with ama.store() as session:
        assert not check.agrees(session)
