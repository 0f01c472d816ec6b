"""Deciding by keys: one key for a clean record, the next one is there by itself."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import update

from desktop.actions import attachments, exchange, records, review
from desktop.actions.review import Decision
from desktop.people import NAMES
from sync.client.facts import remember
from sync.language import tr
from sync.records import KINDS
from sync.records.base import fields
from sync.records.states import ReviewState
from tests.examples import EXAMPLES, INSPECTION
from tests.ui.at_work import given_desk, given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.desks import record, seen_by, story
from tests.ui.keys import press, settle, show, write
from ui.models.queue import read_queue
from ui.models.sections import sections
from ui.screens.review import ReviewScreen
from ui.translation import use_language

TOLD = story()
FIELDS = [name for _, rows in sections(KINDS["issue"]) for row in rows for name in row]


@pytest.fixture
def coordinator(desk):
    return seen_by(desk, "coordinator")


@pytest.fixture
def sent(desk):
    """Three issues and a visit, in the order in which they wait."""
    found = [record(desk, "issue", values) for values in TOLD["issues"]]
    found.append(record(desk, "visit", TOLD["visit"]))
    for id in found:
        review.decide(desk, id, Decision.SEND)
    return found


@pytest.fixture
def screen(qtbot, coordinator, jobs, sent):
    screen = ReviewScreen(coordinator, jobs)
    show(qtbot, screen)
    settle(qtbot, jobs)
    screen.list.setFocus()
    return screen


@pytest.fixture
def state(qtbot, jobs, coordinator):
    def state(id):
        settle(qtbot, jobs)
        return records.show(coordinator, id)["review"]

    return state


def shown(screen):
    return screen.case and screen.case.id


def test_an_empty_queue_says_so(qtbot, coordinator, jobs):
    screen = ReviewScreen(coordinator, jobs)
    show(qtbot, screen)
    settle(qtbot, jobs)

    assert screen.none.isVisible()


def test_the_longest_waiting_is_open_with_all_its_fields(screen, sent):
    assert shown(screen) == sent[0]
    assert {fact.name for fact in screen.case.facts} == {
        field.name for field in fields(KINDS["issue"])
    }
    assert screen.list.accessibleName()


@pytest.mark.parametrize(
    ("key", "after"), [("a", "approved"), ("x", "rejected"), ("d", "duplicate"), ("ф", "approved")]
)
def test_one_key_decides_and_the_next_one_is_open(qtbot, jobs, screen, sent, state, key, after):
    write(key)

    assert state(sent[0]) == after
    assert shown(screen) == sent[1]
    assert QApplication.focusWidget() is screen.list


def test_fast_keys_decide_each_record_once(qtbot, jobs, screen, sent, state):
    write("aaaa")  # the second comes before the next record is on the screen
    settle(qtbot, jobs)
    write("a")

    assert [state(id) for id in sent] == ["approved", "approved", "sent", "sent"]


def test_j_and_k_go_through_the_queue(qtbot, jobs, screen, sent):
    for key in "jjk":
        write(key)
        settle(qtbot, jobs)

    assert shown(screen) == sent[1]


def test_a_record_is_returned_with_a_comment_at_a_field(qtbot, jobs, screen, sent, desk, state):
    write("r")
    press(Qt.Key.Key_Down)
    write("Қай көшеде?")
    about = screen.sheet.current().name

    press(Qt.Key.Key_Return)

    assert state(sent[0]) == "returned"
    said = [(row["about"], row["text"]) for row in review.comments(desk, sent[0])]
    assert said == [(about, "Қай көшеде?")]
    assert about == FIELDS[1]


def test_several_fields_are_commented_in_one_return(qtbot, jobs, screen, sent, desk, state):
    write("r")
    write("Нақтырақ")
    press(Qt.Key.Key_Down)
    write("Басқа санат")
    press(Qt.Key.Key_Return)

    assert state(sent[0]) == "returned"
    assert {row["text"] for row in review.comments(desk, sent[0])} == {"Нақтырақ", "Басқа санат"}


def test_a_reason_is_written_by_a_key(screen):
    write("r")

    press(Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)

    assert screen.bar.line.text()


def test_nothing_is_returned_without_a_word(qtbot, jobs, screen, sent, state, said):
    write("r")
    press(Qt.Key.Key_Return)

    assert state(sent[0]) == "sent"
    assert said
    assert screen.bar.isVisible()


def test_esc_leaves_the_return_and_the_keys_decide_again(qtbot, jobs, screen, sent, state):
    write("r")
    press(Qt.Key.Key_Escape)
    write("a")

    assert state(sent[0]) == "approved"


@pytest.mark.parametrize("keys", ["a", "x", "d"])
def test_a_decision_is_undone_and_the_record_shown_again(qtbot, jobs, screen, sent, state, keys):
    write(keys)
    settle(qtbot, jobs)

    screen.undo()

    assert state(sent[0]) == "sent"
    qtbot.waitUntil(lambda: shown(screen) == sent[0])


def test_the_comment_of_a_return_that_was_undone_is_history(qtbot, jobs, screen, sent):
    write("r")
    write("Нақтырақ")
    press(Qt.Key.Key_Return)
    settle(qtbot, jobs)
    screen.undo()
    qtbot.waitUntil(lambda: shown(screen) == sent[0])

    said = [said for fact in screen.case.facts for said in fact.said] + list(screen.case.said)

    assert [(one.text, one.open) for one in said] == [("Нақтырақ", False)]


def test_the_author_is_called_by_name_or_by_login(qtbot, jobs, screen, sent, desk):
    assert {screen.queue.at(row).author for row in range(4)} == {"a.beisenova"}
    with desk.store.begin() as session:
        remember(session, NAMES, {"a.beisenova": "Айгүл Бейсенова"})

    screen.reload()
    settle(qtbot, jobs)

    assert {screen.queue.at(row).author for row in range(4)} == {"Айгүл Бейсенова"}
    assert "Айгүл Бейсенова" in screen.page.author.text()


def test_later_puts_a_record_to_the_end_and_can_be_undone(qtbot, jobs, screen, sent):
    write("s")
    settle(qtbot, jobs)
    assert shown(screen) == sent[1]
    assert screen.queue.row_of(sent[0]) == 3

    screen.undo()
    settle(qtbot, jobs)

    assert screen.queue.row_of(sent[0]) == 0
    assert shown(screen) == sent[0]


def test_how_many_still_wait_is_told_at_once(qtbot, jobs, screen, sent):
    told = []
    screen.counted.connect(told.append)

    write("a")  # nothing has come back from the store

    assert told == [3]
    assert screen.left.count.text().startswith("3 ")
    settle(qtbot, jobs)


def test_the_last_one_leaves_an_empty_queue(qtbot, jobs, screen, sent):
    for _ in sent:
        write("a")
        settle(qtbot, jobs)

    assert screen.none.isVisible()


def test_a_record_that_was_decided_elsewhere_says_so(qtbot, jobs, screen, sent, coordinator, said):
    review.decide(coordinator, sent[0], Decision.REJECT)  # meanwhile, on another laptop

    write("d")
    settle(qtbot, jobs)

    assert records.show(coordinator, sent[0])["review"] == "rejected"
    assert screen.queue.row_of(sent[0]) == -1
    assert len(said) >= 2


def test_a_conflict_is_settled_where_it_stands(qtbot, jobs, coordinator, sent):
    rival = {"value": "Су құбыры жарылған", "by": "n.tursynbek",
             "at": datetime.now(UTC).isoformat(), "change": str(sent[0])}  # fmt: skip
    with coordinator.store.begin() as session:
        session.get(KINDS["issue"], sent[0]).conflicts = {"essence": [rival]}
    screen = ReviewScreen(coordinator, jobs)
    show(qtbot, screen)
    settle(qtbot, jobs)
    assert screen.sheet.current().name == "essence"

    screen.sheet.taken.emit("essence", rival["value"])
    settle(qtbot, jobs)

    assert records.show(coordinator, sent[0])["essence"] == rival["value"]


@pytest.fixture
def disputed(coordinator, desk):
    """A record that is not sent, on which two people differ: at a field, and about its removal."""

    def dispute(name, value):
        id = records.save(desk, "issue", {"essence": "Су жоқ"})[0].record
        rival = {"value": value, "by": "n.tursynbek", "at": datetime.now(UTC).isoformat(),
                 "change": str(id)}  # fmt: skip
        with coordinator.store.begin() as session:
            row = session.get(KINDS["issue"], id)
            row.conflicts, row.removed = {name: [rival]}, name == "removed"
        return id

    return dispute


@pytest.mark.parametrize(("key", "stands"), [("1", "Су жоқ"), ("2", "Су құбыры жарылған")])
def test_one_key_takes_one_of_two_values(qtbot, jobs, coordinator, disputed, key, stands):
    id = disputed("essence", "Су құбыры жарылған")
    screen = ReviewScreen(coordinator, jobs)
    show(qtbot, screen)
    settle(qtbot, jobs)
    assert shown(screen) == id
    screen.list.setFocus()

    qtbot.keyClick(screen.list, key)
    settle(qtbot, jobs)

    change = exchange.waiting(coordinator)[-1]
    assert (change.record, change.fields) == (id, {"essence": stands})


def test_a_removed_record_that_is_still_worked_on_is_asked_about(
    qtbot, jobs, coordinator, disputed
):
    id = disputed("removed", False)
    screen = ReviewScreen(coordinator, jobs)
    show(qtbot, screen)
    settle(qtbot, jobs)
    assert shown(screen) == id
    screen.list.setFocus()

    qtbot.keyClick(screen.list, "2")
    settle(qtbot, jobs)

    assert records.show(coordinator, id)["removed"] is False


def test_a_record_that_was_not_sent_is_not_decided_about(qtbot, jobs, coordinator, disputed):
    id = disputed("essence", "Су құбыры жарылған")
    screen = ReviewScreen(coordinator, jobs)
    show(qtbot, screen)
    settle(qtbot, jobs)

    screen.list.setFocus()
    write("a")
    settle(qtbot, jobs)

    assert shown(screen) == id
    assert records.show(coordinator, id)["review"] == "draft"


def test_a_photo_is_enlarged_over_the_page_and_closed_again(qtbot, jobs, desk, coordinator, sent):
    drawn = BytesIO()
    Image.new("RGB", (800, 600), "steelblue").save(drawn, "JPEG")
    attachments.attach(desk, sent[0], drawn.getvalue(), "Құбыр")
    screen = ReviewScreen(coordinator, jobs)
    show(qtbot, screen)
    settle(qtbot, jobs)
    screen.list.setFocus()

    write("p")
    assert screen.large.isVisible()
    press(Qt.Key.Key_Escape, widget=screen.large)

    assert not screen.large.isVisible()
    assert "Құбыр" in [button.accessibleName() for button in screen.page.photos.buttons]


def test_the_questions_and_steps_are_shown(qtbot, jobs, desk, coordinator):
    id = record(desk, "issue", TOLD["issues"][0])
    record(desk, "step", TOLD["steps"][0], parent=id)
    review.decide(desk, id, Decision.SEND)
    screen = ReviewScreen(coordinator, jobs)
    show(qtbot, screen)
    settle(qtbot, jobs)

    assert [kind for kind, _ in screen.case.parts] == ["step"]


def test_every_button_is_large_enough_and_named(screen):
    for button in [
        *screen.page.buttons.values(),
        screen.page.undo_button,
        screen.page.keys_button,
    ]:
        assert min(button.width(), button.height()) >= 32
        assert button.text() or button.accessibleName()


def test_the_words_change_with_the_language(qtbot, jobs, screen):
    kazakh = screen.page.buttons["approve"].text()

    use_language("en")
    settle(qtbot, jobs)

    assert screen.page.buttons["approve"].text() != kazakh
    assert screen.case.groups[0][1][0].label == "Essence"


def test_every_button_has_its_picture(screen, sent):
    assert not [name for name, button in screen.page.buttons.items() if button.icon().isNull()]


def test_a_queue_that_was_read_before_a_decision_was_written_does_not_bring_it_back(
    qtbot, screen, coordinator, sent, jobs
):
    """Faster keys than the store: each record takes one key."""
    before = read_queue(coordinator)
    write("a", screen.list)

    screen._show_queue(before)
    assert screen.queue.row_of(sent[0]) < 0

    settle(qtbot, jobs)
    screen.undo()
    settle(qtbot, jobs)
    assert shown(screen) == sent[0]


@pytest.mark.parametrize("kind", review.REVIEWABLE)
def test_every_kind_that_is_reviewed_stands_in_the_queue_in_words(desk, coordinator, kind):
    values = {"inspection": [INSPECTION], **EXAMPLES}.get(kind)
    id = record(desk, kind, values[0][0] if values else {})
    with desk.store.begin() as session:  # as it comes by sync, whatever it lacks
        session.execute(
            update(KINDS[kind]).where(KINDS[kind].id == id).values(review=ReviewState.SENT)
        )

    [waiting] = [one for one in read_queue(coordinator) if one.id == id]

    assert waiting.place


def test_a_plan_has_no_village_and_says_what_it_is_instead(qtbot, desk, coordinator, jobs):
    values = EXAMPLES["work_plan"][0][0]
    id = record(desk, "work_plan", values)
    review.decide(desk, id, Decision.SEND)
    screen = ReviewScreen(coordinator, jobs)
    show(qtbot, screen)
    settle(qtbot, jobs)

    assert shown(screen) == id
    assert screen.queue.at(0).place == tr(KINDS["work_plan"].label)
