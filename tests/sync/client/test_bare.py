"""Words of what is done with leave a laptop after 90 days, and nobody takes what is empty for said."""

from uuid import uuid4

import pytest
from sqlalchemy import select, update

from sync.change import NO_CHANGE, UNSURE, Change, SyncReply
from sync.client import bare, check, opened, outbox, put_back, restored, untold
from sync.client.facts import forget, recall, remember
from sync.client.rows import write
from sync.client.standing import as_it_stands
from sync.client.tables import Attention, Cursor, Draft, Foreign, Pending, PendingBody, Quiet
from sync.records import KINDS
from sync.server.tables import Kept
from tests.bare_laptops import (
    DAY,
    ISSUE,
    WORDS,
    asked,
    given_laptops,  # noqa: F401
    go_bare,
    look,
    open_it,
    row,
    sync,
    tally,
)
from tests.loopback import NOW, SOZAQ, raw

# when they go


def test_after_90_days_words_are_gone_and_what_is_counted_stays(laptops):
    ama, _, issue = laptops
    before, counted = row(ama, issue), tally(ama)
    assert WORDS.encode() in raw(ama.store)

    go_bare(ama)

    after = row(ama, issue)
    assert after.bare
    for gone in ("essence", "applicant", "phone", "consent_way", "consent_on"):
        assert getattr(after, gone) is None
    for stays in ("category", "village", "received_on", "state", "review", "revision", "number"):
        assert getattr(after, stays) == getattr(before, stays)
    assert tally(ama) == counted
    for word in (WORDS, "Барып көрдік", "Рахмет, Қожабекке"):
        assert word.encode() not in raw(ama.store)


def test_a_day_early_all_is_here(laptops):
    ama, _, issue = laptops
    look(ama, 0)

    assert look(ama, 89) == 0

    assert row(ama, issue).essence == WORDS


def test_without_the_servers_clock_nothing_goes(laptops):
    ama, _, issue = laptops
    look(ama, 0)

    assert bare.let_go(ama.store, None) == 0

    assert not row(ama, issue).bare


def test_a_look_is_taken_once_a_day(laptops):
    ama, _, issue = laptops
    look(ama, 0)
    with ama.store.begin() as session:  # as if it had long been seen so
        session.execute(update(Quiet).values(since=NOW - 200 * DAY))

    assert look(ama, 0.9) == 0
    assert look(ama, 1) == 1

    assert row(ama, issue).bare


def test_a_clock_that_goes_back_begins_the_term_anew(laptops):
    ama, _, _ = laptops
    look(ama, 300)
    look(ama, 0)

    assert look(ama, 89) == 0
    assert look(ama, 90) == 1


def test_another_revision_of_a_part_begins_the_term_anew(laptops):
    ama, eva, issue = laptops
    look(ama, 0)
    eva.edit("comment", uuid4(), issue, text="Тағы бір сөз")
    sync(eva, ama, ama)

    assert look(ama, 80) == 0
    assert look(ama, 169) == 0
    assert look(ama, 170) == 1


@pytest.mark.parametrize(
    "said",
    [
        {"review": "sent"},
        {"state": "in_work"},
        {"conflicts": {"essence": [{"value": "Су бар"}]}},
        {"unknown": {"erased": {"newer": "stone"}}},
        {"revision": 0},
    ],
)
def test_what_is_not_done_with_stays(laptops, said):
    ama, _, issue = laptops
    with ama.store.begin() as session:
        session.execute(update(KINDS["issue"]).values(**said))

    look(ama, 0)
    look(ama, 200)

    assert not row(ama, issue).bare


@pytest.mark.parametrize("said", [{"revision": 0}, {"conflicts": {"text": [{"value": "Су бар"}]}}])
def test_a_part_that_is_not_done_with_keeps_its_record(laptops, said):
    ama, _, issue = laptops
    with ama.store.begin() as session:
        session.execute(update(KINDS["step"]).values(**said))

    look(ama, 0)
    look(ama, 200)

    assert not row(ama, issue).bare


def waits(session, change):
    session.add(Pending(change=change.id, record=change.record, district=SOZAQ, body=body(change)))


def was_refused(session, change):
    said = {"reason": "", "body": body(change), "since": NOW}
    session.add(Attention(change=change.id, record=change.record, **said))


def is_newer(session, change):
    session.add(Foreign(record=uuid4(), district=SOZAQ, kind="newer", body=body(change)))


def is_typed(session, change):
    session.add(Draft(key=f"issue:{change.parent}", body=b"{}", edited=NOW))


def body(change):
    from sync.change import encode

    return encode(change)


@pytest.mark.parametrize("what", [waits, was_refused, is_newer, is_typed])
def test_what_somebody_here_still_has_to_do_with_stays(laptops, what):
    ama, _, issue = laptops
    with ama.store.begin() as session:
        part = {"record": uuid4(), "parent": issue, "district": SOZAQ}
        what(session, Change(kind="step", fields={}, by="ama", **part))

    look(ama, 0)
    look(ama, 200)

    assert not row(ama, issue).bare


def doubts(session):
    remember(session, restored.DOUBT, {SOZAQ: 1})


def is_untold(session):
    remember(session, untold.UNTOLD, {uuid4(): untold.Untold("issue", 1, {"essence": "a"})})


def reads_first(session):
    remember(session, put_back.READS_FIRST, {SOZAQ: 10**6})


def not_compared(session):
    forget(session, check.CHECKED)


def read_on(session):
    session.get_one(Cursor, SOZAQ).revision += 1


@pytest.mark.parametrize("what", [doubts, is_untold, reads_first, not_compared, read_on])
def test_nothing_goes_while_it_is_not_sure_that_the_server_has_it(laptops, what):
    ama, _, issue = laptops
    look(ama, 0)
    with ama.store.begin() as session:
        what(session)

    assert look(ama, 200) == 0

    assert not row(ama, issue).bare


# what comes again


def test_opened_it_comes_whole_and_stays_90_days_more(laptops):
    ama, _, issue = laptops
    before = ama.records()
    go_bare(ama)
    assert ama.records() != before

    open_it(ama, issue)

    assert ama.records() == before
    assert not row(ama, issue).bare
    assert look(ama, 91) == 0
    assert look(ama, 180) == 0
    assert look(ama, 181) == 1


def test_what_was_opened_is_asked_for_until_it_has_come_and_not_again(laptops):
    ama, _, issue = laptops
    go_bare(ama)
    ama.fault = "before"
    with ama.store.begin() as session:
        opened.want(session, issue)
    with pytest.raises(Exception, match="cut"):
        ama.sync()

    first, second = asked(ama), asked(ama)

    assert not row(ama, issue).bare
    assert sum(bool(request.wanted) for request, _ in first) == 1
    assert sum(bool(request.wanted) for request, _ in second) == 0


def test_opened_while_somebody_edits_it_the_newest_comes_in_one_exchange(laptops):
    ama, eva, issue = laptops
    go_bare(ama)
    eva.edit("issue", issue, essence="Су келді")
    eva.sync()

    open_it(ama, issue)

    assert row(ama, issue).essence == "Су келді"
    assert ama.records() == eva.records()


def test_a_bare_row_is_not_asked_for_by_the_self_check(laptops):
    ama, _, _ = laptops
    go_bare(ama)
    with ama.store.begin() as session:
        forget(session, check.CHECKED)

    passed = asked(ama)

    assert [(bool(one.check), one.compare, one.wanted) for one, _ in passed] == [(True, {}, {})]


def test_what_was_opened_once_is_not_asked_for_when_it_is_bare_again(laptops):
    ama, _, issue = laptops
    go_bare(ama)
    open_it(ama, issue)
    look(ama, 91)
    assert look(ama, 181) == 1

    assert not any(request.wanted for request, _ in asked(ama))

    assert row(ama, issue).bare


def test_an_open_decision_keeps_the_words_of_its_meeting(laptops):
    ama, _eva, _ = laptops
    meeting = ama.edit("meeting", uuid4(), type="dialogue", title="Жиын", agenda="Су").record
    said = {"text": "Құбыр тарту", "responsible": "Әкім", "due_on": "2026-12-05"}
    decision = ama.edit("decision", uuid4(), meeting, **said, state="open").record
    sync(ama, ama)
    with ama.store.begin() as session:
        session.execute(update(KINDS["meeting"]).values(review="approved"))

    assert (look(ama, 0), look(ama, 90)) == (0, 1)
    assert not row(ama, meeting).bare

    with ama.store.begin() as session:
        session.execute(update(KINDS["decision"]).values(state="done"))
    assert (look(ama, 91), look(ama, 181)) == (0, 1)
    assert row(ama, meeting).agenda is row(ama, decision).text is None


# nobody writes a part of it


def test_news_are_not_written_on_it_and_the_whole_comes(laptops):
    ama, eva, issue = laptops
    go_bare(ama)
    stood = row(ama, issue).revision
    eva.edit("issue", issue, essence="Су келді", state="in_work")
    eva.sync()

    ama.sync()
    heard = row(ama, issue)
    assert (heard.bare, heard.revision, heard.essence) == (True, stood, None)

    ama.sync()
    whole = row(ama, issue)
    assert (whole.bare, whole.essence, whole.applicant) == (False, "Су келді", "Қожабек")


def test_ones_own_edit_is_not_written_on_it_nor_its_number_before_the_whole_is_here(laptops):
    ama, _, issue = laptops
    go_bare(ama)
    stood = row(ama, issue).revision
    edit = ama.edit("issue", issue, satisfied=True)
    assert row(ama, issue).satisfied is None

    with ama.store.begin() as session:
        from sync.client.engine import _with_own_numbers

        answer = SyncReply(epoch="", accepted={edit.id: stood + 7})
        _with_own_numbers(session, {edit.id: edit}, answer)
    assert row(ama, issue).revision == stood

    sync(ama, ama)
    whole = row(ama, issue)
    assert (whole.bare, whole.satisfied, whole.essence) == (False, True, WORDS)


def test_a_whole_with_a_part_of_it_in_one_page_is_written(laptops):
    ama, _, issue = laptops
    go_bare(ama)
    with ama.region.store() as session:
        kept = session.query(Kept).filter_by(id=issue).one()
        said = dict(kept.fields)
    told = {"kind": "issue", "record": issue, "district": SOZAQ, "id": NO_CHANGE}
    whole = Change(fields=said, revision=90, **told)
    part = Change(fields={"state": "in_work"}, revision=91, base=90, **told)

    with ama.store.begin() as session:
        write(session, [whole, part])

    assert (row(ama, issue).bare, row(ama, issue).state) == (False, "in_work")


def test_an_edit_that_a_damaged_file_had_waits_alone_until_the_words_are_here(laptops):
    ama, _, issue = laptops
    go_bare(ama)
    said = {"record": issue, "district": SOZAQ, "base": row(ama, issue).revision, "by": "ama"}
    change = Change(kind="issue", fields={"essence": "Басқаша"}, **said)

    with ama.store.begin() as session:
        back = put_back.put_back(session, [change])

    assert (back.edits, back.later) == (1, 1)
    assert row(ama, issue).essence is None


def test_an_erasure_takes_a_bare_record_like_any_other(laptops):
    ama, eva, issue = laptops
    go_bare(eva)
    with eva.store.begin() as session:
        said = {"record": issue, "district": SOZAQ, "base": row(eva, issue).revision, "by": "eva"}
        outbox.put(session, Change(kind="issue", fields={"erased": "request"}, **said))
    sync(eva, ama)

    for laptop in (eva, ama):
        with laptop.store() as session:
            assert session.get(KINDS["issue"], issue) is None


# nobody bears witness with it


def test_a_bare_row_says_nothing(laptops):
    ama, _, issue = laptops
    assert as_it_stands(row(ama, issue), "ama") is not None

    go_bare(ama)

    assert as_it_stands(row(ama, issue), "ama") is None


def told(laptop):
    with laptop.store() as session:
        return [outbox.decode(one) for one in session.scalars(select(PendingBody.body))]


def test_to_a_restored_server_it_is_told_by_nobody_who_has_it_bare(laptops):
    ama, _, issue = laptops
    go_bare(ama)
    with ama.store.begin() as session:
        restored.start_anew(session, "second", {SOZAQ: 0})
        restored.hear(session, [Change(kind="issue", record=issue, district=SOZAQ, fields={})])

        assert recall(session, untold.UNTOLD) in (None, {})
        assert restored.bear_witness(session) == 0

    assert told(ama) == []


def test_what_the_server_lost_is_told_whole_or_not_at_all_and_is_not_asked_for_again(laptops):
    ama, _, _ = laptops
    go_bare(ama)
    with ama.store.begin() as session:
        revisions = [one.revision for kind in KINDS.values() for one in session.query(kind)]

        assert restored.tell_lost(session, SOZAQ, revisions) == 0

    assert told(ama) == []
    assert tally(ama).count == 0


def test_an_edit_of_what_a_restored_server_does_not_know_is_put_before_its_person(laptops):
    ama, _, issue = laptops
    go_bare(ama)
    edit = ama.edit("issue", issue, satisfied=True)

    with ama.store.begin() as session:
        restored.tell_whole(session, [edit])

    assert told(ama) == []
    with ama.store() as session:
        held = session.get_one(Attention, edit.id)
        assert outbox.decode(held.body).fields == {"satisfied": True}
        assert "restored" in held.reason


def test_who_has_the_words_gives_them_back_to_all(laptops):
    """One laptop let go of them, the server lost the record, another one has it whole."""
    ama, eva, issue = laptops
    go_bare(ama)
    before = eva.records()[issue]["essence"]
    with ama.store.begin() as session:
        restored.start_anew(session, "second", {SOZAQ: 0})
    whole = Change(
        kind="issue",
        record=issue,
        district=SOZAQ,
        fields={**ISSUE, "author": "ama", "created": "2026-11-05T00:00:00Z"},
        revision=1,
        by="ama",
        base=UNSURE,
    )

    with ama.store.begin() as session:
        write(session, [whole])

    assert row(ama, issue).essence == before
    assert not row(ama, issue).bare
