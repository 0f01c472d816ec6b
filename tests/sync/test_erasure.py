"""An erasure reaches every file and comes to stay: the server's, its history, every laptop's."""

from uuid import uuid4

import msgspec
import pytest
from sqlalchemy import select

from sync.client import engine, outbox, scrub
from sync.client.check import Check
from sync.client.tables import Attention, Blob, Draft, Erased, Pending
from sync.erasure import ERASED, GONE, Stone, may_erase
from sync.errors import Offline
from sync.language import tr
from sync.person import REGION
from sync.records import KINDS
from sync.server.tables import Doomed, Entry, Kept
from sync.vocabulary import choices
from tests.erasing import DAN, LEA, SECRET, erase, everywhere, holds, issue_with_parts, stone, told
from tests.loopback import AMA, EVA, SOZAQ, ZOE, raw, region_of


def attention(laptop):
    with laptop.store() as session:
        return [
            (row.reason, outbox.decode(row.body)) for row in session.scalars(select(Attention))
        ]


def test_it_reaches_the_server_its_ledger_and_every_laptop():
    with region_of(AMA, LEA, EVA) as (ama, lea, eva):
        issue = issue_with_parts(ama)
        ama.edit("issue", issue, essence=f"{SECRET} екінші рет")
        for laptop in (ama, lea, eva):
            laptop.sync()
        assert all(map(holds, everywhere([ama, lea, eva])))

        erase(lea, issue)
        for laptop in (lea, ama, eva):
            laptop.sync()

        assert not any(map(holds, everywhere([ama, lea, eva])))
        assert [laptop.records() for laptop in (ama, lea, eva)] == [{}, {}, {}]


def test_what_stays_says_who_when_and_why_and_nothing_else():
    with region_of(AMA, LEA) as (ama, lea):
        issue = issue_with_parts(ama)
        ama.sync()
        lea.sync()

        change = erase(lea, issue, reason="consent_withdrawn")
        lea.sync()
        ama.sync()

        found = stone(ama, issue)
        assert (found.reason, found.by, found.at) == ("consent_withdrawn", "lea", change.at)
        with lea.region.store() as session:
            row = session.get(Kept, (SOZAQ, issue))
            filled = {name for name, value in row.fields.items() if value}
            assert filled == {ERASED, "author", "created", "removed", "review"}
            assert (row.by, row.fields["author"]) == ("lea", "lea")
            entries = session.scalars(select(Entry).where(Entry.record == issue)).all()
            assert sorted(str(entry.fields) for entry in entries) == [
                "{'erased': 'consent_withdrawn'}",
                "{}",
            ]


def test_parts_of_parts_go_too():
    with region_of(AMA, LEA) as (ama, lea):
        meeting, question = uuid4(), uuid4()
        ama.edit("meeting", meeting, title="Кездесу")
        ama.edit("question", question, meeting, text="Қашан?", asked_by=None)
        ama.edit("comment", uuid4(), question, text=SECRET)
        ama.sync()
        lea.sync()

        erase(lea, meeting, "meeting")
        lea.sync()
        ama.sync()

        assert not any(map(holds, everywhere([ama, lea])))


def test_an_edit_that_waited_is_not_kept_and_its_person_is_told_without_a_word_of_it():
    with region_of(AMA, LEA) as (ama, lea):
        issue = issue_with_parts(ama)
        ama.sync()
        lea.sync()
        told(ama)
        ama.edit("issue", issue, address=f"{SECRET}, 5")
        ama.edit("comment", uuid4(), issue, text=f"{SECRET} келді")
        erase(lea, issue)
        lea.sync()

        ama.sync()

        assert not any(map(holds, everywhere([ama, lea])))
        assert [(words, change.fields) for words, change in attention(ama)] == [
            (tr(GONE, "en"), {})
        ] * 2
        with ama.store() as session:
            assert outbox.count(session) == 0


def test_an_edit_whose_answer_was_lost_is_not_kept_either():
    with region_of(AMA, LEA) as (ama, lea):
        issue = issue_with_parts(ama)
        ama.sync()
        lea.sync()
        ama.edit("issue", issue, address=f"{SECRET}, 5")
        ama.fault = "after"
        with pytest.raises(Offline):
            ama.sync()
        erase(lea, issue)
        lea.sync()

        ama.sync()

        assert not any(map(holds, everywhere([ama, lea])))


def test_an_edit_that_comes_too_late_is_refused_in_words_and_not_written_down(monkeypatch):
    with region_of(AMA, LEA) as (ama, lea):
        issue = issue_with_parts(ama)
        ama.sync()
        lea.sync()
        late = ama.edit("issue", issue, address=f"{SECRET}, 5")
        part = ama.edit("comment", uuid4(), issue, text=f"{SECRET} келді")
        erase(lea, issue)
        lea.sync()
        asked = engine._ask(ama.store, Check())

        reply = ama.exchange(asked)

        assert {one.change: one.reason for one in reply.refused} == {
            late.id: tr(GONE, "en"),
            part.id: tr(GONE, "en"),
        }
        assert not holds(raw(lea.region.store))
        assert not holds(msgspec.json.encode(reply))


def test_what_was_refused_before_is_forgotten_there_and_here():
    with region_of(AMA, LEA) as (ama, lea):
        issue = issue_with_parts(ama)
        ama.sync()
        told(ama)
        ama.edit("issue", issue, category=SECRET)  # no such category
        ama.sync()
        assert len(attention(ama)) == 1
        assert holds(raw(ama.store))
        lea.sync()

        erase(lea, issue)
        lea.sync()
        ama.sync()

        assert not any(map(holds, everywhere([ama, lea])))
        assert [(words, change.fields) for words, change in attention(ama)] == [
            (tr(GONE, "en"), {})
        ]


def test_edits_and_the_erasure_may_come_in_one_request():
    with region_of(LEA) as (lea,):
        issue = issue_with_parts(lea)
        lea.edit("issue", issue, address=SECRET)
        asked = engine._ask(lea.store, Check())
        erase(lea, issue)
        both = msgspec.structs.replace(
            asked, changes=[*asked.changes, *engine._ask(lea.store, Check()).changes]
        )

        lea.exchange(both)
        lea.sync()

        assert not any(map(holds, everywhere([lea])))
        assert stone(lea, issue).seal


def test_a_record_that_the_server_never_had_may_be_erased():
    with region_of(LEA, AMA) as (lea, ama):
        issue = issue_with_parts(lea)
        erase(lea, issue)

        lea.sync()
        ama.sync()

        assert not any(map(holds, everywhere([lea, ama])))
        assert stone(ama, issue).by == "lea"


def test_an_erasure_sent_twice_is_one():
    with region_of(AMA, LEA) as (ama, lea):
        issue = issue_with_parts(ama)
        ama.sync()
        lea.sync()
        erase(lea, issue)
        lea.fault = "after"
        with pytest.raises(Offline):
            lea.sync()

        lea.sync()

        with lea.region.store() as session:
            said = [row.fields for row in session.scalars(select(Entry)) if ERASED in row.fields]
        assert said == [{ERASED: "request"}]
        assert stone(lea, issue).seal


def test_two_people_may_erase_the_same_and_the_first_stone_stays():
    with region_of(AMA, LEA, EVA) as (ama, lea, eva):
        issue = issue_with_parts(ama)
        for laptop in (ama, lea, eva):
            laptop.sync()
        erase(lea, issue, reason="by_mistake")
        erase(eva, issue, reason="request")

        for laptop in (lea, eva, lea, ama):
            laptop.sync()

        assert {stone(one, issue).by for one in (lea, eva, ama)} == {"lea"}
        assert {stone(one, issue).seal for one in (lea, eva, ama)} != {""}


@pytest.mark.parametrize("person", [AMA, ZOE, DAN])
def test_who_may_not_gets_the_record_back_whole(person):
    with region_of(EVA, person) as (eva, other):
        issue = issue_with_parts(eva)
        eva.sync()
        other.sync()
        before = eva.records()
        change = erase(other, issue)

        other.sync()
        other.sync()
        eva.sync()

        assert eva.records() == before
        if person.district == SOZAQ:
            assert other.records() == before
        assert [one.id for _, one in attention(other)] == [change.id]
        assert stone(other, issue) is None


@pytest.mark.parametrize(
    ("person", "district", "may"),
    [
        (AMA, SOZAQ, False),
        (LEA, SOZAQ, True),
        (DAN, SOZAQ, False),
        (EVA, SOZAQ, True),
        (EVA, REGION, True),
    ],
)
def test_who_may_is_known_early(person, district, may):
    assert may_erase(person, district) is may


@pytest.mark.parametrize("said", ["because", "", 5, None, {"reason": "request"}, {"by": "x"}])
def test_a_reason_that_is_none_is_refused(said):
    with region_of(EVA) as (eva,):
        issue = issue_with_parts(eva)
        eva.sync()
        change = msgspec.structs.replace(erase(eva, issue), fields={ERASED: said})
        asked = engine._ask(eva.store, Check())

        reply = eva.exchange(msgspec.structs.replace(asked, changes=[change]))

        assert [one.change for one in reply.refused] == [change.id]
        assert holds(raw(eva.region.store))


def test_nothing_else_may_be_said_with_it():
    with region_of(EVA) as (eva,):
        issue = issue_with_parts(eva)
        eva.sync()
        fields = {ERASED: "request", "essence": "Су"}
        change = msgspec.structs.replace(erase(eva, issue), fields=fields)

        reply = eva.exchange(
            msgspec.structs.replace(engine._ask(eva.store, Check()), changes=[change])
        )

        assert [one.change for one in reply.refused] == [change.id]


def test_a_stone_without_the_seal_is_no_proof():
    with region_of(EVA, AMA) as (eva, ama):
        issue = issue_with_parts(eva)
        eva.sync()
        ama.sync()
        forged = Stone(reason="request", by="eva", at=eva.edit("visit", uuid4()).at, seal="0" * 64)
        with ama.store.begin() as session:
            told = next(iter(session.scalars(select(Pending))), None)
            assert told is None
            change = msgspec.structs.replace(
                engine.Change(kind="issue", record=issue, district=SOZAQ, fields={}),
                fields={ERASED: msgspec.to_builtins(forged)},
                witness=True,
                base=-1,
            )

        reply = ama.exchange(
            msgspec.structs.replace(engine._ask(ama.store, Check()), changes=[change])
        )

        assert [one.change for one in reply.refused] == [change.id]
        assert holds(raw(ama.region.store))


def test_what_was_being_typed_and_the_files_names_go_too():
    with region_of(AMA, LEA) as (ama, lea):
        issue = issue_with_parts(ama)
        other = uuid4()
        ama.edit("visit", other, people=3)
        same = {"name": "a.jpg", "media_type": "image/jpeg", "size": 5, "sha256": "c" * 64}
        ama.edit("attachment", uuid4(), other, **same)
        ama.edit("attachment", uuid4(), issue, **same)
        with ama.store.begin() as session:
            session.add_all(
                Blob(sha256=one * 64, size=5, here=True, there=True) for one in ("a", "b", "c")
            )
            body = msgspec.json.encode({"values": SECRET})
            session.add(
                Draft(
                    key=f"issue:{issue}",
                    body=body,
                    edited=session.get(KINDS["issue"], issue).edited,
                )
            )
        ama.sync()
        lea.sync()

        erase(lea, issue)
        lea.sync()
        ama.sync()

        assert not holds(raw(ama.store))
        with ama.store() as session:
            assert [row.sha256 for row in session.scalars(select(Blob))] == ["c" * 64]
            assert scrub.doomed(session) == ["a" * 64, "b" * 64]
        with ama.region.store() as session:
            assert {row.sha256 for row in session.scalars(select(Doomed))} == {
                "a" * 64,
                "b" * 64,
                "c" * 64,
            }


def test_news_never_make_a_record_of_a_stone():
    with region_of(EVA) as (eva,):
        issue = issue_with_parts(eva)
        eva.sync()
        asked = engine.SyncRequest(cursors={SOZAQ: 0}, changes=[])
        old = eva.exchange(asked).changes
        erase(eva, issue)
        with eva.store.begin() as session:
            engine.write(session, old)

        assert eva.records() == {}


def test_the_reasons_are_those_of_the_law_and_of_work():
    assert [one.key for one in choices("erasure_reason")] == [
        "request",
        "consent_withdrawn",
        "by_mistake",
        "term_ended",
    ]


def test_a_laptop_that_reads_the_region_for_the_first_time_learns_only_the_stone():
    with region_of(EVA, AMA) as (eva, ama):
        issue = issue_with_parts(eva)
        eva.sync()
        erase(eva, issue)
        eva.sync()

        ama.sync()

        assert not holds(raw(ama.store))
        with ama.store() as session:
            assert {row.kind for row in session.scalars(select(Erased))} == {
                "issue",
                "step",
                "comment",
                "attachment",
            }
