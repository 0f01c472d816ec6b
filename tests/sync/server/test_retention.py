"""What is past its term goes by itself: not a day early, not a word of it left, nothing else."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import delete, select, update

from sync.erasure import ERASED
from sync.person import SERVER
from sync.retention import changed
from sync.server import retention
from sync.server.accounts import utc_now
from sync.server.retention import run
from sync.server.tables import Entry, Kept, LateEdit
from tests.servers import SAIRAM, SOZAQ, change, whole_issue
from tests.sync.server.retention_people import (  # noqa: F401
    CLOSED,
    decided,
    given_clock,
    given_people,
    is_gone,
    issue,
    last_of,
    meeting,
    state,
    visit,
)
from tests.sync.server.test_erasure import (
    PHOTO,
    SECRET,
    SMALL,
    attachment,
    everything,
    files,
    put,
)


def test_on_its_last_day_all_is_there_and_the_next_day_not_a_word_of_it(server, people, clock):
    aidana, _lea = people
    one = issue(people, applicant=SECRET, consent_way="signed")
    step = change("step", parent=one, done_on="2026-11-05", type="note", text=SECRET)
    aidana.exchange(step, change("comment", parent=one, about="essence", text=SECRET))
    aidana.exchange(attachment(PHOTO, one, SMALL))
    put(aidana, PHOTO)
    put(aidana, SMALL)
    clock.time = last_of(36)
    before = state(server)

    assert not run(server.service).erased
    assert state(server) == before
    assert SECRET.encode() in everything(server)
    assert len(files(server)) == 2

    clock.go(days=1)
    assert run(server.service).erased == {"issue": 1}
    assert SECRET.encode() not in everything(server)
    assert PHOTO not in everything(server)
    assert files(server) == set()
    assert is_gone(server, one)
    assert is_gone(server, step.record)


def test_what_stays_of_it_says_that_the_server_did_it_and_why_and_travels_to_laptops(
    server, people, clock
):
    aidana, _ = people
    one = visit(people)
    clock.time = last_of(36) + timedelta(1)
    run(server.service)

    [stone] = [told for told in aidana.exchange().changes if told.record == one]

    said = stone.fields[ERASED]
    assert (said["by"], said["reason"]) == (SERVER, "term_ended")
    assert datetime.fromisoformat(said["at"]) == clock.time
    again = change("visit", one, **{ERASED: said})
    assert not aidana.exchange(again).refused  # whoever has the seal may tell it to a restored one


@pytest.mark.parametrize("make", [issue, visit])
def test_three_years_for_issues_and_visits(server, people, clock, make):
    one = make(people)
    clock.time = last_of(36) + timedelta(1)
    run(server.service)
    assert is_gone(server, one)


def test_five_years_for_minutes_and_three_for_receptions(server, people, clock):
    minutes, reception = meeting(people), meeting(people, type="outreach_reception")
    clock.time = last_of(36) + timedelta(1)
    assert run(server.service).erased == {"reception": 1}
    assert (is_gone(server, minutes), is_gone(server, reception)) == (False, True)
    clock.time = last_of(60) + timedelta(1)
    assert run(server.service).erased == {"meeting": 1}
    assert is_gone(server, minutes)


def test_what_is_open_in_review_returned_or_a_draft_stays_and_is_counted(server, people, clock):
    aidana, lea = people
    kept = [
        issue(people, state="answered"),
        decided(people, change("visit", people=3, visited_on="2026-11-05", topic="other",
                               village="free::Ақкөл")),
    ]  # fmt: skip
    draft, sent = whole_issue(**CLOSED), whole_issue(review="sent", **CLOSED)
    aidana.exchange(draft, sent)
    returned = whole_issue(review="sent", **CLOSED)
    aidana.exchange(returned)
    lea.exchange(change("comment", parent=returned.record, text="Көше аты жоқ"))
    lea.exchange(change("issue", returned.record, base=lea.cursors[SOZAQ], review="returned"))
    lea.exchange(change("visit", kept[1], base=lea.cursors[SOZAQ] + 99, review="sent"))
    clock.time = last_of(120)

    done = run(server.service)

    waits = [kept[0], draft.record, sent.record, returned.record]
    assert [is_gone(server, one) for one in waits] == [False] * 4
    assert done.held["open"] == 1
    assert done.held["undecided"] >= 3


def test_it_counts_from_the_last_closing_and_not_from_the_first(server, people, clock):
    one = issue(people)
    with server.looking() as session, session.begin():  # as if all that came before were old
        long_ago = utc_now() - timedelta(days=4_000)
        session.execute(update(Entry).values(received=long_ago))
    assert run(server.service, dry=True).erased == {"issue": 1}
    _, lea = people
    lea.exchange()
    lea.exchange(change("issue", one, base=lea.cursors[SOZAQ], state="reopened"))
    lea.exchange()
    lea.exchange(change("issue", one, base=lea.cursors[SOZAQ], state="closed"))

    assert not run(server.service).erased


def test_what_was_decided_by_a_change_of_another_record_counts_from_the_next_that_came(
    server, people, clock
):
    """A record that is claimed back has a revision of which the ledger has no row."""
    one = visit(people)
    with server.looking() as session, session.begin():
        last = session.scalar(select(Entry.change).order_by(Entry.revision.desc()).limit(1))
        session.execute(delete(Entry).where(Entry.change == last))
    clock.time = last_of(36) + timedelta(1)
    assert not run(server.service).erased

    with server.looking() as session, session.begin():
        row = {"revision": 10_000, "by": "lea", "fields": {}, "base": 0, "kind": "visit"}
        session.add(
            Entry(district=SOZAQ, change=uuid4(), record=uuid4(), device=uuid4(), at=utc_now(),
                  received=utc_now(), **row)
        )  # fmt: skip
    assert run(server.service).erased == {"visit": 1}
    assert is_gone(server, one)


def test_a_year_mistyped_by_ten_ends_nothing_early(server, people):
    one = visit(people, visited_on="2006-11-05")

    assert not run(server.service).erased
    assert not is_gone(server, one)


def test_a_removed_draft_goes_after_its_term_and_so_does_what_was_rejected(server, people, clock):
    aidana, _ = people
    draft = change("visit", outcome=SECRET)
    aidana.exchange(draft)
    aidana.exchange(change("visit", draft.record, base=aidana.cursors[SOZAQ], removed=True))
    rejected = decided(people, whole_issue(state="new"), "rejected")
    clock.time = last_of(36) + timedelta(1)

    assert run(server.service).erased == {"issue": 1, "visit": 1}
    assert is_gone(server, draft.record)
    assert is_gone(server, rejected)


def test_a_dispute_about_it_or_about_a_part_keeps_it(server, people, clock):
    _aidana, _lea = people
    one, other = issue(people), meeting(people, type="outreach_reception")
    asked = change("question", parent=other, text="Су қашан?")
    with server.looking() as session, session.begin():
        about = session.scalars(select(Kept).where(Kept.id == one)).one()
        about.fields = {**about.fields, "conflicts": {"essence": [{"value": "?"}]}}
        whole = session.scalars(select(Kept).where(Kept.id == other)).one()
        session.add(Kept(district=SOZAQ, id=asked.record, kind="question", parent=other,
                         revision=10_000, by="aidana", at=utc_now(), touched={},
                         fields={"conflicts": {"text": [{"value": "?"}]}}))  # fmt: skip
        assert whole.fields["type"] == "outreach_reception"
    clock.time = last_of(36) + timedelta(1)

    assert run(server.service).told() == {"erased": {}, "held": {"disputed": 2}, "struck": {}}


def test_a_decision_that_is_not_done_keeps_its_meeting(server, people, clock):
    aidana, lea = people
    reception = change("meeting", type="outreach_reception", title="Қабылдау",
                       held_on="2026-11-05", village="free::Ақкөл")  # fmt: skip
    asked = change("decision", parent=reception.record, text="Жол", responsible="Әкім",
                   due_on="2026-12-01", state="open")  # fmt: skip
    aidana.exchange(reception, asked)
    decided(people, change("meeting", reception.record, base=-2))
    clock.time = last_of(36) + timedelta(1)
    assert run(server.service).held == {"open": 1}

    lea.exchange()
    done = change("decision", asked.record, parent=reception.record, base=lea.cursors[SOZAQ],
                  state="done")  # fmt: skip
    assert not lea.exchange(done).refused
    assert run(server.service).erased == {"reception": 1}


def test_a_meeting_that_a_living_issue_comes_from_stays_until_that_goes(server, people, clock):
    reception = meeting(people, type="outreach_reception")
    one = issue(people, meeting=str(reception), state="in_work")
    clock.time = last_of(36) + timedelta(1)
    assert run(server.service).held["linked"] == 1
    assert not is_gone(server, reception)

    _, lea = people
    lea.exchange()
    lea.exchange(change("issue", one, base=lea.cursors[SOZAQ], erased="request"))
    assert run(server.service).erased == {"reception": 1}


def test_a_late_edit_that_waits_keeps_what_it_is_about(server, people, clock):
    one = visit(people)
    with server.looking() as session, session.begin():
        session.add(LateEdit(change=uuid4(), district=SOZAQ, record=uuid4(), parent=one,
                             device=uuid4(), received=utc_now(), body=b"{}"))  # fmt: skip
    clock.time = last_of(36) + timedelta(1)

    assert run(server.service).told() == {"erased": {}, "held": {"late": 1}, "struck": {}}


def test_numbers_of_revisions_stay_without_gaps_or_doubles(server, people, clock):
    for _ in range(5):
        visit(people)
    clock.time = last_of(36) + timedelta(1)
    with pytest.MonkeyPatch.context() as small:
        small.setattr(retention, "BATCH", 2)
        run(server.service)

    news = server.laptop("eva", "coordinator").exchange().changes
    assert [one.revision for one in news] == sorted({one.revision for one in news})
    assert len(news) == 5
    assert all(one.fields.get(ERASED) for one in news)


def test_other_districts_are_looked_through_as_well(server, people, clock):
    dan, fay = server.laptop("dan", district=SAIRAM), server.laptop("fay", "leader", SAIRAM)
    far = change("visit", district=SAIRAM, visited_on="2026-11-05", village="free::Ақкөл",
                 topic="other", outcome=SECRET)  # fmt: skip
    dan.exchange(far, change("visit", far.record, district=SAIRAM, base=-2, review="sent"))
    fay.exchange()
    fay.exchange(change("visit", far.record, district=SAIRAM, base=fay.cursors[SAIRAM],
                        review="approved"))  # fmt: skip
    visit(people)
    clock.time = last_of(36) + timedelta(1)

    assert run(server.service).erased == {"visit": 2}
    assert SECRET.encode() not in everything(server)


def test_a_region_that_fixed_another_term_keeps_for_so_long(server, people, clock):
    visit(people), issue(people)
    service = replace(server.service, terms=changed("visit=never issue=60"))
    clock.time = last_of(36) + timedelta(1)
    assert not run(service).erased
    clock.time = last_of(60) + timedelta(1)
    assert run(service).erased == {"issue": 1}
