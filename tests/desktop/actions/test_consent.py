"""Consent on a laptop: what is recorded by itself, what cannot be saved, and its end."""

from contextlib import suppress
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from desktop.actions import attention, consent, exchange, records
from desktop.actions.holdings import held_about
from desktop.consent_paper import to_read, to_sign
from desktop.holdings import paper
from desktop.holdings.whom import Named
from sync import consents
from sync.change import new_id
from sync.errors import Refused, UserError
from sync.language import LANGUAGES, speak
from sync.records.consented import unconsented
from sync.records.issue import Issue
from sync.records.values import Wrong
from tests.profiles import ISSUE
from tests.sync.test_consented import SAID

NAME, WITNESS = "Гүлсім Ахметова", "Қанат Серіков"
HERS = ISSUE | {
    "applicant": NAME,
    "phone": "+77011234567",
    "consent_way": "spoken_witness",
    "consent_on": "2026-11-28",
    "consent_witness": WITNESS,
}
TODAY = datetime.now().astimezone().date()


def saved(desk, values=HERS):
    return records.save(desk, "issue", values)[0].record


def test_a_new_consent_takes_the_newest_text_and_the_language_it_is_read_in(desk):
    speak("ru")

    row = records.show(desk, saved(desk))

    assert row["consent_text"] == consents.newest("applicant")
    assert row["consent_language"] == "ru"


def test_a_consent_of_a_day_before_any_text_names_none(desk):
    """An older paper that is typed in now: nobody can have read what was not published."""
    row = records.show(desk, saved(desk, HERS | {"consent_on": "2026-11-27"}))

    assert (row["consent_text"], row["consent_language"]) == (None, None)
    assert row["consent_on"].isoformat() == "2026-11-27"


def test_what_was_said_about_the_text_stands(desk):
    row = records.show(desk, saved(desk, HERS | {"consent_language": "ru"}))

    assert (row["consent_text"], row["consent_language"]) == ("applicant_1", "ru")


def test_without_consent_no_text_is_named(desk):
    row = records.show(desk, saved(desk, ISSUE))

    assert (row["consent_text"], row["consent_language"]) == (None, None)


def test_of_a_consent_from_before_no_text_is_guessed(desk):
    id = saved(desk)
    with desk.store.begin() as session:
        old = session.get_one(Issue, id)
        old.consent_text = old.consent_language = None

    records.save(desk, "issue", {"consent_on": "2026-11-06", "consent_way": "signed"}, id)

    assert records.show(desk, id)["consent_text"] is None
    told = paper.text(desk, held_about(desk, NAME), datetime.now().astimezone())
    assert "Text that was read: not recorded" in told


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.dictionaries(st.sampled_from(sorted(SAID)), st.integers(0, 9), min_size=1), max_size=5
    )
)
def test_in_no_order_of_edits_is_a_name_saved_without_its_consent(desk, edits):
    with desk.store.begin() as session:
        session.execute(delete(Issue))
    id = new_id()
    for edit in edits:
        said = {name: SAID[name][which % len(SAID[name])] for name, which in edit.items()}
        with suppress(Wrong):
            records.save(desk, "issue", said, id)
        for row in records.list_records(desk, "issue"):
            assert unconsented(Issue, row) == {}


def test_a_withdrawal_empties_what_was_kept_by_consent_and_the_issue_stays(desk):
    id = saved(desk)

    [change] = consent.withdraw(desk, id)

    row = records.show(desk, id)
    assert [row[name] for name in ("applicant", "phone", "consent_witness")] == [None] * 3
    assert row["consent_ended"] == TODAY
    assert row["consent_text"] == "applicant_1"
    assert row["essence"] == ISSUE["essence"]
    assert change.fields.keys() == {"applicant", "phone", "consent_witness", "consent_ended"}


def test_no_other_value_waits_beside_what_was_withdrawn(desk):
    id = saved(desk)
    rival = {"value": "Болат", "by": "x", "at": "2026-11-05T00:00:00Z", "change": str(id)}
    with desk.store.begin() as session:
        session.get_one(Issue, id).conflicts = {"phone": [rival]}
    records.save(desk, "issue", {"phone": None}, id)

    [change] = consent.withdraw(desk, id)

    assert change.fields["phone"] is None


@pytest.mark.parametrize("values", [ISSUE, HERS])
def test_what_has_no_consent_that_stands_has_none_to_withdraw(desk, values):
    id = saved(desk, values)
    if values is HERS:
        consent.withdraw(desk, id)

    with pytest.raises(UserError, match="none to withdraw"):
        consent.withdraw(desk, id)


def test_a_kind_without_consent_has_none_to_withdraw(desk):
    visit = records.save(desk, "visit", {"people": 4})[0].record

    with pytest.raises(UserError, match="none to withdraw"):
        consent.withdraw(desk, visit)


def test_it_reaches_the_other_laptop_and_a_name_written_there_meanwhile_is_told_of(lea, aidana):
    id = saved(aidana)
    exchange.exchange(aidana)
    exchange.exchange(lea)
    records.save(aidana, "issue", {"applicant": "Гүлсім А."}, id)

    consent.withdraw(lea, id)
    exchange.exchange(lea)
    exchange.exchange(aidana)

    assert records.show(aidana, id)["applicant"] is None
    [refused] = attention.held(aidana)
    assert "Consent was withdrawn" in refused.reason


def test_on_an_approved_issue_the_activist_ends_it_and_nothing_more(desk, coordinator):
    id = saved(desk)
    records.save(desk, "issue", {"review": "sent"}, id)
    records.save(coordinator, "issue", {"review": "approved"}, id)
    with pytest.raises(Refused):
        records.save(desk, "issue", {"applicant": None}, id)

    consent.withdraw(desk, id)

    assert records.show(desk, id)["applicant"] is None


def test_a_new_consent_after_the_end_is_said_with_its_own_day(desk):
    id = saved(desk)
    consent.withdraw(desk, id)
    with pytest.raises(Wrong) as wrong:
        records.save(desk, "issue", {"applicant": NAME}, id)
    assert wrong.value.problems.keys() == {"consent_ended"}

    records.save(desk, "issue", {"applicant": NAME, "consent_ended": None}, id)

    assert records.show(desk, id)["applicant"] == NAME


def test_the_paper_about_a_person_names_the_version_its_language_and_the_witness(desk):
    saved(desk)

    told = paper.text(desk, held_about(desk, NAME), datetime.now().astimezone())

    said = next(line for line in told.splitlines() if line.startswith("Consent: Spoken"))
    assert "Version 1 of 28.11.2026: the applicant's consent" in said
    assert f"Witness: {WITNESS}" in said
    assert "In Kazakh" in said


def test_a_record_is_not_about_its_witness(desk):
    id = saved(desk)

    [holding] = held_about(desk, WITNESS).holdings

    assert (holding.id, holding.about, holding.erasable) == (id, False, ())
    assert holding.named is not Named.NOT
    assert NAME not in paper.text(desk, held_about(desk, WITNESS), datetime.now().astimezone())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_to_sign_has_the_whole_text_and_says_which_it_is(language):
    said = [one.words for one in to_sign("applicant_1", language)]

    assert said[: len(to_read("applicant_1", language))] == consents.paragraphs(
        "applicant_1", language
    )
    assert said[-1] == "applicant_1"
    assert sum("____" in words for words in said) == 6
