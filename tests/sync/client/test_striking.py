"""Names whose consent has ended leave what a laptop keeps beside its records."""

from datetime import date, timedelta
from uuid import uuid4

import msgspec
import pytest
from sqlalchemy import select, update

from sync.change import Change
from sync.client import engine, late, outbox, put_back, restored, scrub, striking, untold
from sync.client.facts import recall, remember
from sync.client.striking import leave_out, strike
from sync.client.tables import Attention, ConsentEnd, Draft, Pending, PendingBody
from sync.late import Late
from sync.records.issue import Issue
from tests.erasing import LEA, SECRET, holds, told
from tests.guards import rewritten
from tests.loopback import AMA, BEN, NOW, SOZAQ, raw, region_of
from tests.sync.test_consent_restored import GIVEN, withdraw
from tests.sync.test_erasure_restored import restore

WORDS = {"essence": "Су жоқ", "village": "615647100", **GIVEN}
MONTH = timedelta(days=30)


@pytest.fixture
def laptops():
    with region_of(BEN, AMA, LEA) as some:
        told(*some)
        yield some


def given(laptop, **more):
    issue = laptop.edit("issue", uuid4(), **WORDS, **more).record
    laptop.sync()
    return issue


def reads(laptop):
    """It takes what is new, and sends nothing."""
    request = msgspec.structs.replace(engine._ask(laptop.store, engine.Check()), changes=[])
    reply = laptop.exchange(request)
    with laptop.store.begin() as session:
        engine.take(session, request, reply)


def waiting(laptop):
    with laptop.store() as session:
        return outbox.waiting(session)


def attention(laptop):
    with laptop.store() as session:
        rows = session.scalars(select(Attention).order_by(Attention.since))
        return [(row.reason, outbox.decode(row.body).fields) for row in rows]


# what waits


def test_a_name_that_waits_when_the_end_is_heard_of_is_not_sent_and_its_person_is_told(laptops):
    ben, ama, _ = laptops
    issue = given(ben)
    ama.sync()
    withdraw(ama, issue)
    ama.sync()
    ben.edit("issue", issue, applicant=SECRET, address="5")

    reads(ben)

    [edit] = waiting(ben)
    assert edit.fields == {"address": "5"}
    assert ben.records()[issue]["applicant"] is None
    [(reason, said)] = attention(ben)
    assert "Consent was withdrawn before this was sent" in reason
    assert said == {"applicant": SECRET}
    ben.sync()
    assert not holds(raw(ben.region.store))
    assert ben.records()[issue]["address"] == "5"


def test_an_edit_of_nothing_but_a_name_does_not_wait_any_more(laptops):
    ben, ama, _ = laptops
    issue = given(ben)
    ama.sync()
    withdraw(ama, issue)
    ama.sync()
    edit = ben.edit("issue", issue, applicant=SECRET)

    reads(ben)

    assert waiting(ben) == []
    with ben.store() as session:
        assert session.get(Attention, edit.id) is not None


def test_who_gives_a_consent_anew_goes_on(laptops):
    ben, ama, _ = laptops
    issue = given(ben)
    withdraw(ben, issue)
    ben.sync()
    anew = {"consent_ended": None, "applicant": SECRET}
    ben.edit("issue", issue, **anew)
    ama.sync()
    ama.edit("issue", issue, address="5")
    ama.sync()
    edits = waiting(ben)
    with ben.store.begin() as session:  # as the server says it, before one's own is put on top
        session.execute(update(Issue).values(consent_ended=date(2026, 11, 20)))
        striking.hear(session, [], edits)

    reads(ben)

    assert waiting(ben)[0].fields == anew
    assert attention(ben) == []


@pytest.mark.parametrize("ends", [False, True])
def test_what_is_written_after_a_consent_given_anew_goes_on_with_it(laptops, ends):
    """The line was cut in between, so the two are edits of their own. Where it ends again, no name."""
    ben, *_ = laptops
    issue = given(ben)
    withdraw(ben, issue)
    ben.sync()
    for said in ({"consent_ended": None, "applicant": SECRET}, {"phone": "+7701"}):
        ben.edit("issue", issue, **said)
        with ben.store.begin() as session:
            outbox.offer(session, outbox.newest(session))
    with ben.store.begin() as session:
        more = {"consent_ended": "2026-11-27"} if ends else {"address": "5"}
        said = {"kind": "issue", "record": issue, "district": SOZAQ, "base": 2}
        for fields in (more, {"phone": "+7702"}):
            outbox.put(session, Change(**said, fields=fields))
            outbox.offer(session, outbox.newest(session))
        session.execute(update(Issue).values(consent_ended=date(2026, 11, 20)))
        leave_out(session, [issue])

    names = [one.fields.get("phone") for one in waiting(ben)]

    assert names == ([None, "+7701", None] if ends else [None, "+7701", None, "+7702"])
    assert [said for _, said in attention(ben)] == ([{"phone": "+7702"}] if ends else [])


def test_an_edit_that_says_no_name_is_left_as_it_is(laptops):
    ben, ama, _ = laptops
    issue = given(ben)
    ama.sync()
    withdraw(ama, issue)
    ama.sync()
    edit = ben.edit("issue", issue, address="5", phone=None)
    reads(ben)
    assert [one.fields for one in waiting(ben)] == [edit.fields]
    assert attention(ben) == []


def test_words_that_an_edit_was_made_upon_go_with_it(laptops):
    ben, *_ = laptops
    issue = given(ben)
    with ben.store.begin() as session:
        edit = Change(kind="issue", record=issue, district=SOZAQ, base=1, by="ben",
                      fields={"address": "5"}, was={"applicant": SECRET})  # fmt: skip
        outbox.put(session, edit)
        session.execute(update(Issue).values(consent_ended=date(2026, 11, 20)))
        leave_out(session, [issue])
    assert not holds(raw(ben.store))
    assert attention(ben) == []


def test_what_a_server_does_not_know_is_told_whole_without_the_name(laptops):
    ben, *_ = laptops
    issue = given(ben)
    with ben.store.begin() as session:
        session.execute(update(Issue).values(consent_ended=date(2026, 11, 20)))
        edit = Change(kind="issue", record=issue, district=SOZAQ, base=1, fields={"phone": SECRET})
        outbox.put(session, edit)
        restored.tell_whole(session, [edit])
        striking.hear(session, [], [edit])
    assert "phone" not in waiting(ben)[0].fields
    assert waiting(ben)[0].fields["essence"]


def test_edits_that_a_restored_server_lost_are_told_again_without_the_name(laptops):
    ben, ama, _ = laptops
    backup = raw(ben.region.store)
    issue = given(ben, applicant=SECRET, phone="+7701")
    ama.sync()
    withdraw(ama, issue)
    ama.sync()
    ben.sync()
    restore(ben.region, backup)

    ben.sync()

    assert not holds(raw(ben.region.store))
    assert attention(ben) == []
    assert str(ben.records()[issue]["consent_ended"]) == "2026-11-20"  # its own edit says so, too
    ama.sync()
    ben.sync()
    assert str(ben.records()[issue]["consent_ended"]) == "2026-11-20"


def test_what_comes_back_from_a_journal_after_its_end_says_no_name(laptops):
    ben, *_ = laptops
    issue = given(ben)
    edit = Change(kind="issue", record=issue, district=SOZAQ, base=1, fields={"phone": SECRET})
    end = Change(kind="issue", record=issue, district=SOZAQ, base=1,
                 fields={"consent_ended": "2026-11-20", "phone": None})  # fmt: skip
    with ben.store.begin() as session:
        put_back.put_back(session, [edit, end])
    assert [one.id for one in waiting(ben)] == [end.id]
    assert not holds(raw(ben.store))


# thirty days


def everything_about(laptop, issue):
    """The name in every place beside the record in which a laptop keeps anything."""
    said = {"kind": "issue", "record": issue, "district": SOZAQ}
    edit = Change(**said, fields={"applicant": SECRET}, was={"phone": SECRET})
    part = Change(**said, fields={"applicant": SECRET, "address": "5"})
    with laptop.store.begin() as session:
        for number, body in enumerate((edit, part)):
            change = msgspec.structs.replace(body, id=uuid4())
            session.add(Pending(change=change.id, record=issue, district=SOZAQ, revision=number + 1,
                                body=outbox.encode(change)))  # fmt: skip
            held = msgspec.structs.replace(body, id=uuid4())
            session.add(Attention(change=held.id, record=issue, reason="Refused.", since=NOW,
                                  body=outbox.encode(held)))  # fmt: skip
        for key, more in ((f"issue:{issue}", {}), ("issue:new", {"id": str(issue)})):
            said = {"values": {"applicant": SECRET, "address": "5"}, "rows": [{"phone": SECRET}]}
            typed = msgspec.json.encode({**said, **more})
            session.add(Draft(key=key, body=typed, edited=NOW))
        other = msgspec.json.encode({"applicant": "Басқа"})
        session.add(Draft(key=f"issue:{uuid4()}", body=other, edited=NOW))
        session.add(Draft(key=f"visit:{issue}", body=b'{"phone":"2-2-2"}', edited=NOW))
        late.keep(session, [Late(part, NOW)])
        kept = {issue: untold.Untold("issue", 1, {"applicant": SECRET, "address": "5"})}
        remember(session, untold.UNTOLD, kept)


@pytest.fixture
def ended(laptops):
    """A laptop that has seen an end, with the name everywhere, and the record."""
    ben, *_ = laptops
    issue = given(ben)
    withdraw(ben, issue)
    ben.sync()
    everything_about(ben, issue)
    strike(ben.store, NOW)
    return ben, issue


def test_after_thirty_days_by_the_servers_clock_nothing_beside_the_record_says_the_name(ended):
    ben, issue = ended
    assert strike(ben.store, NOW + MONTH - timedelta(seconds=1)) == 0
    assert holds(raw(ben.store))

    assert strike(ben.store, NOW + MONTH + timedelta(days=1)) == 1

    assert not holds(raw(ben.store))
    with ben.store() as session:
        edits = [outbox.decode(body).fields for body in session.scalars(select(PendingBody.body))]
        assert {"address": "5"} in edits
        assert {} not in edits
        [draft] = [one for one in session.scalars(select(Draft)) if "new" in one.key]
        left = {"values": {"address": "5"}, "rows": [{}]}
        assert msgspec.json.decode(draft.body) == {**left, "id": str(issue)}
        assert msgspec.json.decode(session.get(Draft, f"issue:{issue}").body) == left
        assert session.get(Draft, f"visit:{issue}").body == b'{"phone":"2-2-2"}'
        assert sum("Басқа" in one.body.decode() for one in session.scalars(select(Draft))) == 1
        assert late.held(session)[0].change.fields == {"address": "5"}
        assert recall(session, untold.UNTOLD)[str(issue)]["fields"] == {"address": "5"}
        assert scrub.copies_go(session)
        assert striking.struck_on(session, issue) is not None
        assert striking.struck_on(session, uuid4()) is None


def test_a_refused_edit_says_that_a_name_was_struck(ended):
    ben, _ = ended
    strike(ben.store, NOW + MONTH)

    [(reason, said)] = attention(ben)

    assert (
        reason
        == "Refused. Name, phone and witness were struck from this edit: consent was withdrawn."
    )
    assert said == {"address": "5"}


def test_it_is_done_once(ended):
    ben, _ = ended
    strike(ben.store, NOW + MONTH)
    with ben.store.begin() as session:
        scrub.tidied(session)

    for day in range(1, 40):
        assert strike(ben.store, NOW + MONTH + timedelta(days=day)) == 0

    with ben.store() as session:
        assert not scrub.copies_go(session)


def test_without_the_servers_clock_or_within_a_day_nothing_is_looked_at(ended):
    ben, _ = ended
    later = NOW + MONTH - timedelta(hours=1)
    strike(ben.store, later)
    assert strike(ben.store, None) == 0
    assert strike(ben.store, later + timedelta(hours=23)) == 0
    assert strike(ben.store, later + timedelta(hours=24)) == 1


@pytest.mark.parametrize("again", [False, True])
def test_an_end_that_was_taken_back_strikes_nothing(ended, again):
    """And where it ends another time, that counts from then."""
    ben, issue = ended
    ben.edit("issue", issue, consent_ended=None, applicant=SECRET)
    ben.sync()
    if again:
        ben.edit("issue", issue, consent_ended="2026-11-30", applicant=None)
        ben.sync()

    assert strike(ben.store, NOW + MONTH) == 0

    with ben.store() as session:
        assert len(session.scalars(select(ConsentEnd)).all()) == again
    assert strike(ben.store, NOW + MONTH + MONTH) == again


def test_an_end_by_the_same_day_after_a_consent_that_stood_between_two_looks_counts_anew(ended):
    ben, issue = ended
    strike(ben.store, NOW + MONTH)
    for said in ({"consent_ended": None, "applicant": SECRET}, {"consent_ended": "2026-11-20"}):
        ben.edit("issue", issue, **said)
        ben.sync()

    for days in (1, 30):
        assert strike(ben.store, NOW + MONTH + timedelta(days=days)) == 0
    assert strike(ben.store, NOW + MONTH + timedelta(days=31)) == 1
    assert not holds(raw(ben.store))


def test_a_clock_that_was_ahead_shortens_nothing(laptops):
    ben, *_ = laptops
    issue = given(ben)
    withdraw(ben, issue)
    ben.sync()
    strike(ben.store, NOW + timedelta(days=400))
    assert strike(ben.store, NOW) == 0
    assert strike(ben.store, NOW + MONTH - timedelta(days=1)) == 0
    assert strike(ben.store, NOW + MONTH) == 1


def test_a_record_whose_words_are_on_the_server_is_not_forgotten(ended):
    """Nobody here can tell whether its consent stands; come again, it is not struck anew."""
    ben, _ = ended
    strike(ben.store, NOW + MONTH)
    with ben.store.begin() as session:
        session.execute(update(Issue).values(bare=True, consent_ended=None))
    strike(ben.store, NOW + MONTH * 2)
    with ben.store.begin() as session:
        session.execute(update(Issue).values(bare=False, consent_ended=date(2026, 11, 20)))

    assert strike(ben.store, NOW + MONTH * 3) == 0
    assert strike(ben.store, NOW + MONTH * 4) == 0


PLACES = {
    "outbox": (striking._strike, "_strike_outbox(session, kinds)"),
    "attention": (striking._strike, "_strike_attention(session, kinds)"),
    "drafts": (striking._strike, "_strike_drafts(session, kinds)"),
    "late edits": (striking._strike, "late.strike(session, kinds)"),
    "untold": (striking._strike, "untold.strike(session, kinds)"),
}


@pytest.mark.parametrize("place", PLACES)
def test_a_place_that_keeps_it_is_found_out(ended, place):
    ben, _ = ended
    function, words = PLACES[place]
    with rewritten(function, words, "None").removed():
        strike(ben.store, NOW + MONTH)
    assert holds(raw(ben.store))


def on_top(laptops):
    """The applicant in a row whose consent somebody ended without naming a field that was empty."""
    ben, ama, _ = laptops
    issue = given(ben)
    ama.sync()
    ama.edit("issue", issue, consent_ended="2026-11-20")
    ama.sync()
    ben.edit("issue", issue, applicant=SECRET)
    reads(ben)
    return ben.records()[issue]["applicant"]


def test_a_row_does_not_keep_what_its_person_put_on_top(laptops):
    assert on_top(laptops) is None


def test_a_row_that_keeps_it_is_found_out(laptops):
    with rewritten(striking.leave_out, "_empty_rows(session, kinds)", "None").removed():
        assert on_top(laptops) == SECRET
