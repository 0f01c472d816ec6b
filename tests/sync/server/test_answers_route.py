"""Anonymous answers: taken whole, given to those who rate, and nothing tells who sent them."""

import logging
from datetime import date
from uuid import UUID, uuid1, uuid4

import msgspec
import pytest
from sqlalchemy import LargeBinary, String, Uuid, inspect, text

from sync.answers import ROOM, Answer, mark_of
from sync.change import SyncRequest
from sync.errors import Refused
from sync.server.tables import KeptAnswer, ServerBase
from tests.servers import SAIRAM, SOZAQ, change

FORM = uuid4()


def wave(server, **more):
    eset = server.laptop("eset", "coordinator")
    made = change(
        "wave",
        district="region",
        title="Қараша",
        form=str(FORM),
        starts_on="2026-11-01",
        ends_on="2026-11-30",
        **more,
    )
    assert eset.exchange(made).refused == []
    return made.record, eset


def answer(wave, **more):
    given = {
        "wave": wave,
        "form": FORM,
        "district": SOZAQ,
        "okrug": "",
        "on": date(2026, 11, 1),
        "values": {"q1": "4"},
    }
    return Answer(**{**given, **more})


def test_answers_come_to_those_who_rate_in_the_order_of_their_random_ids(server):
    id, eset = wave(server)
    aidana = server.laptop("aidana")
    sent = [answer(id) for _ in range(20)]

    aidana.transport.send_answers(sent)
    aidana.transport.send_answers(sent)

    assert eset.transport.take_answers(id, 0) == sorted(sent, key=lambda one: one.id.bytes)
    assert eset.transport.take_answers(id, 20) == []


def test_a_leader_sees_the_own_district_an_analyst_all_an_activist_none(server):
    id, _ = wave(server)
    aidana, zere = server.laptop("aidana"), server.laptop("zere", district=SAIRAM)
    leader, analyst = server.laptop("lead", "leader"), server.laptop("ana", "analyst")
    aidana.transport.send_answers([answer(id)])
    zere.transport.send_answers([answer(id, district=SAIRAM)])

    assert [one.district for one in leader.transport.take_answers(id, 0)] == [SOZAQ]
    assert len(analyst.transport.take_answers(id, 0)) == 2
    with pytest.raises(Refused):
        aidana.transport.take_answers(id, 0)


def told(laptop, mark=""):
    return laptop.transport.exchange(SyncRequest(cursors={}, changes=[], answers=mark)).answers


def test_those_who_rate_are_told_how_many_answers_there_are_where_they_knew_others(server):
    id, eset = wave(server)
    aidana, zere = server.laptop("aidana"), server.laptop("zere", district=SAIRAM)
    leader, analyst = server.laptop("lead", "leader"), server.laptop("ana", "analyst")
    assert told(eset) is None

    aidana.transport.send_answers([answer(id)])
    zere.transport.send_answers([answer(id, district=SAIRAM)])

    assert told(eset) == told(analyst) == {id: 2}
    assert told(leader) == {id: 1}
    assert told(aidana) is None
    assert told(eset, mark_of({id: 2})) is None
    assert told(eset, mark_of({id: 1})) == {id: 2}


@pytest.mark.parametrize(
    "wrong",
    [
        {"district": SAIRAM},
        {"district": "nowhere"},
        {"form": uuid4()},
        {"wave": uuid4()},
        {"okrug": "free:615600000:Ақкөл"},
        {"okrug": SAIRAM},
        {"values": {"q": "ұ" * 70_000}},
        {"id": uuid1()},
    ],
    ids=str,
)
def test_a_batch_is_taken_whole_or_not_at_all(server, wrong):
    id, eset = wave(server)
    aidana = server.laptop("aidana")

    with pytest.raises(Refused):
        aidana.transport.send_answers([answer(id), answer(**{"wave": id, **wrong})])

    assert eset.transport.take_answers(id, 0) == []


def test_only_the_districts_of_a_wave_answer(server):
    id, _ = wave(server, districts=[SAIRAM])
    aidana = server.laptop("aidana")

    with pytest.raises(Refused):
        aidana.transport.send_answers([answer(id)])


def test_readers_send_no_answers(server):
    id, _ = wave(server)
    analyst = server.laptop("ana", "analyst")

    with pytest.raises(Refused):
        analyst.transport.send_answers([answer(id)])


def test_the_table_has_no_room_for_a_trace():
    columns = {column.name: type(column.type) for column in inspect(KeptAnswer).columns}

    assert columns == {"id": Uuid, "wave": Uuid, "district": String, "body": LargeBinary}
    assert Answer.__struct_fields__ == ("id", "wave", "form", "district", "okrug", "on", "values")


def test_what_the_shape_does_not_name_is_dropped(server):
    id, _ = wave(server)
    aidana = server.laptop("aidana")
    body = msgspec.to_builtins(answer(id)) | {"author": "aidana", "at": "2026-11-05T10:00:00Z"}

    aidana.transport._call("POST", "/v1/answers", msgspec.json.encode([body]))

    with server.looking() as session:
        kept = session.query(KeptAnswer).one()
    assert b"aidana" not in kept.body
    assert b"10:00" not in kept.body


def test_whoever_sees_the_line_cannot_tell_how_many_were_sent(server):
    id, eset = wave(server)
    aidana = server.laptop("aidana")
    sizes = []
    for number in (1, 5, 12, 30):
        before = aidana.transport.sent_bytes
        aidana.transport.send_answers([answer(id) for _ in range(number)])
        sizes.append(aidana.transport.sent_bytes - before)

    assert set(sizes) == {ROOM}
    assert len(eset.transport.take_answers(id, 0)) == 48


def test_of_an_older_laptop_neither_the_day_nor_what_its_form_noted_is_kept(server):
    id, eset = wave(server)
    aidana = server.laptop("aidana")
    noted = {
        "start": "2026-11-05T10:00:00.000+05:00",
        "today": "2026-11-05",
        "at": "43.3 68.2 0 0",
    }
    said = answer(id, on=date(2026, 11, 5), values={"q1": "4", "met": "2026-10-05", **noted})

    aidana.transport.send_answers([said])

    [kept] = eset.transport.take_answers(id, 0)
    assert kept.on == date(2026, 11, 1)
    assert kept.values == {"q1": "4", "met": "2026-10-05"}


def test_a_batch_lies_in_the_order_of_its_ids_on_the_disk(server):
    id, _ = wave(server)
    aidana = server.laptop("aidana")
    sent = [answer(id) for _ in range(50)]

    aidana.transport.send_answers(sent)

    with server.looking() as session:
        sqlite = session.get_bind().dialect.name == "sqlite"
        lying = session.execute(
            text("SELECT id FROM answer" if sqlite else "SELECT id FROM answer ORDER BY ctid")
        ).scalars()
        assert [UUID(str(one)) for one in lying] == sorted(one.id for one in sent)
        if sqlite:
            made = session.scalar(text("SELECT sql FROM sqlite_master WHERE name = 'answer'"))
            assert "WITHOUT ROWID" in made


def test_nothing_else_in_the_database_changes_with_a_batch(server):
    id, _ = wave(server)
    aidana = server.laptop("aidana")
    before = dump(server)

    aidana.transport.send_answers([answer(id)])

    assert dump(server) == before


def dump(server):
    with server.looking() as session:
        return {
            table.name: session.execute(table.select()).all()
            for table in ServerBase.metadata.sorted_tables
            if table.name != "answer"
        }


def test_no_line_is_logged(server, caplog):
    id, eset = wave(server)
    aidana = server.laptop("aidana")
    caplog.clear()
    with caplog.at_level(logging.DEBUG):
        aidana.transport.send_answers([answer(id)])
        with pytest.raises(Refused):
            aidana.transport.send_answers([answer(uuid4())])
        eset.transport.take_answers(id, 0)
        assert not [record for record in caplog.records if record.name.startswith("dala")]

        aidana.exchange()

    lines = [record.getMessage() for record in caplog.records if record.name == "dala.server"]
    assert len(lines) == 1
    assert lines[0].startswith("POST /v1/sync 200")
