"""Numbers of the register: the server gives them, without gaps or doubles, and nobody else."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from threading import Barrier
from uuid import uuid4

import msgspec
import pytest
from sqlalchemy import delete, select

from sync.merge import Standing
from sync.person import Person
from sync.server import lives, numbers
from sync.server.numbers import ROOM, Numbers, Serials
from sync.server.tables import Kept, Serial
from tests.servers import SAIRAM, SOZAQ, change, whole_issue

WHO = Person(id="aidana", name="Айдана", role="activist", district=SOZAQ, language="en")
NOW = datetime(2026, 11, 24, tzinfo=UTC)


def visit(**more):
    return change("reception", **{"received_on": "2026-11-05", "essence": "Кеңес керек", **more})


def numbers_of(*replies):
    """{record: number} that these replies tell."""
    told = [one for reply in replies for one in reply.changes if one.fields.get("number")]
    return {one.record: one.fields["number"] for one in told}


def giving(server, *standings, told=numbers.NO_NUMBERS):
    """The numbers that these records are given in one transaction."""
    with server.service.writing(WHO) as session:
        serials = Serials(session, SOZAQ, told, lambda: NOW)
        serials.pass_over(told.passed)
        for one in standings:
            serials.give(one)
        serials.keep()
    return [one.fields.get("number") for one in standings]


def standing(kind="issue", record=None, **fields):
    fields = {"received_on": "2026-11-05", **fields}
    return Standing(kind=kind, record=record or uuid4(), district=SOZAQ, fields=fields, touched={})


@pytest.mark.parametrize(
    ("received_on", "year"),
    [
        ("2026-11-05", 2026),
        ("2019-01-01", 2019),
        ("2018-12-31", 2026),
        ("0001-01-01", 2026),
        ("2027-01-01", 2026),
        ("9999-12-31", 2026),
        (None, 2026),
    ],
)
def test_the_year_is_that_of_receipt_where_it_is_plausible(server, received_on, year):
    assert giving(server, standing(received_on=received_on)) == [f"6156-{year}-00001"]


def test_each_kind_district_and_year_has_a_row_of_its_own(server):
    eset = server.laptop("eset", "coordinator")
    there = whole_issue(district=SAIRAM)
    sent = [whole_issue(), visit(), whole_issue(), visit(), there, visit(received_on="2025-12-31")]

    told = numbers_of(eset.exchange(*sent))

    assert [told[one.record] for one in sent] == [
        *("6156-2026-00001", "6156-2026-K00001", "6156-2026-00002", "6156-2026-K00002"),
        *("6152-2026-00001", "6156-2025-K00001"),
    ]


def test_what_is_refused_takes_no_number_and_what_is_removed_keeps_its_own(server):
    aidana, bekzat = server.laptop("aidana"), server.laptop("bekzat", "leader")
    first, last = whole_issue(), whole_issue()

    aidana.exchange(first, whole_issue(essence=5))
    bekzat.exchange(change("issue", first.record, base=1, removed=True))
    aidana.exchange(last)

    told = numbers_of(server.laptop("zere").exchange())
    assert told == {first.record: "6156-2026-00001", last.record: "6156-2026-00002"}


@pytest.mark.parametrize("base", [0, 1])
def test_a_laptop_cannot_say_the_number(server, base):
    aidana = server.laptop("aidana")
    issue = whole_issue()
    if base:
        aidana.exchange(issue)

    reply = aidana.exchange(change("issue", issue.record, base=base, number="6156-2026-00077"))

    assert [one.reason for one in reply.refused] == ["That is filled in by the server."]
    assert numbers_of(aidana.exchange(whole_issue())).popitem()[1] == f"6156-2026-{base + 1:05d}"


def test_the_same_change_sent_twice_has_one_number(server):
    aidana = server.laptop("aidana")
    issue = whole_issue()

    aidana.exchange(issue)
    again = aidana.exchange(issue)
    told = numbers_of(again, aidana.exchange(whole_issue()))

    assert sorted(told.values()) == ["6156-2026-00001", "6156-2026-00002"]


def test_a_transaction_that_fails_takes_no_number_with_it(server):
    with suppress(RuntimeError), server.service.writing(WHO) as session:
        serials = Serials(session, SOZAQ, clock=lambda: NOW)
        serials.give(standing())
        serials.keep()
        raise RuntimeError

    assert giving(server, standing()) == ["6156-2026-00001"]


def test_exchanges_at_once_give_each_record_a_number_of_its_own(server):
    laptops = [server.laptop(f"laptop{n}") for n in range(4)]
    start = Barrier(len(laptops))

    def send(laptop):
        start.wait()
        return [numbers_of(laptop.exchange(*(whole_issue() for _ in range(3)))) for _ in range(3)]

    with ThreadPoolExecutor(len(laptops)) as pool:
        told = {id: n for said in pool.map(send, laptops) for one in said for id, n in one.items()}

    assert sorted(told.values()) == [f"6156-2026-{n:05d}" for n in range(1, 37)]


def test_a_record_from_before_its_kind_had_numbers_is_given_one_with_its_next_change(server):
    aidana = server.laptop("aidana")
    came = visit()
    aidana.exchange(came)
    with server.looking() as session, session.begin():
        row = session.scalars(select(Kept)).one()
        row.fields = {name: said for name, said in row.fields.items() if name != "number"}
        session.execute(delete(Serial))

    told = aidana.exchange(change("reception", came.record, base=1, papers="шарт"))

    assert numbers_of(told) == {came.record: "6156-2026-K00001"}


def test_after_a_restore_a_record_takes_the_number_that_its_laptop_knows(server):
    known, new = standing(), standing()
    told = Numbers({known.record: "6156-2026-00007"}, ["6156-2026-00009"])

    assert giving(server, new, known, told=told) == ["6156-2026-00010", "6156-2026-00007"]
    assert giving(server, standing()) == ["6156-2026-00011"]


def test_a_number_that_somebody_has_is_given_to_nobody_else_whoever_claims_it(server):
    aidana = server.laptop("aidana")
    has = whole_issue()
    aidana.exchange(has)
    one, other = standing(), standing()

    taken = dict.fromkeys((one.record, other.record), "6156-2026-00001")
    assert giving(server, one, other, told=Numbers(taken)) == [
        "6156-2026-00002",
        "6156-2026-00003",
    ]


def test_two_that_claim_one_number_do_not_both_have_it(server):
    one, other = standing(), standing()

    claimed = dict.fromkeys((one.record, other.record), "6156-2026-00005")
    assert giving(server, one, other, told=Numbers(claimed)) == [
        "6156-2026-00005",
        "6156-2026-00006",
    ]


@pytest.mark.parametrize(
    "claim",
    [
        "6152-2026-00005",
        "6156-2027-00005",
        "6156-2018-00005",
        "6156-2026-K00005",
        "6156-2026-00000",
        f"6156-2026-{ROOM + 1:05d}",
        "6156-2026-999999999",
        "номер",
        "",
    ],
)
def test_a_claim_that_this_district_cannot_have_given_counts_for_nothing(server, claim):
    issue = standing()

    assert giving(server, issue, told=Numbers({issue.record: claim}, [claim])) in (
        ["6156-2026-00001"],  # nor does it move the counter
    )


def test_what_an_older_program_tells_again_with_a_number_that_it_does_not_know_has_that_number(
    server,
):
    aidana = server.laptop("aidana")
    told = msgspec.structs.replace(visit(number="6156-2026-K00004"), whole=True)

    assert numbers_of(aidana.exchange(told)) == {told.record: "6156-2026-K00004"}


@pytest.mark.parametrize("role", ["activist", "leader", "coordinator", "analyst"])
def test_how_far_numbers_go_is_heard_from_whoever_records_there_and_harms_nobody_else(
    server, role
):
    laptop, other = server.laptop("some", role), server.laptop("other", district=SAIRAM)
    passed = ["6156-2026-00004", "6152-2026-00004"]

    laptop.exchange(passed=passed)
    mine = numbers_of(server.laptop("aidana").exchange(whole_issue())).popitem()[1]
    theirs = numbers_of(other.exchange(whole_issue(district=SAIRAM))).popitem()[1]

    heard = {"analyst": (1, 1), "coordinator": (5, 5)}.get(role, (5, 1))
    assert (mine, theirs) == (f"6156-2026-{heard[0]:05d}", f"6152-2026-{heard[1]:05d}")


def test_where_nobody_knows_how_many_were_lost_a_thousand_stay_free_once(server):
    giving(server, standing())
    with server.service.store.writing.begin() as session:
        lives.begin(session, at_once=False, doubt=True)

    first = giving(server, standing(), standing(received_on="2025-01-05"))
    with server.service.store.writing.begin() as session:
        lives.begin(session, at_once=True)
    later = giving(server, standing(), standing(received_on="2024-01-05"))

    assert first == [f"6156-2026-{ROOM + 2:05d}", f"6156-2025-{ROOM + 1:05d}"]
    assert later == [f"6156-2026-{ROOM + 3:05d}", "6156-2024-00001"]


def test_a_number_that_a_replaced_database_had_given_is_its_own_records_and_nobody_elses(server):
    """Whatever a laptop claims, in whatever order they come."""
    lost, other = standing(), standing()
    with server.looking() as session, session.begin():
        lives.begin(session, at_once=True, given={str(lost.record): "6156-2026-00003"})

    claims = Numbers({other.record: "6156-2026-00003", lost.record: "6156-2026-00004"})
    assert giving(server, other, told=claims) == ["6156-2026-00001"]
    assert giving(server, lost, told=claims) == ["6156-2026-00003"]
    assert giving(server, standing()) == ["6156-2026-00004"]
