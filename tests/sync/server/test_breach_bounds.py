"""Bounds of a breach that are easily set too low: own late edits, restored servers, officers' letters."""

from datetime import timedelta

from sqlalchemy import select, update

from sync.person import SERVER
from sync.server import admin, audit
from sync.server.accounts import utc_now
from sync.server.audit import Act
from sync.server.breach.words import page
from sync.server.tables import Device, Entry, LateEdit
from tests.servers import SAIRAM, SOZAQ
from tests.sync.server.test_breach import about, drill, last_contact, people
from tests.sync.server.test_reports_route import letter as sealed_letter


def moved_to(server, login, district):
    with server.service.store.writing.begin() as session:
        moved = admin.set_role(session, server.service.pack, login, "activist", district)
        admin.note(session, "set-role", moved)


def test_what_a_laptop_wrote_for_a_district_that_its_person_had_left_is_told_of_it(
    server, tmp_path
):
    """Sent late, it waits for a leader; on the laptop that wrote it, it is all the same."""
    aidana, lea = server.laptop("aidana"), server.laptop("lea", "leader")
    moved_to(server, "aidana", SAIRAM)
    lea.exchange(about("Кейін келген"))
    aidana.exchange(about("Кешіккен"))

    for said in ({"login": "aidana"}, {"device": str(aidana.device)}):
        assert people(server, tmp_path, **said).keys() == {"Кешіккен"}
    with server.looking() as session:
        [waiting] = session.scalars(select(LateEdit.change)).all()
    lea.transport.decide_late(waiting, take=True)
    assert people(server, tmp_path, login="aidana").keys() == {"Кешіккен"}
    assert SOZAQ in drill(server, login="aidana").districts


def test_a_leader_who_takes_a_late_edit_is_no_contact_of_the_laptop_that_wrote_it(server):
    aidana, lea = server.laptop("aidana"), server.laptop("lea", "leader")
    moved_to(server, "aidana", SAIRAM)
    late = about("Кешіккен")
    aidana.exchange(late)
    with server.looking() as session, session.begin():
        [waiting] = session.scalars(select(LateEdit.change)).all()
        then = utc_now() - timedelta(days=10)
        session.execute(update(LateEdit).values(received=then))
    last_contact(server, aidana.device, 10)

    lea.transport.decide_late(waiting, take=True)

    [laptop] = drill(server, device=str(aidana.device)).laptops
    assert laptop.surely < utc_now() - timedelta(days=9)
    assert laptop.latest < utc_now() - timedelta(days=9)


def test_a_restored_server_does_not_know_until_when_a_laptop_was_in_contact(server, tmp_path):
    """The end of its token stands there as the backup had it; it may have been renewed since."""
    aidana, lea = server.laptop("aidana"), server.laptop("lea", "leader")
    last_contact(server, aidana.device, 10)
    with server.looking() as session, session.begin():
        session.execute(update(Device).values(revoked=None))
        put_back = utc_now() - timedelta(days=5)
        audit.note(session, SERVER, Act.RESTORED, {"backup": "20261120T020000Z"}, put_back)
    between, after = about("Арада"), about("Кейін")
    lea.exchange(between, after)
    with server.looking() as session, session.begin():
        for one, typed in ((between, 8), (after, 2)):  # told again, and new
            said = {"at": utc_now() - timedelta(days=typed)}
            said["received"] = utc_now() - timedelta(days=min(typed, 4))
            session.execute(update(Entry).where(Entry.record == one.record).values(**said))

    assert people(server, tmp_path, device=str(aidana.device)).keys() == {"Арада"}
    told = drill(server, device=str(aidana.device))
    assert told.laptops[0].latest == told.restored == put_back


def test_of_an_officers_laptop_it_says_how_many_sealed_letters_lie_there_and_what_is_urgent(
    server,
):
    aidana, zere = server.laptop("aidana"), server.laptop("zere", "integrity_officer")
    letters = [sealed_letter() for _ in range(3)]
    for one in letters:
        aidana.transport.hand_in(one)
    assert len(zere.transport.take_letters([one.id for one in letters])) == 3
    zere.transport.take_letters([letters[0].id])  # its answer was lost

    told = drill(server, device=str(zere.device))

    assert told.letters == 3
    assert "that this officer took: 3" in "\n".join(page(server.service, told, "en"))
    other = drill(server, device=str(aidana.device))
    assert other.letters == 0
    assert "custodians" not in "\n".join(page(server.service, other, "en"))
