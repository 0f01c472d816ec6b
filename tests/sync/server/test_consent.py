"""People's data at a server: only by a consent that stands, in any order of arrival, on both databases."""

import pytest
from sqlalchemy import select

from sync.records.consented import unconsented
from sync.records.issue import Issue
from sync.server import ledger
from sync.server.tables import Entry
from tests.guards import rewritten
from tests.servers import change, whole_issue

GIVEN = {"consent_way": "signed", "consent_on": "2026-11-05", "consent_text": "applicant_1"}
ENDS = {
    "consent_ended": "2026-11-20",
    **dict.fromkeys(("applicant", "phone", "consent_witness")),
}
SECRET = "Гүлсім Ахметова"


@pytest.fixture
def people(server):
    return server.laptop("aidana"), server.laptop("lea", "leader")


def now(line, record):
    line.cursors = {}
    [found] = [one for one in line.exchange().changes if one.record == record]
    return found.fields


def issue_of(line, **more):
    issue = whole_issue(**GIVEN, applicant="Болат", **more)
    reply = line.exchange(issue)
    assert reply.refused == []
    return issue.record, reply.accepted[issue.id]


def test_a_record_without_consent_is_refused_and_its_name_is_nowhere_in_the_database(
    server, people
):
    aidana, _ = people
    record, base = issue_of(aidana)
    nameless = whole_issue()
    aidana.exchange(nameless)
    for refused in (
        whole_issue(applicant=SECRET),
        change("issue", nameless.record, base=9, applicant=SECRET),
        change("issue", record, base=base, applicant=SECRET, consent_way=None),
        change("issue", record, base=base, phone=SECRET, consent_ended="2026-11-20"),
    ):
        [reason] = aidana.exchange(refused).refused
        assert "onsent" in reason.reason

    with server.looking() as session:
        assert all(SECRET not in str(fields) for fields in session.scalars(select(Entry.fields)))


def test_a_consent_is_not_taken_away_from_under_a_name(people):
    """Only its end takes the name along: an edit that empties the way alone is a mistake."""
    aidana, _ = people
    record, base = issue_of(aidana)

    [refused] = aidana.exchange(change("issue", record, base=base, consent_way=None)).refused

    assert "only with consent" in refused.reason
    assert now(aidana, record)["applicant"] == "Болат"


def test_a_withdrawal_reaches_everyone_and_the_issue_goes_on(people):
    aidana, lea = people
    record, base = issue_of(aidana)

    assert aidana.exchange(change("issue", record, base=base, **ENDS)).refused == []

    seen = now(lea, record)
    assert (seen["applicant"], seen["consent_ended"]) == (None, "2026-11-20")
    assert (seen["consent_way"], seen["consent_text"]) == ("signed", "applicant_1")
    assert seen["essence"]


def test_a_name_that_arrived_before_the_withdrawal_goes_though_nobody_had_seen_it(people):
    aidana, lea = people
    record, base = issue_of(aidana)
    lea.exchange(change("issue", record, base=base, applicant=SECRET))

    aidana.exchange(change("issue", record, base=base, **ENDS))

    seen = now(aidana, record)
    assert unconsented(Issue, seen) == {}
    assert SECRET not in str(seen)


def test_a_name_that_arrives_after_the_withdrawal_is_refused_in_words(people):
    aidana, lea = people
    record, base = issue_of(aidana)
    aidana.exchange(change("issue", record, base=base, **ENDS))

    reply = lea.exchange(change("issue", record, base=base, applicant=SECRET))

    assert "Consent was withdrawn" in reply.refused[0].reason
    assert SECRET not in str(now(lea, record))


def upon_another_end(people):
    """What the server says to a name whose consent somebody else ended unseen; the record then."""
    aidana, lea = people
    issue = whole_issue(**GIVEN)
    base = lea.exchange(issue).accepted[issue.id]
    lea.exchange(change("issue", issue.record, base=base, consent_ended="2026-11-20"))
    anew = change("issue", issue.record, base=base, applicant=SECRET, consent_ended=None)
    return aidana.exchange(anew).refused, now(lea, issue.record)


def test_a_name_is_refused_after_the_merge_where_its_consent_does_not_stand(people):
    refused, seen = upon_another_end(people)

    assert "Consent was withdrawn" in refused[0].reason
    assert SECRET not in str(seen)


def test_a_server_that_does_not_look_after_the_merge_drops_it_without_a_word(people):
    looks = "self._check_merged(change, standing, merged.standing)"
    with rewritten(ledger._Acceptance._decide, looks, "pass").removed():
        refused, seen = upon_another_end(people)

    assert refused == []
    assert unconsented(Issue, seen) == {}


def test_a_server_that_keeps_refused_names_is_found_out(server, people):
    keeps = "self._with_consent(storable(change))"
    with rewritten(ledger._Acceptance._refuse, keeps, "storable(change)").removed():
        people[0].exchange(change("issue", whole_issue().record, applicant=SECRET))

    with server.looking() as session:
        assert any(SECRET in str(fields) for fields in session.scalars(select(Entry.fields)))


def test_consent_may_be_given_anew_by_who_has_seen_its_end(people):
    aidana, _ = people
    record, base = issue_of(aidana)
    ended = change("issue", record, base=base, **ENDS)
    base = aidana.exchange(ended).accepted[ended.id]

    anew = {"consent_ended": None, "consent_on": "2026-11-25", "applicant": SECRET}
    reply = aidana.exchange(change("issue", record, base=base, **anew))

    assert reply.refused == []
    assert now(aidana, record)["applicant"] == SECRET


def test_an_activist_ends_the_consent_of_an_approved_issue_and_changes_nothing_else(people):
    aidana, lea = people
    record, base = issue_of(aidana, review="sent")
    approved = change("issue", record, base=base, review="approved")
    base = lea.exchange(approved).accepted[approved.id]

    for more in ({"essence": "…"}, {"applicant": "Болатбек"}, {"consent_on": None}):
        refused = aidana.exchange(change("issue", record, base=base, **ENDS | more)).refused
        assert "closed for changes" in refused[0].reason or "withdrawn" in refused[0].reason
    assert aidana.exchange(change("issue", record, base=base, **ENDS)).refused == []


def test_a_consent_of_a_program_before_texts_had_versions_is_still_taken(people):
    aidana, _ = people
    issue = whole_issue(review="sent", applicant="Болат", consent_way="spoken_witness")

    assert aidana.exchange(issue).refused == []
