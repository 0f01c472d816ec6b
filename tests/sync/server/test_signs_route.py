"""What laptops tell of their interviews: taken once and whole, and nothing tells who told it."""

import logging
from uuid import UUID, uuid1, uuid4

import msgspec
import pytest
from sqlalchemy import LargeBinary, String, Uuid, inspect, text

from sync.errors import Refused
from sync.person import REGION
from sync.quality import CARD, FEWEST, Ask, Signs, Told, number_of
from sync.server import retention
from sync.server.tables import AuditEntry, KeptAnswer, KeptSigns
from tests.servers import SAIRAM, SOZAQ, HandClock, change
from tests.sync.server.test_answers_route import answer, dump, wave

REASON = "Forty interviews under five minutes"


@pytest.fixture(name="clock")
def given_clock():
    return HandClock()


@pytest.fixture
def ended(server, clock):
    """A wave of which the last day is over, its coordinator, and an activist."""
    id, eset = wave(server)
    later(server, clock, eset, days=8)
    return id, eset, server.laptop("aidana")


def later(server, clock, *lines, days):
    """So many days later these people sign in again."""
    clock.go(days=days)
    for line in lines:
        login = line.person.id
        code = server.code(login)
        line.transport.use_token(line.transport.enrol(code, f"password of {login}", "x").token)


def told(wave, **more):
    given = {
        "pseudonym": uuid4(),
        "wave": wave,
        "district": SOZAQ,
        "signs": Signs(interviews=12, night=3, answers=100, refused=4),
        "seals": [b"x" * CARD, b"y" * CARD],
    }
    return Told(**{**given, **more})


def tell(laptop, wave, number, **more):
    rows = [told(wave, **more) for _ in range(number)]
    for one in rows:
        laptop.transport.tell_signs(one)
    return rows


def test_rows_come_to_who_checks_in_the_order_of_their_random_ids(ended):
    id, eset, aidana = ended
    rows = tell(aidana, id, 7)
    aidana.transport.tell_signs(rows[0])

    taken = eset.transport.take_signs(id, 0)

    assert [one.pseudonym for one in taken] == sorted(one.pseudonym for one in rows)
    assert {one.signs for one in taken} == {rows[0].signs}
    assert eset.transport.take_signs(id, 7) == []


def test_a_row_that_comes_again_with_other_counts_stays_as_it_was(ended):
    id, eset, aidana = ended
    rows = tell(aidana, id, FEWEST)
    aidana.transport.tell_signs(msgspec.structs.replace(rows[0], signs=Signs(interviews=99)))

    assert {one.signs for one in eset.transport.take_signs(id, 0)} == {rows[0].signs}


def test_nothing_is_told_before_the_wave_is_over(server, clock):
    id, eset = wave(server)
    aidana = server.laptop("aidana")
    with pytest.raises(Refused):
        tell(aidana, id, 1)
    later(server, clock, aidana, days=6)  # its last day
    with pytest.raises(Refused):
        tell(aidana, id, 1)

    later(server, clock, aidana, eset, days=1)
    tell(aidana, id, FEWEST)

    assert len(eset.transport.take_signs(id, 0)) == FEWEST


def test_a_district_with_fewer_than_five_laptops_is_not_shown(server, ended):
    id, eset, aidana = ended
    zere = server.laptop("zere", district=SAIRAM)
    tell(aidana, id, FEWEST - 1)
    tell(zere, id, FEWEST, district=SAIRAM)

    assert {one.district for one in eset.transport.take_signs(id, 0)} == {SAIRAM}

    tell(aidana, id, 1)
    assert len(eset.transport.take_signs(id, FEWEST)) == 2 * FEWEST


@pytest.mark.parametrize(
    "wrong",
    [
        {"district": SAIRAM},
        {"district": "nowhere"},
        {"wave": uuid4()},
        {"pseudonym": uuid1()},
        {"signs": Signs(interviews=FEWEST - 1)},
        {"signs": Signs(interviews=9, night=10)},
        {"seals": [b"x"]},
        {"seals": [b"x" * CARD] * 21},
    ],
    ids=str,
)
def test_what_no_laptop_would_tell_is_refused(ended, wrong):
    id, eset, aidana = ended
    tell(aidana, id, FEWEST)

    with pytest.raises(Refused):
        tell(aidana, **{"wave": id, "number": 1, **wrong})

    assert len(eset.transport.take_signs(id, 0)) == FEWEST


def test_only_the_districts_of_a_wave_tell(server, clock):
    id, _ = wave(server, districts=[SAIRAM])
    clock.go(days=8)

    with pytest.raises(Refused):
        tell(server.laptop("aidana"), id, 1)


def test_a_district_that_no_region_has_is_refused_whatever_the_wave_says(server, clock):
    id, eset = wave(server, districts=["nowhere", SOZAQ])
    later(server, clock, eset, days=8)

    with pytest.raises(Refused):
        tell(eset, id, 1, district="nowhere")


def test_of_a_wave_without_a_last_day_nothing_is_told(server):
    eset = server.laptop("eset", "coordinator")
    made = change("wave", district="region", title="Ашық", form=str(uuid4()))
    assert eset.exchange(made).refused == []

    with pytest.raises(Refused):
        tell(server.laptop("aidana"), made.record, 1)


def test_leaders_analysts_and_officers_are_not_given_them(server, ended):
    id, _, aidana = ended
    tell(aidana, id, FEWEST)

    for role in ("leader", "analyst", "integrity_officer", "administrator"):
        district = SOZAQ if role == "leader" else REGION
        with pytest.raises(Refused):
            server.laptop(role[:4], role, district=district).transport.take_signs(id, 0)


# nothing tells who told it


def test_the_table_has_no_room_for_a_trace():
    columns = {column.name: type(column.type) for column in inspect(KeptSigns).columns}

    assert columns == {
        "id": Uuid,
        "wave": Uuid,
        "district": String,
        "body": LargeBinary,
        "seals": LargeBinary,
    }


def test_rows_lie_by_their_ids_and_are_of_one_length(server, ended):
    id, _, aidana = ended
    rows = [*tell(aidana, id, 20), *tell(aidana, id, 5, signs=Signs(interviews=5))]

    with server.looking() as session:
        lying = [UUID(str(one)) for one in session.scalars(text("SELECT id FROM signs"))]
        lengths = {len(one.body) for one in session.query(KeptSigns)}
        if session.get_bind().dialect.name == "sqlite":
            assert lying == sorted(one.pseudonym for one in rows)
            made = session.scalar(text("SELECT sql FROM sqlite_master WHERE name = 'signs'"))
            assert "WITHOUT ROWID" in made
    assert len(lengths) == 1


def test_nothing_else_in_the_database_changes(server, ended):
    id, _, aidana = ended
    before = dump(server) | {"signs": []}

    tell(aidana, id, 1)

    assert dump(server) | {"signs": []} == before


def test_no_line_is_logged(server, ended, caplog):
    id, eset, aidana = ended
    caplog.clear()
    with caplog.at_level(logging.DEBUG):
        tell(aidana, id, FEWEST)
        with pytest.raises(Refused):
            tell(aidana, uuid4(), 1)
        eset.transport.take_signs(id, 0)

    assert not [record for record in caplog.records if record.name.startswith("dala")]


def test_the_audit_has_who_took_them_and_not_who_told(server, ended):
    id, eset, aidana = ended
    tell(aidana, id, FEWEST)
    eset.transport.take_signs(id, 0)

    with server.looking() as session:
        acts = [(row.who, row.act, row.district) for row in session.query(AuditEntry)]
    assert ("eset", "read_signs", REGION) in acts
    assert all(who != "aidana" or act == "enrolled" for who, act, _ in acts)


# whose it is


def test_an_officer_gets_a_card_for_a_reason_that_coordinators_read(server, ended):
    id, eset, aidana = ended
    row = tell(aidana, id, FEWEST)[0]
    manas = server.laptop("manas", "integrity_officer", district=REGION)

    card = manas.transport.ask_card(Ask(id, number_of(row.pseudonym), f" {REASON} "))

    assert (card.pseudonym, card.seals) == (row.pseudonym, row.seals)
    told = [one for one in eset.transport.audit(0, 0).rows if one.act == "opened_card"]
    assert [(one.who, one.about, one.district) for one in told] == [("manas", REASON, REGION)]


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("", REASON),
        ("0000-0000", REASON),
        ("own", "because"),
        ("own", " " * 20),
        ("own", "x" * 501),
    ],
)
def test_without_a_number_and_a_reason_no_card_is_given(server, ended, number, reason):
    id, eset, aidana = ended
    row = tell(aidana, id, FEWEST)[0]
    manas = server.laptop("manas", "integrity_officer", district=REGION)

    asked = number_of(row.pseudonym) if number == "own" else number
    with pytest.raises(Refused):
        manas.transport.ask_card(Ask(id, asked, reason))

    assert "opened_card" not in {one.act for one in eset.transport.audit(0, 0).rows}


def test_a_number_that_names_none_or_two_gets_no_card(server, ended):
    id, _, aidana = ended
    manas = server.laptop("manas", "integrity_officer", district=REGION)
    one = uuid4()
    twin = UUID(hex=one.hex[:8] + uuid4().hex[8:])
    aidana.transport.tell_signs(told(id, pseudonym=one))

    with pytest.raises(Refused):
        manas.transport.ask_card(Ask(id, "", REASON))
    aidana.transport.tell_signs(told(id, pseudonym=twin))
    with pytest.raises(Refused):
        manas.transport.ask_card(Ask(id, number_of(one), REASON))


def test_nobody_else_is_given_a_card(server, ended):
    id, eset, aidana = ended
    row = tell(aidana, id, FEWEST)[0]

    for laptop in (eset, aidana):
        with pytest.raises(Refused):
            laptop.transport.ask_card(Ask(id, number_of(row.pseudonym), REASON))


# how it ends


def test_it_goes_with_the_answers_of_the_wave_also_where_none_came(server, clock, ended):
    id, eset, aidana = ended
    zere = server.laptop("zere", district=SAIRAM)
    aidana.transport.send_answers([answer(id)])
    tell(aidana, id, FEWEST)
    tell(zere, id, FEWEST, district=SAIRAM)

    later(server, clock, eset, days=85)
    retention.run(server.service, everything=True)
    assert len(eset.transport.take_signs(id, 0)) == 2 * FEWEST

    clock.go(days=10)
    retention.run(server.service, everything=True)
    with server.looking() as session:
        assert session.query(KeptSigns).count() == 0
        assert session.query(KeptAnswer).count() == 0
