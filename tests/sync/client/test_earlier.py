"""What stood in a record before it was changed is kept for a month, and goes when its words must."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import event

from sync.change import Change
from sync.client import bare, earlier, scope, striking
from sync.client.earlier import drop, of, values_of
from sync.client.facts import remember
from sync.client.rows import write
from sync.person import Person, Scope
from tests.erasing import LEA, SECRET, erase, told
from tests.loopback import AMA, BEN, NOW, SOZAQ, raw, region_of
from tests.sync.client.test_striking import reads
from tests.sync.test_consent_restored import GIVEN, withdraw

FIRST, LATER = "Су жоқ, екі аптадан бері", "Су бір аптадан бері жоқ"
DAY = timedelta(days=1)


@pytest.fixture
def laptops():
    with region_of(BEN, AMA, LEA) as some:
        told(*some)
        yield some


@pytest.fixture
def issue(laptops):
    """Ben's, known to Ama."""
    ben, ama, _ = laptops
    id = ben.edit("issue", uuid4(), essence=FIRST, village="615647100").record
    for one in (ben, ama):
        one.sync()
    return id


def kept(laptop, record):
    """[(who, {field: what stood there})], oldest first."""
    with laptop.store() as session:
        return [(row.by, values_of(row)) for row in of(session, [record])]


def test_an_own_edit_leaves_what_stood_before(laptops, issue):
    ben, *_ = laptops
    assert kept(ben, issue) == []

    ben.edit("issue", issue, essence=LATER, state="in_work")

    assert kept(ben, issue) == [(BEN.id, {"essence": FIRST, "state": None})]


def test_news_leave_what_stood_before_with_who_changed_it(laptops, issue):
    ben, ama, _ = laptops
    ama.edit("issue", issue, essence=LATER)
    for one in (ama, ben):
        one.sync()

    assert kept(ben, issue) == [(AMA.id, {"essence": FIRST})]


def test_what_is_said_again_leaves_nothing(laptops, issue):
    ben, *_ = laptops

    ben.edit("issue", issue, essence=FIRST)

    assert kept(ben, issue) == []


def test_several_edits_of_one_moment_each_leave_what_they_found(laptops, issue):
    ben, *_ = laptops
    said = [
        Change(kind="issue", record=issue, district=SOZAQ, fields={"essence": words}, by="x")
        for words in (LATER, "Үшінші")
    ]
    with ben.store.begin() as session:
        write(session, said)

    assert [one for _, one in kept(ben, issue)] == [{"essence": FIRST}, {"essence": LATER}]


def test_ones_own_words_on_top_of_news_are_no_change(laptops, issue):
    ben, ama, _ = laptops
    ama.edit("issue", issue, essence=LATER, state="in_work")
    ama.sync()
    ben.edit("issue", issue, essence="Менің сөзім")

    reads(ben)

    assert ben.records()[issue]["essence"] == "Менің сөзім"
    by_me = [values for by, values in kept(ben, issue) if by == BEN.id]
    assert by_me == [{"essence": FIRST}]


def test_what_stands_against_ones_own_value_is_not_told_as_ones_own(laptops, issue):
    ben, ama, _ = laptops
    ama.edit("issue", issue, essence=LATER)
    ama.sync()
    ben.edit("issue", issue, essence="Менің сөзім")
    ben.sync()

    assert ben.records()[issue]["essence"] == LATER
    assert kept(ben, issue)[-1] == (earlier.SOMEBODY, {"essence": "Менің сөзім"})


def test_a_record_that_came_whole_has_no_history_here(laptops, issue):
    _, ama, _ = laptops

    assert kept(ama, issue) == []


def test_after_a_month_by_the_servers_clock_it_goes(laptops, issue):
    ben, *_ = laptops
    ben.edit("issue", issue, essence=LATER)
    with ben.store.begin() as session:
        drop(session, None)
        drop(session, NOW)
        drop(session, NOW + 30 * DAY)
    assert len(kept(ben, issue)) == 1
    with ben.store.begin() as session:
        drop(session, NOW + 31 * DAY)

    assert kept(ben, issue) == []


def test_an_exchange_tells_the_time(laptops, issue):
    ben, *_ = laptops
    ben.edit("issue", issue, essence=LATER)
    ben.sync()
    with ben.store() as session:
        [row] = of(session, [issue])
        assert row.told == NOW


def test_an_erasure_takes_it_with_that_of_the_parts(laptops, issue):
    ben, _, lea = laptops
    part = ben.edit("attachment", uuid4(), issue, name="a.jpg", media_type="image/jpeg", size=5,
                    sha256="a" * 64, caption=SECRET).record  # fmt: skip
    ben.edit("issue", issue, essence=LATER)
    ben.edit("attachment", part, issue, caption="басқа")
    assert kept(ben, issue)
    assert kept(ben, part)
    for one in (ben, lea):
        one.sync()
    erase(lea, issue)
    for one in (lea, ben):
        one.sync()

    assert kept(ben, issue) == kept(ben, part) == []
    assert SECRET.encode() not in raw(ben.store)


def test_names_go_at_once_where_consent_ends_here_and_elsewhere(laptops):
    ben, ama, _ = laptops
    names = {name: value for name, value in GIVEN.items() if name != "applicant"}
    issue = ben.edit("issue", uuid4(), essence=FIRST, village="615647100", applicant=SECRET,
                     **names).record  # fmt: skip
    for one in (ben, ama):
        one.sync()
    ben.edit("issue", issue, applicant=f"{SECRET} Қызы", essence=LATER)
    for one in (ben, ama):
        one.sync()
    assert "applicant" in kept(ama, issue)[0][1]

    withdraw(ben, issue)
    for one in (ben, ama):
        one.sync()

    for one in (ben, ama):
        assert kept(one, issue)
        assert all("applicant" not in values for _, values in kept(one, issue))
        assert ("essence", FIRST) in kept(one, issue)[0][1].items()


def test_a_name_is_not_even_written_when_its_consent_ends(laptops, issue, monkeypatch):
    ben, *_ = laptops
    ben.edit("issue", issue, applicant=SECRET, **GIVEN)
    monkeypatch.setattr(earlier, "strike", lambda *_: None)

    ben.edit("issue", issue, applicant=None, consent_ended="2026-11-24")

    assert kept(ben, issue)[-1][1].keys() == {"consent_ended"}


def test_a_month_after_an_end_no_name_is_left_whatever_brought_it(laptops, issue):
    ben, *_ = laptops
    ben.edit("issue", issue, **GIVEN)
    withdraw(ben, issue)
    with ben.store.begin() as session:
        change = Change(kind="issue", record=issue, district=SOZAQ, fields={}, by="x")
        session.execute(earlier.PUT, [earlier._row(change, "x", {"applicant": SECRET})])
    striking.strike(ben.store, NOW)

    striking.strike(ben.store, NOW + 31 * DAY)

    assert all("applicant" not in values for _, values in kept(ben, issue))


def test_a_district_that_is_no_longer_read_takes_it_along(laptops, issue):
    ben, *_ = laptops
    ben.edit("issue", issue, essence=LATER)
    ben.sync()
    elsewhere = Person(id=BEN.id, name="Бен", role="activist", district="615200000")
    with ben.store.begin() as session:
        scope.take(session, Scope("x", elsewhere, ("615200000", "region"), {}))
        scope.leave(session)

    assert kept(ben, issue) == []


def test_a_bare_record_keeps_no_earlier_words(laptops, issue):
    ben, *_ = laptops
    ben.edit("issue", issue, essence=LATER)
    with ben.store.begin() as session:
        bare._empty(session, [issue])

    assert kept(ben, issue) == []


def test_nothing_is_noted_of_a_bare_row(laptops, issue):
    ben, *_ = laptops
    with ben.store.begin() as session:
        bare._empty(session, [issue])
        change = Change(kind="issue", record=issue, district=SOZAQ, fields={"essence": "а"})
        earlier.note(session, [change])

    assert kept(ben, issue) == []


def test_it_is_looked_through_as_edits_are(laptops, issue):
    ben, *_ = laptops
    ben.edit("issue", issue, essence=LATER)
    with ben.store.begin() as session:
        remember(session, earlier.SINCE, NOW)
        assert earlier.since(session) == NOW
        [change] = earlier.as_changes(session)

    assert (change.record, change.fields) == (issue, {"essence": FIRST})


def test_numbers_that_come_are_no_reason_to_look_at_what_stands(laptops, issue):
    ben, *_ = laptops
    come = Change(kind="issue", record=issue, district=SOZAQ, fields={"number": "6156-2026-00042"})
    asked = []
    with ben.store.begin() as session:
        listens = (
            session.get_bind(),
            "before_cursor_execute",
            lambda *told: asked.append(told[2]),
        )
        event.listen(*listens)
        earlier.note(session, [come])
        event.remove(*listens)

    assert asked == []
