"""A form is filled in by name: begun, cut off, gone on with, read in words, returned at a question."""

import pytest

from desktop.actions import drafts, filling, records, review
from sync.client.tables import answers_key
from tests.filled_forms import ABOUT, CONSENT, HOUSE, NAME, PEOPLE, fill_in, publish
from tests.ui.at_work import given_desk, given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.desks import record, seen_by
from tests.ui.keys import settle, show
from ui.models.case import read_case
from ui.screens.filled_forms import FilledFormsScreen
from ui.translation import use_language
from ui.widgets.labels import PlainLabel


@pytest.fixture
def screen(qtbot, desk, jobs):
    use_language("en")
    screen = FilledFormsScreen(desk, jobs)
    show(qtbot, screen)
    settle(qtbot, jobs)
    return screen


@pytest.fixture
def opened(qtbot, jobs, screen):
    def build(id):
        screen.open_record(id)
        settle(qtbot, jobs)
        return id

    return build


def told(widget):
    return [label.text() for label in widget.findChildren(PlainLabel) if label.isVisible()]


def answer(screen, answers):
    """As if each question had been gone to and answered."""
    for path, value in answers.items():
        screen.interviewer.walk.interview.answer(path, value)


def finish(qtbot, screen, jobs):
    screen.interviewer.asking.finished.emit()
    settle(qtbot, jobs)


def row(desk, id):
    return records.show(desk, id)


def test_a_new_record_is_saved_before_its_first_question(qtbot, desk, jobs, screen):
    form = publish(desk)
    screen.begin({"form": str(form), "village": ABOUT["village"], **CONSENT})
    settle(qtbot, jobs)

    screen.answers.button.click()
    settle(qtbot, jobs)
    assert screen.asking()
    assert screen.interviewer.walk.interview.state("/data/village").value.startswith("Созақ")
    answer(screen, HOUSE | PEOPLE)
    finish(qtbot, screen, jobs)

    assert not screen.asking()
    [saved] = records.list_records(desk, "filled_form")
    assert saved["personal"]["/data/host/name"] == NAME
    assert saved["title"] == "Үй аралау"
    assert "Everything is answered." in told(screen.answers)


def test_without_a_form_no_questions_are_asked(qtbot, desk, jobs, screen):
    screen.begin()
    settle(qtbot, jobs)

    screen.answers.button.click()
    settle(qtbot, jobs)

    assert not screen.asking()
    assert "Choose the form that is to be filled in." in told(screen.editor)


def test_forms_of_surveys_cannot_be_chosen(qtbot, desk, jobs, screen):
    named, _ = publish(desk), publish(desk, "reception", "survey", "Қабылдау")
    screen.begin()
    settle(qtbot, jobs)

    assert [id for id, _ in screen.editor.page.links["form"]] == [str(named)]


def test_who_stops_has_a_draft_with_what_was_answered(qtbot, desk, jobs, screen, opened):
    id = opened(fill_in(desk, {"/data/keep_data": "no"}))
    screen.answers.button.click()
    settle(qtbot, jobs)
    answer(screen, {"/data/size": 3})

    screen.interviewer.leave()
    settle(qtbot, jobs)

    assert row(desk, id)["answers"]["/data/size"] == "3"
    assert row(desk, id)["review"] == "draft"
    assert drafts.recall(desk, answers_key("filled_form", id)) is None
    assert "still need an answer" in " ".join(told(screen.answers))


def test_answers_about_people_without_consent_are_kept_and_not_saved(
    qtbot, desk, jobs, screen, opened, said
):
    id = opened(fill_in(desk, {"/data/keep_data": "no"}, consent_way=None, consent_on=None))
    screen.answers.button.click()
    settle(qtbot, jobs)
    answer(screen, {"/data/keep_data": "yes", "/data/host/name": NAME})

    screen.interviewer.leave()
    settle(qtbot, jobs)

    assert any("by whose consent" in str(words) for words in said)
    assert row(desk, id)["personal"] is None
    assert row(desk, id)["answers"]["/data/keep_data"] == "no"
    kept = drafts.recall(desk, answers_key("filled_form", id))
    assert kept["personal"]["/data/host/name"] == NAME
    assert "/data/host/name" not in kept["answers"]

    records.save(desk, "filled_form", CONSENT, id)
    screen.answers.button.click()
    settle(qtbot, jobs)
    assert screen.interviewer.walk.interview.state("/data/host/name").value == NAME
    screen.interviewer.leave()
    settle(qtbot, jobs)
    assert row(desk, id)["personal"]["/data/host/name"] == NAME


def test_what_was_thrown_away_leaves_the_record_as_it_was(qtbot, desk, jobs, screen, opened):
    id = opened(fill_in(desk))
    screen.answers.button.click()
    settle(qtbot, jobs)
    answer(screen, {"/data/size": 1})

    screen.interviewer.throw_away()
    settle(qtbot, jobs)

    assert row(desk, id)["answers"]["/data/size"] == "2"
    assert not screen.asking()


def test_after_a_crash_the_questions_go_on_where_they_were(qtbot, desk, jobs, screen, opened):
    id = opened(fill_in(desk))
    begun = filling.begin(desk, id)
    kept = {**begun.answers, "/data/size": "5"}
    filling.keep(desk, begun, kept, {"at": "/data/size", "language": "ru"})

    screen.answers.button.click()
    settle(qtbot, jobs)

    walk = screen.interviewer.walk
    assert walk.at == "/data/size"
    assert walk.interview.state("/data/size").value == "5"
    assert screen.interviewer.asking.language == "ru"
    screen.interviewer.leave()
    settle(qtbot, jobs)


def test_what_came_meanwhile_stays_beside_what_is_answered(qtbot, desk, jobs, screen, opened):
    id = opened(fill_in(desk))
    screen.answers.button.click()
    settle(qtbot, jobs)
    answer(screen, {"/data/home/condition": "good"})
    records.save(desk, "filled_form", {"answers": {"/data/topics": "work"}}, id)

    finish(qtbot, screen, jobs)

    assert row(desk, id)["answers"]["/data/home/condition"] == "good"
    assert row(desk, id)["answers"]["/data/topics"] == "work"


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_answers_follow_the_language_of_the_program(qtbot, desk, jobs, screen, opened, language):
    opened(fill_in(desk))

    use_language(language)
    settle(qtbot, jobs)

    said = {"kk": "Апатты", "ru": "Аварийное"}[language]
    qtbot.waitUntil(lambda: said in told(screen.answers))


def test_it_is_not_sent_before_it_is_filled_in(qtbot, desk, jobs, screen, opened):
    id = opened(fill_in(desk, {"/data/keep_data": "no"}))

    screen.editor.save(sending=True)
    settle(qtbot, jobs)

    assert row(desk, id)["review"] == "draft"
    assert screen.answers.line_of("answers:/data/size").property("picked")


def test_a_reviewer_reads_all_of_it_in_words_and_comments_at_a_question(
    qtbot, desk, jobs, screen, opened
):
    id = fill_in(desk)
    review.decide(desk, id, review.Decision.SEND)
    coordinator = seen_by(desk, "coordinator")

    case = read_case(coordinator, id)

    facts = {fact.name: fact for fact in case.facts}
    assert facts["answers:/data/home/condition"].words == "Unsafe"
    assert facts["personal:/data/member[2]/age"].label == "Age"
    assert "Family member 2" in [heading for heading, _ in case.groups]
    assert "{" not in " ".join(fact.words for fact in case.facts)
    at = "personal:/data/member[2]/age"
    review.decide(coordinator, id, review.Decision.RETURN, {at: "Жасын тексеріңіз"})
    opened(id)
    [button] = screen.editor.note.buttons
    assert button.text() == "Age"
    button.click()
    assert screen.answers.line_of(at).property("picked")
    qtbot.waitUntil(lambda: "Жасын тексеріңіз" in told(screen.answers))


def test_two_answers_stand_side_by_side_and_one_is_taken(qtbot, desk, jobs, screen, opened):
    id = fill_in(desk)
    rival = {"value": "good", "by": "lea", "at": "2026-11-28T00:00:00Z", "change": str(id)}
    other = {**rival, "value": PEOPLE_OF_ANOTHER}
    with desk.store.begin() as session:
        found = session.get(records.KINDS["filled_form"], id)
        found.conflicts = {
            "answers:/data/home/condition": [rival],
            "personal:/data/member[]": [other],
        }
    opened(id)

    [condition] = [line for line in screen.answers.lines if line.fact.words == "Unsafe"]
    assert [one.words for one in condition.fact.others] == ["Good"]
    condition.taken.emit(condition.fact.name, "good")
    settle(qtbot, jobs)
    [family] = [line for line in screen.answers.lines if "Age: 42" in str(line.fact.others)]
    assert "Family member 1 · Age: 42" in family.fact.others[0].words
    assert "Family member 2 · Age: 7" in family.fact.stands
    family.taken.emit(family.fact.name, family.fact.others[0].value)
    settle(qtbot, jobs)

    assert row(desk, id)["answers"]["/data/home/condition"] == "good"
    assert row(desk, id)["personal"]["/data/member[1]/age"] == "42"
    assert "/data/member[2]/age" not in row(desk, id)["personal"]


PEOPLE_OF_ANOTHER = {
    "/data/member[1]/relation": "head",
    "/data/member[1]/sex": "female",
    "/data/member[1]/age": "42",
    "/data/member[1]/occupation": "works",
}


def test_of_a_form_that_is_not_here_the_page_says_so(qtbot, desk, jobs, screen, opened):
    id = record(desk, "filled_form", ABOUT)
    with desk.store.begin() as session:
        session.get(records.KINDS["filled_form"], id).form = str(id)
    opened(id)

    assert any("Sync first" in words for words in told(screen.answers))


def test_the_keys_of_the_list_wait_while_questions_are_asked(qtbot, desk, jobs, screen, opened):
    id = opened(fill_in(desk))
    screen.answers.button.click()
    settle(qtbot, jobs)

    screen.begin()
    screen.export()
    screen._save()
    screen._send()
    settle(qtbot, jobs)

    assert screen.asking()
    assert screen.editor.page.id == id
    assert row(desk, id)["review"] == "draft"
    assert PEOPLE["/data/host/name"] == NAME
    screen.interviewer.leave()
    settle(qtbot, jobs)
