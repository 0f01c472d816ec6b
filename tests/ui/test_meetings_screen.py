import pytest
from PySide6.QtCore import QPoint, Qt

from desktop.actions import bodies, drafts, records
from sync.records import KINDS
from sync.records.base import fields
from tests.ui.at_work import given_desk, given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.desks import record, seen_by, story
from tests.ui.keys import at_end, press, settle, show, write
from ui.screens.meetings import MeetingsScreen

MEETING = story()["meeting"] | {"held_at": "15:00:00"}
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def screen(qtbot, desk, jobs):
    screen = MeetingsScreen(desk, jobs)
    show(qtbot, screen)
    settle(qtbot, jobs)
    return screen


@pytest.fixture
def open_meeting(qtbot, desk, jobs, screen):
    def build():
        id = record(desk, "meeting", MEETING)
        for question in story()["questions"]:
            record(desk, "question", question, parent=id)
        for decision in story()["decisions"]:
            record(desk, "decision", decision, parent=id)
        screen.open_record(id)
        settle(qtbot, jobs)
        return id

    return build


def test_a_meeting_is_written_with_its_questions_and_decisions(qtbot, desk, jobs, screen):
    screen.begin()
    settle(qtbot, jobs)
    screen.editor.form.set_values(MEETING)
    screen.questions.add()
    for question in story()["questions"]:
        qtbot.waitUntil(lambda: screen.questions.cards[-1].form.focused() == "text")
        write(question["text"])
        press(Qt.Key.Key_Return)  # the next one
    screen.decisions.add()
    screen.decisions.cards[0].form.set_values(story()["decisions"][0])

    screen.editor.save()
    settle(qtbot, jobs)

    [meeting] = records.list_records(desk, "meeting")
    asked = records.parts(desk, "question", meeting["id"])
    [decided] = records.parts(desk, "decision", meeting["id"])
    assert sorted(row["text"] for row in asked) == sorted(q["text"] for q in story()["questions"])
    assert decided["responsible"] == "ТҮКШ бөлімі"
    assert not screen.editor.dirty()


def test_each_new_question_is_seen_where_it_is_written(qtbot, desk, jobs, screen):
    """Enter put the cursor into one below the window."""
    screen.begin()
    settle(qtbot, jobs)
    screen.resize(1000, 560)
    screen.questions.add()
    page = screen.editor.area.viewport()
    for number in range(1, 5):
        qtbot.waitUntil(
            lambda number=number: (
                len(screen.questions.cards) == number
                and screen.questions.cards[-1].form.focused() == "text"
            )
        )
        field = screen.questions.cards[-1].form.fields["text"]
        qtbot.waitUntil(
            lambda field=field: (
                0 <= field.mapTo(page, QPoint()).y() <= page.height() - field.height()
            )
        )
        write("Қашан?")
        press(Qt.Key.Key_Return)


def test_an_empty_question_is_not_saved(qtbot, desk, jobs, screen):
    screen.begin()
    settle(qtbot, jobs)
    screen.editor.form.set_values(MEETING)
    screen.questions.add()
    screen.decisions.add()  # begins with the state “open”

    screen.editor.save()
    settle(qtbot, jobs)

    assert records.list_records(desk, "meeting")
    assert records.list_records(desk, "question") == []
    assert records.list_records(desk, "decision") == []


def test_shift_enter_makes_a_line_in_a_question(qtbot, jobs, screen):
    screen.begin()
    settle(qtbot, jobs)
    screen.questions.add()
    qtbot.waitUntil(lambda: screen.questions.cards[-1].form.focused() == "text")
    write("Су")
    press(Qt.Key.Key_Return, SHIFT)
    write("Жол")

    assert len(screen.questions.cards) == 1
    assert screen.questions.cards[0].form.values()["text"].split() == ["Су", "Жол"]


def test_every_declared_field_of_the_parts_can_be_reached(open_meeting, screen):
    open_meeting()

    for panel, kind in ((screen.questions, "question"), (screen.decisions, "decision")):
        panel.cards[0].open()
        form = panel.cards[0].form
        assert set(form.order()) == {field.name for field in fields(KINDS[kind])}
        assert all(field.input.isVisibleTo(screen) for field in form.fields.values())


def test_a_question_is_changed_and_another_removed(qtbot, desk, jobs, screen, open_meeting):
    id = open_meeting()
    first, second, _ = screen.questions.cards
    first.open()
    at_end(first.form.fields["text"].input)
    write(" Шұғыл!")
    second.open()
    qtbot.mouseClick(second.body.remove_button, Qt.MouseButton.LeftButton)

    screen.editor.save()
    settle(qtbot, jobs)

    rows = records.parts(desk, "question", id)
    assert len(rows) == 2
    assert rows[0]["text"].endswith("Шұғыл!")
    assert len(screen.questions.cards) == 2
    assert not screen.editor.dirty()


def test_who_answers_for_a_decision_is_offered_from_the_directory(
    qtbot, desk, jobs, screen, open_meeting
):
    coordinator = seen_by(desk, "coordinator")
    bodies.save(coordinator, "organisation", {"name": "Жер бөлімі", "sort": "department"})
    open_meeting()

    screen.decisions.add()
    for card in (screen.decisions.cards[0], screen.decisions.cards[-1]):
        offered = card.form.fields["responsible"].input.completer().model()
        assert [offered.index(row, 0).data() for row in range(offered.rowCount())] == [
            "Жер бөлімі"
        ]


def test_a_decision_without_a_term_is_not_sent(qtbot, desk, jobs, screen, open_meeting):
    id = open_meeting()
    screen.decisions.cards[0].form.set_values({"due_on": None})

    screen.editor.save(sending=True)
    settle(qtbot, jobs)

    assert records.show(desk, id)["review"] == "draft"
    assert screen.decisions.cards[0].form.fields["due_on"].problem.text()


def test_a_question_becomes_an_issue_that_names_the_meeting(qtbot, jobs, screen, open_meeting):
    id = open_meeting()
    asked = []
    screen.other_wanted.connect(lambda kind, values: asked.append((kind, values)))

    screen.questions.cards[0].open()
    qtbot.mouseClick(screen.questions.cards[0].body.extra_button, Qt.MouseButton.LeftButton)

    [(kind, values)] = asked
    assert kind == "issue"
    assert values["meeting"] == str(id)
    assert values["essence"] == story()["questions"][0]["text"]
    assert values["received_on"] == MEETING["held_on"]
    assert "applicant" not in values


def test_questions_that_were_typed_survive_a_crash(qtbot, desk, jobs, screen, open_meeting):
    id = open_meeting()
    screen.questions.cards[0].open()
    at_end(screen.questions.cards[0].form.fields["text"].input)
    write(" Шұғыл!")
    screen.questions.add()
    screen.questions.cards[-1].form.set_values({"text": "Интернет қашан келеді?"})
    screen.editor.keep()
    settle(qtbot, jobs)
    assert drafts.recall(desk, f"meeting:{id}")

    again = MeetingsScreen(desk, jobs)
    show(qtbot, again)
    settle(qtbot, jobs)
    settle(qtbot, jobs)

    texts = [card.form.values()["text"] for card in again.questions.cards]
    assert texts[0].endswith("Шұғыл!")
    assert texts[-1] == "Интернет қашан келеді?"


def test_news_of_a_part_keep_what_is_being_typed_in_another(
    qtbot, desk, jobs, screen, open_meeting
):
    id = open_meeting()
    screen.questions.cards[0].open()
    at_end(screen.questions.cards[0].form.fields["text"].input)
    write("!")

    jobs.write(lambda: records.save(desk, "question", {"text": "Жаңа"}, parent=id))
    settle(qtbot, jobs)

    assert len(screen.questions.cards) == 4
    assert screen.questions.cards[0].form.fields["text"].has_cursor()
    assert screen.questions.cards[0].form.dirty()
