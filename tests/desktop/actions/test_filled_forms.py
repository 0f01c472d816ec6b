"""A form that is filled in by name: where each answer is kept, what is lacking, and in which words."""

import pytest

from desktop import forms
from desktop.actions import filled_forms, records, review
from desktop.actions.holdings import held_about
from desktop.actions.listing import Wish, read_listing
from desktop.surveys import filled
from sync.errors import Refused, UserError
from sync.language import LANGUAGES, speak
from sync.records.consented import kept_by_consent
from sync.records.filled_form import FilledForm
from sync.records.values import Wrong
from tests.filled_forms import ABOUT, CONSENT, HOUSE, NAME, PEOPLE, PHONE, fill_in, publish


def words(desk, id):
    """{label: words} of all that was answered."""
    found = filled_forms.read_filled(desk, records.show(desk, id))
    return {one.label: one.words for part in found.sections for one in part.questions}


def test_what_tells_of_people_is_kept_apart_from_what_tells_of_nobody(desk):
    row = records.show(desk, fill_in(desk))

    assert row["personal"]["/data/host/name"] == NAME
    assert row["personal"]["/data/member[2]/age"] == "7"
    assert row["answers"]["/data/home/condition"] == "dangerous"
    assert not row["answers"].keys() & row["personal"].keys()
    assert row["title"] == "Үй аралау"
    assert kept_by_consent(FilledForm) == {"personal", "consent_witness"}


def test_without_consent_nothing_about_anybody_can_be_kept(desk):
    with pytest.raises(Wrong) as wrong:
        fill_in(desk, consent_way=None, consent_on=None)

    assert wrong.value.problems.keys() == {"consent_way"}
    row = records.show(desk, fill_in(desk, HOUSE, consent_way=None, consent_on=None))
    assert row["personal"] is None


def test_an_answer_that_is_no_more_of_concern_is_not_kept(desk):
    id = fill_in(desk)

    records.save(desk, "filled_form", {"answers": {"/data/keep_data": "no"}}, id)

    row = records.show(desk, id)
    assert row["personal"] is None
    assert row["answers"]["/data/size"] == "2"


def test_an_edit_says_only_the_answers_that_change(desk):
    id = fill_in(desk)

    records.save(desk, "filled_form", {"answers": {"/data/size": 1}}, id)
    records.save(desk, "filled_form", {"answers": {"/data/host/phone": None}}, id)

    row = records.show(desk, id)
    assert "/data/member[2]/age" not in row["personal"]
    assert "/data/host/phone" not in row["personal"]
    assert row["personal"]["/data/host/name"] == NAME


def test_what_the_form_does_not_ask_is_refused_by_its_path(desk):
    with pytest.raises(UserError, match="/data/party"):
        fill_in(desk, HOUSE | {"/data/party": "x"})
    with pytest.raises(UserError, match=r"/data/member\[9\]/age"):
        fill_in(desk, HOUSE | PEOPLE | {"/data/member[9]/age": 1})
    with pytest.raises(Wrong) as wrong:
        records.save(desk, "filled_form", {**ABOUT, "answers": {"/data/size": 1}})
    assert wrong.value.problems.keys() == {"form"}
    with pytest.raises(Wrong):
        fill_in(desk, "none")


def test_of_a_form_that_has_not_come_yet_it_is_said_so(desk):
    id = fill_in(desk)
    with desk.store.begin() as session:
        session.execute(records.KINDS["form"].__table__.delete())

    with pytest.raises(UserError, match="Sync first"):
        records.save(desk, "filled_form", {"answers": {"/data/size": 1}}, id)

    found = filled_forms.read_filled(desk, records.show(desk, id))
    assert "Sync first" in str(found.why)
    records.save(desk, "filled_form", {"consent_on": "2026-11-27"}, id)


def test_a_draft_may_lack_answers_and_is_not_sent_before_they_are_there(desk):
    id = fill_in(desk, {"/data/keep_data": "no", "/data/size": 40})

    with pytest.raises(UserError) as refused:
        review.decide(desk, id, review.Decision.SEND)

    assert "How many people live in the house?" in str(refused.value)  # 40 are too many
    assert "Condition of the dwelling" in str(refused.value)
    assert records.show(desk, id)["review"] == "draft"
    found = filled_forms.read_filled(desk, records.show(desk, id))
    assert str(found.lacking["answers:/data/size"]) == "It must be a number from 1 to 30."
    records.save(desk, "filled_form", {"answers": HOUSE}, id)
    review.decide(desk, id, review.Decision.SEND)
    assert records.show(desk, id)["review"] == "sent"


def test_a_day_that_was_right_when_it_was_promised_stays_right(desk):
    promise = {
        "/data/promise/promised": "yes",
        "/data/promise/promise_what": "Жол",
        "/data/promise/follow_up": "visit",
    }
    id = fill_in(desk, HOUSE | promise | {"/data/promise/promise_until": "2026-11-28"})

    review.decide(desk, id, review.Decision.SEND)

    late = fill_in(desk, HOUSE | promise | {"/data/promise/promise_until": "2026-11-27"})
    with pytest.raises(UserError, match="By which day"):
        review.decide(desk, late, review.Decision.SEND)


@pytest.mark.parametrize(
    ("language", "label", "said"),
    [
        ("kk", "Үйдің жағдайы", "Апатты"),
        ("ru", "Состояние жилья", "Аварийное"),
        ("en", "Condition of the dwelling", "Unsafe"),
    ],
)
def test_answers_are_read_in_words_of_the_language_spoken(desk, language, label, said):
    id = fill_in(desk)
    speak(language)

    assert words(desk, id)[label] == said


def test_each_member_of_a_family_has_a_section_with_its_number(desk):
    found = filled_forms.read_filled(desk, records.show(desk, fill_in(desk)))

    headings = [one.heading for one in found.sections]
    assert "Family member 1" in headings
    assert "Family member 2" in headings
    assert not found.lacking


def test_a_form_that_was_published_anew_leaves_old_answers_readable(desk):
    id = fill_in(desk)
    newer = publish(desk)

    assert words(desk, id)["Full name"] == NAME
    assert filled_forms.named_forms(desk) == [(newer, "Үй аралау")]


def test_a_form_that_was_filled_in_is_not_changed_any_more(desk, coordinator):
    form = publish(desk)
    records.save(coordinator, "form", {"name": "Үйлерді аралау"}, form)
    fill_in(desk, form=form)

    with pytest.raises(Refused, match="filled in already"):
        records.save(coordinator, "form", {"name": "Үй аралау"}, form)


def test_what_was_answered_is_not_lost_to_another_form(desk):
    id, other = fill_in(desk), publish(desk, name="Тағы бір форма")

    with pytest.raises(Wrong) as wrong:
        records.save(desk, "filled_form", {"form": str(other)}, id)

    assert wrong.value.problems.keys() == {"form"}
    assert records.show(desk, id)["title"] == "Үй аралау"


def test_a_form_of_a_survey_is_not_offered(desk):
    publish(desk, "reception", "survey", "Қабылдау")
    publish(desk, "rating", None, "Рейтинг")

    assert filled_forms.named_forms(desk) == []


def test_search_finds_what_was_written_in_an_answer(desk):
    id = fill_in(desk)

    for sought in ("көпір", "гүлсім ахмет"):
        assert read_listing(desk, "filled_form", Wish(words=sought)).ids == [id.hex], sought
    for path in ("essence", "/data"):
        assert not read_listing(desk, "filled_form", Wish(words=path)).ids


@pytest.mark.parametrize(
    ("language", "sought"), [("kk", "апат"), ("ru", "АВАРИЙ"), ("en", "unsafe village")]
)
def test_search_finds_what_was_chosen_by_the_words_of_the_choice(desk, language, sought):
    id, _ = fill_in(desk), fill_in(desk, HOUSE | {"/data/home/condition": "good"})
    speak(language)

    assert read_listing(desk, "filled_form", Wish(words=sought)).ids == [id.hex]


def test_search_finds_one_of_several_choices_and_what_repeats(desk):
    id, _ = fill_in(desk), fill_in(desk, {"/data/keep_data": "no"})

    for sought in ("electricity", "works", "head of the family"):
        assert read_listing(desk, "filled_form", Wish(words=sought)).ids == [id.hex], sought
    assert read_listing(desk, "filled_form", Wish(words="internet")).ids == []


def test_who_is_named_in_an_answer_is_told_of_it(desk):
    fill_in(desk)

    [holding] = held_about(desk, NAME).holdings
    said = "\n".join(line.words for section in holding.sections for line in section.lines)
    assert "Full name: " + NAME in said
    assert "/data/" not in said


def test_the_end_of_consent_takes_what_tells_of_people_and_leaves_the_rest(desk):
    id = fill_in(desk)
    gone = dict.fromkeys(kept_by_consent(FilledForm))

    records.save(desk, "filled_form", {"consent_ended": "2026-11-28", **gone}, id)

    row = records.show(desk, id)
    assert row["personal"] is None
    assert row["answers"]["/data/home/condition"] == "dangerous"
    with pytest.raises(Wrong):
        records.save(desk, "filled_form", {"answers": PEOPLE}, id)


def test_a_form_that_asks_who_answers_and_for_views_cannot_be_published(desk, coordinator):
    xform = '<html xmlns:h="x"><h:head><model><instance><data id="a"><who/><b/></data></instance>'
    xform += (
        '<bind nodeset="/data/who" type="string"/><bind nodeset="/data/b" type="string"/></model>'
    )
    xform += '</h:head><h:body><input ref="/data/who"><label>Аты-жөніңіз</label></input><input '
    xform += 'ref="/data/b"><label>За кого вы голосовали?</label></input></h:body></html>'

    with pytest.raises(Wrong) as wrong:
        records.save(coordinator, "form", {"name": "x", "use": "named", "xform": xform})

    assert wrong.value.problems.keys() == {"xform"}


def test_a_record_may_be_a_draft_before_its_form_is_chosen(desk):
    id = records.save(desk, "filled_form", ABOUT)[0].record

    with pytest.raises(Refused, match="Form"):
        review.decide(desk, id, review.Decision.SEND)


def test_what_changed_of_a_repeat_is_said_whole():
    before = {"/d/a": "1", "/d/m[1]/n": "x", "/d/m[2]/n": "y", "/d/c": "3"}
    after = {"/d/a": "2", "/d/m[1]/n": "y", "/d/c": "3"}

    said = filled.said_anew(before, after)

    assert said == {"/d/a": "2", "/d/m[1]/n": "y", "/d/m[2]/n": None}
    stands = {"/d/a": "0", "/d/m[1]/n": "z", "/d/c": "3"}
    assert filled.seen_before(said, before, stands) == {
        "/d/a": "0",
        "/d/c": "3",
        "/d/m[1]/n": "x",
        "/d/m[2]/n": "y",
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_record_itself_is_checked_as_any(language):
    speak(language)

    assert forms.check(FilledForm, {**ABOUT, **CONSENT}, sending=True).keys() == {"form"}


def test_the_phone_is_as_it_was_typed(desk):
    assert words(desk, fill_in(desk))["Phone"] == PHONE
