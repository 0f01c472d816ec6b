"""A laptop is lost: everybody who may stand on it is found, nobody of another district is."""

import csv
import os
from dataclasses import replace
from datetime import date, timedelta
from io import StringIO
from time import monotonic

import msgspec
import pytest
from sqlalchemy import delete, select, update

from sync.cells import out_of_csv
from sync.change import Change
from sync.errors import UserError
from sync.exports import Exported
from sync.person import SERVER
from sync.server import admin, audit
from sync.server.__main__ import main
from sync.server.accounts import utc_now
from sync.server.audit import Act
from sync.server.breach import command
from sync.server.breach.holding import Window, stock
from sync.server.breach.words import due, page
from sync.server.daily import KEEPER
from sync.server.tables import Device, Entry, Kept, LateEdit
from tests.servers import SAIRAM, SOZAQ, change, whole_issue

KELES = "613900000"
SOAK = bool(os.environ.get("DALA_SOAK"))
MANY = 10_000 if SOAK else 1_000  # records, half of them of another district
AT_ONCE = 500
CONSENT = {"consent_way": "signed", "consent_on": "2026-11-05"}
PHONE = "+77011234567"


def about(who, district=SOZAQ, **more):
    """An issue of a named citizen."""
    return whole_issue(district=district, applicant=who, **{**CONSENT, **more})


def drill(server, folder=None, **more):
    said = {"login": "", "device": "", "since": None, "until": None, **more}
    return command.run(server.service, folder=folder, **said)[0]


def people(server, tmp_path, **more):
    """{name: row} of the table of people."""
    folder = tmp_path / f"breach-{len(list(tmp_path.iterdir()))}"
    drill(server, folder, **more)
    text = (folder / "people.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(StringIO(text, newline=""), delimiter=";"))
    return {out_of_csv(row["Person"]): row for row in rows}


def heard(server, days, *records):
    """As if the server had taken all edits of these records so many days ago."""
    ids = [one.record if isinstance(one, Change) else one for one in records]
    with server.looking() as session, session.begin():
        then = utc_now() - timedelta(days=days)
        session.execute(update(Entry).where(Entry.record.in_(ids)).values(received=then))


def last_contact(server, device, days):
    """As if this laptop had been in contact so many days ago for the last time."""
    with server.looking() as session, session.begin():
        then = utc_now() - timedelta(days=days)
        enrolled = utc_now() - timedelta(days=900)
        said = {"until": then, "revoked": then, "enrolled": enrolled}
        session.execute(update(Device).where(Device.id == device).values(**said))
        session.execute(update(Entry).where(Entry.device == device).values(received=then))


def test_of_many_records_all_planted_people_are_found_and_none_of_another_district(
    server, tmp_path
):
    aidana, other = server.laptop("aidana"), server.laptop("other", district=SAIRAM)
    for laptop, place in ((aidana, SOZAQ), (other, SAIRAM)):
        for first in range(0, MANY // 2, AT_ONCE):
            laptop.exchange(
                *(
                    about(f"Азамат {place} {first + number}", place)
                    if number % 5 == 0
                    else whole_issue(district=place)
                    for number in range(min(AT_ONCE, MANY // 2 - first))
                )
            )
    planted = {f"Азамат {SOZAQ} {number}" for number in range(0, MANY // 2, 5)}

    began = monotonic()
    found = people(server, tmp_path, device=str(aidana.device))
    took = monotonic() - began

    assert found.keys() == planted
    assert took < 60
    told = drill(server, login="aidana")
    assert (told.records, told.with_people, told.citizens) == (
        MANY // 2,
        len(planted),
        len(planted),
    )
    assert told.districts == ["region", SOZAQ]


def test_the_page_and_the_document_name_no_citizen_and_the_audit_tells_of_the_look(
    server, tmp_path
):
    aidana = server.laptop("aidana")
    aidana.exchange(about("Сәуле Құрманқызы", phone=PHONE))

    told, files = command.run(
        server.service, login="", device=str(aidana.device), since=None, until=None,
        folder=tmp_path / "drafts",
    )  # fmt: skip

    document = msgspec.json.encode(command.shown(server.service, told, files, as_json=True))
    shown = "\n".join(command.shown(server.service, told, files, as_json=False))
    for text in (document.decode(), shown):
        assert "Сәуле" not in text
        assert PHONE not in text
    with server.looking() as session:
        row = list(audit.rows(session))[-1]
        assert audit.broken(session) is None
    said = msgspec.json.decode(row.subject)
    assert (row.who, row.act) == (SERVER, Act.ADMINISTERED)
    assert said["action"] == "breach"
    assert (said["records"], said["people"], said["folder"]) == (1, 1, True)


def test_drafts_are_written_in_two_languages_for_their_owner_alone_and_are_no_formula(
    server, tmp_path
):
    aidana = server.laptop("aidana")
    aidana.exchange(about("=cmd|' /C calc'!A0", phone=PHONE))
    folder = tmp_path / "drafts"

    drill(server, folder, login="aidana")

    assert {path.name for path in folder.iterdir()} == {
        "authority.kk.txt", "authority.ru.txt", "people.csv", "person.kk.txt", "person.ru.txt",
        "report.kk.txt", "report.ru.txt",
    }  # fmt: skip
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700
    assert "\"'=cmd" in (folder / "people.csv").read_text(encoding="utf-8-sig")
    letter = (folder / "authority.ru.txt").read_text(encoding="utf-8")
    assert "граждане, не более 1" in letter
    assert "Проблема: Телефон" in letter
    assert due(server.service.now().astimezone().date()).strftime("%d.%m.%Y") in letter
    for path in folder.glob("*.txt"):
        assert "{" not in path.read_text(encoding="utf-8")
        assert "Сәуле" not in path.read_text(encoding="utf-8")
    with pytest.raises(UserError, match="already"):
        drill(server, folder, login="aidana")


@pytest.mark.parametrize(
    ("found", "by"),
    [
        (date(2026, 11, 26), date(2026, 11, 27)),
        (date(2026, 11, 27), date(2026, 11, 30)),  # a Friday
        (date(2026, 11, 28), date(2026, 11, 30)),
        (date(2026, 11, 29), date(2026, 11, 30)),
    ],
)
def test_the_next_day_that_is_no_weekend_is_the_last_to_tell_the_body(found, by):
    assert due(found) == by


def test_a_name_that_was_taken_out_after_the_last_contact_is_still_on_the_laptop(server, tmp_path):
    aidana, lea = server.laptop("aidana"), server.laptop("lea", "leader")
    gone, before, replaced = about("Кетті"), about("Бұрын"), about("Ескі аты")
    lately = about("Көшірмеде")
    lea.exchange(gone, before, replaced, lately)
    heard(server, 300, gone, before, replaced, lately)
    last_contact(server, aidana.device, 10)
    lea.exchange()
    for one in (gone, before, lately):
        lea.exchange(
            change("issue", one.record, base=lea.cursors[SOZAQ], consent_ended="2026-11-20",
                   applicant=None)
        )  # fmt: skip
    lea.exchange(change("issue", replaced.record, base=lea.cursors[SOZAQ], applicant="Жаңа аты"))
    with server.looking() as session, session.begin():
        for one, days in ((before, 100), (lately, 30)):  # long before, and within the copies' time
            edits = select(Entry.change).where(Entry.record == one.record)
            last = session.scalars(edits.order_by(Entry.revision.desc())).first()
            then = utc_now() - timedelta(days=days)
            session.execute(update(Entry).where(Entry.change == last).values(received=then))

    found = people(server, tmp_path, device=str(aidana.device))

    assert found.keys() == {"Кетті", "Ескі аты", "Көшірмеде"}
    assert found["Кетті"]["Consent"] == "withdrawn"
    assert people(
        server, tmp_path, device=str(aidana.device), since=date(2020, 1, 1)
    ).keys() == {"Кетті", "Ескі аты", "Көшірмеде", "Бұрын"}  # fmt: skip


def test_what_came_after_the_last_possible_contact_is_not_told(server, tmp_path):
    aidana, lea = server.laptop("aidana"), server.laptop("lea", "leader")
    old, new = about("Бұрынғы"), about("Кейінгі")
    typed = utc_now() - timedelta(days=30)  # without a line: the server had it after the contact
    lea.exchange(old, msgspec.structs.replace(new, at=typed))
    heard(server, 20, old)
    last_contact(server, aidana.device, 10)

    assert people(server, tmp_path, device=str(aidana.device)).keys() == {"Бұрынғы"}
    assert people(server, tmp_path, login="lea").keys() == {"Бұрынғы", "Кейінгі"}


def test_after_a_restore_what_is_told_again_counts_by_when_it_was_written(server, tmp_path):
    aidana, lea = server.laptop("aidana"), server.laptop("lea", "leader")
    again, new = about("Қайта айтылған"), about("Кейінгі")
    typed = msgspec.structs.replace(again, at=utc_now() - timedelta(days=20))
    last_contact(server, aidana.device, 10)
    with server.service.store.writing.begin() as session:
        now = utc_now() - timedelta(days=1)
        audit.note(session, SERVER, Act.RESTORED, {"backup": "b"}, now)
    lea.exchange(typed, new)

    assert people(server, tmp_path, device=str(aidana.device)).keys() == {"Қайта айтылған"}
    assert drill(server, device=str(aidana.device)).restored is not None


def test_a_district_that_the_account_had_left_before_is_told_only_for_the_time_before(
    server, tmp_path
):
    aidana = server.laptop("aidana")
    lea, sairam = server.laptop("lea", "leader"), server.laptop("sairam", "leader", SAIRAM)
    with server.service.store.writing.begin() as session:
        result = admin.set_role(session, server.service.pack, "aidana", "activist", SAIRAM)
        moved = {"action": "set-role", **result}
        first = {**moved, "action": "add-account", "district": SOZAQ}
        begun, then = utc_now() - timedelta(days=400), utc_now() - timedelta(days=100)
        audit.note(session, SERVER, Act.ADMINISTERED, first, begun)
        audit.note(session, SERVER, Act.ADMINISTERED, moved, then)
    old, new, there = about("Созақтан"), about("Кеткен соң"), about("Сайрамнан", SAIRAM)
    lea.exchange(old, new)
    sairam.exchange(there)
    heard(server, 200, old, there)
    heard(server, 50, new)
    last_contact(server, aidana.device, 10)

    assert people(server, tmp_path, device=str(aidana.device)).keys() == {"Сайрамнан"}
    ever = people(server, tmp_path, device=str(aidana.device), since=date(2020, 1, 1))
    assert ever.keys() == {"Сайрамнан", "Созақтан"}
    told = drill(server, device=str(aidana.device))
    assert told.districts == ["region", SAIRAM]
    assert not told.unknown_rights
    early = drill(
        server,
        login="aidana",
        since=date(2020, 1, 1),
        until=utc_now().date() - timedelta(days=150),
    )
    assert (early.districts, early.with_people) == (["region", SOZAQ], 1)
    assert drill(server, device=str(aidana.device), since=date(2020, 1, 1)).unknown_rights


def test_where_rights_of_the_past_were_not_written_down_edits_tell_of_the_district(
    server, tmp_path
):
    aidana, other = server.laptop("aidana"), server.laptop("other", "coordinator")
    aidana.exchange(about("Бұрынғы аудан"))
    other.exchange(about("Басқаның жазғаны", KELES))
    with server.service.store.writing.begin() as session:
        result = admin.set_role(session, server.service.pack, "aidana", "activist", SAIRAM)
        moved = {"action": "set-role", **result}
        audit.note(session, SERVER, Act.ADMINISTERED, moved, utc_now())
        others = {**moved, "login": "other", "district": KELES}
        audit.note(session, SERVER, Act.ADMINISTERED, others, utc_now())

    assert people(server, tmp_path, login="aidana").keys() == {"Бұрынғы аудан"}
    told = drill(server, login="aidana")
    assert told.unknown_rights
    assert told.districts == ["region", SOZAQ, SAIRAM]


def test_whoever_has_no_right_to_peoples_data_could_hold_none(server, tmp_path):
    server.laptop("analyst", "analyst")
    lea = server.laptop("lea", "leader")
    lea.exchange(about("Азамат"))
    coordinator = server.laptop("eset", "coordinator")
    coordinator.exchange(
        change("official", district="region", post="Әкім", name="Ахмет", body="akimat")
    )

    told = drill(server, login="analyst")

    assert (told.districts, told.with_people, told.officials) == (["region"], 0, 1)
    assert people(server, tmp_path, login="eset").keys() == {"Азамат"}


def test_whoever_is_closed_long_ago_is_told_and_counted_apart(server, tmp_path):
    aidana, lea = server.laptop("aidana"), server.laptop("lea", "leader")
    closed, lately, commented, open_ = (about(f"Азамат {n}", state=state) for n, state in
                                        enumerate(("closed", "closed", "closed", "answered")))  # fmt: skip
    records = (closed, lately, commented, open_)
    lea.exchange(*records)
    lea.exchange(*(change("issue", one.record, base=-2, review="sent") for one in records))
    lea.exchange()
    lea.exchange(*(change("issue", one.record, base=lea.cursors[SOZAQ], review="approved")
                   for one in records))  # fmt: skip
    remark = change("comment", parent=commented.record, text="Қоңырау шалды")
    lea.exchange(remark)
    heard(server, 300, closed, commented, open_)
    heard(server, 60, lately, remark)
    last_contact(server, aidana.device, 10)

    found = people(server, tmp_path, device=str(aidana.device))

    assert len(found) == 4
    left = {name for name, row in found.items() if row[LEFT] == "yes"}
    assert left == {"Азамат 0"}
    assert drill(server, device=str(aidana.device)).left == 1


LEFT = "Words have left a laptop in use"


def test_what_was_erased_is_gone_from_a_laptop_that_heard_of_it_and_counted_where_it_did_not(
    server,
):
    aidana, lea = server.laptop("aidana"), server.laptop("lea", "leader")
    heard_of, between, unheard = about("Бір"), about("Аралықта"), about("Екі")
    records = (heard_of, between, unheard)
    lea.exchange(*records)
    lea.exchange(*(change("issue", one.record, erased="request") for one in records))
    heard(server, 20, heard_of)
    heard(server, 12, between)
    last_contact(server, aidana.device, 10)
    with server.looking() as session, session.begin():
        for one in (between, unheard):
            edits = select(Entry.change).where(Entry.record == one.record)
            first = session.scalars(edits.order_by(Entry.revision)).first()
            then = utc_now() - timedelta(days=20)
            session.execute(update(Entry).where(Entry.change == first).values(received=then))

    told = drill(server, device=str(aidana.device))

    assert told.erased == {"issue": 1}
    assert told.with_people == 0
    before = drill(server, login="aidana", until=(utc_now() - timedelta(days=15)).date())
    assert before.erased == {"issue": 2}  # as it was on that day


def test_an_old_program_may_have_been_in_contact_until_now_and_surely_was_when_it_told_something(
    server,
):
    aidana, lea = server.laptop("aidana"), server.laptop("lea", "leader")
    one = about("Бір")
    lea.exchange(one, change("issue", one.record, erased="request"))
    heard(server, 20, one)
    with server.looking() as session, session.begin():
        said = {"until": None, "enrolled": utc_now() - timedelta(days=50)}
        session.execute(update(Device).where(Device.id == aidana.device).values(**said))

    told = drill(server, device=str(aidana.device))

    assert told.laptops[0].surely < utc_now() - timedelta(days=49)
    assert told.laptops[0].latest > utc_now() - timedelta(days=1)
    assert told.erased == {"issue": 1}


def test_a_refused_edit_is_told_of_the_laptop_that_wrote_it_and_of_no_other(server, tmp_path):
    aidana, other = server.laptop("aidana"), server.laptop("other")
    refused = about("Қайтарылған", category="no such category")
    assert aidana.exchange(refused).refused
    with server.looking() as session:
        kept = session.scalars(select(Entry.fields).where(Entry.record == refused.record)).one()
    if "applicant" not in kept:
        pytest.skip("the ledger keeps no words of what it refused")

    assert people(server, tmp_path, login="aidana").keys() == {"Қайтарылған"}
    assert people(server, tmp_path, device=str(other.device)) == {}


def test_a_late_edit_is_told_of_leaders_who_decide_about_it_and_not_of_activists(server, tmp_path):
    aidana, _ = server.laptop("aidana"), server.laptop("lea", "leader")
    server.laptop("activist")
    with server.service.store.writing.begin() as session:
        admin.set_role(session, server.service.pack, "aidana", "activist", SAIRAM)
    aidana.exchange(about("Кешіккен"))
    with server.looking() as session:
        assert session.scalars(select(LateEdit.record)).all()

    assert people(server, tmp_path, login="lea").keys() == {"Кешіккен"}
    assert people(server, tmp_path, login="activist") == {}


def test_a_person_is_counted_once_however_they_are_written(server, tmp_path):
    aidana = server.laptop("aidana")
    aidana.exchange(
        about("Сәуле Құрманқызы", phone=PHONE),
        about("САУЛЕ  КУРМАНКЫЗЫ", phone="8 701 123 45 67"),
        about("Тек аты"),
        about("Куәмен", consent_way="spoken_witness", consent_witness="Куәгер Болат"),
    )

    later = about("Телефоны кейін")
    aidana.exchange(later, change("issue", later.record, base=-2, phone="+77017654321"))

    told = drill(server, login="aidana")

    assert (told.with_people, told.citizens) == (5, 5)  # four, and a witness
    assert len([one for one in people(server, tmp_path, login="aidana") if "кейін" in one]) == 1
    purposes = {(one.field, one.purpose, one.records) for one in told.fields}
    assert {("applicant", "contact", 5), ("phone", "contact", 3)} <= purposes
    assert ("consent_witness", "consent_proof", 1) in purposes


def test_its_files_and_acts_are_told_and_those_of_others_are_not(server):
    aidana, other = server.laptop("aidana"), server.laptop("other")
    for laptop, rows in ((aidana, 12), (other, 99)):
        one = Exported(id=f"e{rows}", at=utc_now(), kind="issue", format="csv", rows=rows)
        laptop.exchange(exported=[one])

    told = drill(server, device=str(aidana.device))

    assert [one.rows for one in told.exports] == [12]
    assert told.acts == {"enrolled": 1, "exported": 1}


def test_the_page_says_what_protects_the_laptop_and_what_to_do(server):
    aidana = server.laptop("aidana")
    id = str(aidana.device)

    def said():
        return "\n".join(page(server.service, drill(server, device=id), "en"))

    assert f"“admin revoke {id}” closes it at once" in said()
    with server.service.store.writing.begin() as session:
        admin.wipe(session, id)
    assert "asked to delete its work" in said()
    with server.service.store.writing.begin() as session:
        admin.revoke(session, id)
    assert "was closed for the server" in said()
    assert "admin revoke" not in said()


@pytest.mark.parametrize("said", [{}, {"login": "a", "device": "b"}, {"login": "nobody"},
                                  {"device": "nobody"}, {"device": "4f0d2ff0-0000-4000-8000-0"},
                                  {"device": "4f0d2ff0-0000-4000-8000-000000000000"},
                                  {"login": "unbound"}])  # fmt: skip
def test_what_is_nobodys_is_refused_in_words_and_leaves_no_row(server, said):
    server.account("unbound")

    with pytest.raises(UserError):
        drill(server, **said)

    with server.looking() as session:
        assert list(audit.rows(session)) == []


def test_without_the_right_to_peoples_data_no_name_is_read_whatever_the_stream_holds(server):
    aidana, lea = server.laptop("aidana"), server.laptop("lea", "leader")
    lea.exchange(about("Азамат"))
    with server.service.store.writing.begin() as session:
        admin.set_role(session, server.service.pack, "aidana", "activist", SAIRAM)
    aidana.exchange(about("Кешіккен"))
    now = utc_now()
    seen = Window(since=now, until=now, surely=now, private=False, late=True, devices=frozenset(),
                  last=now)  # fmt: skip

    with server.service.reading(KEEPER) as session:
        for private, people in ((False, 0), (True, 2)):
            window = replace(seen, private=private)
            assert len(stock(session, SOZAQ, window, server.service.terms).found) == people


def test_records_of_which_the_ledger_knows_nothing_are_told(server, tmp_path):
    aidana = server.laptop("aidana")
    one = about("Тарихы жоқ")
    aidana.exchange(one)
    with server.looking() as session, session.begin():
        session.execute(delete(Entry))
        assert session.scalars(select(Kept.id)).all()

    assert people(server, tmp_path, login="aidana").keys() == {"Тарихы жоқ"}


def test_the_command_prints_a_page_or_a_document(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("DALA_DATA", str(tmp_path / "data"))
    main(["prepare"])
    main(["admin", "add-account", "a", "--role", "leader", "--district", SOZAQ])
    capsys.readouterr()

    assert main(["admin", "breach", "--login", "a"]) == 1
    assert "No laptop was ever bound" in capsys.readouterr().err
    assert main(["admin", "breach"]) == 1
    assert "--device" in capsys.readouterr().err
    for day in ("yesterday", "9999-12-31", "0001-01-01"):
        for option in ("--since", "--until"):
            with pytest.raises(SystemExit):
                main(["admin", "breach", "--login", "a", option, day])
