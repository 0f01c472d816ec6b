from datetime import date, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from sync.errors import UserError
from sync.language import mark, speak
from sync.places import load_pack
from sync.records import KINDS
from sync.records.base import fields
from tests.ui.desks import SOZAQ, VILLAGE, story
from tests.ui.keys import at_end, write
from ui.models.sections import sections
from ui.translation import use_language
from ui.widgets.record_form import RecordForm


@pytest.fixture(autouse=True)
def kazakh():
    speak("kk")
    yield
    speak("kk")


@pytest.fixture
def form_of(qtbot):
    def make(kind):
        form = RecordForm(KINDS[kind], load_pack("turkistan"), SOZAQ)
        qtbot.addWidget(form)
        return form

    return make


def row(kind, **values):
    empty = {field.name: None for field in fields(KINDS[kind])}
    return empty | {"conflicts": {}, "revision": 0} | values


@pytest.mark.parametrize("kind", KINDS)
def test_every_declared_field_has_its_place_in_the_form(kind, form_of):
    form = form_of(kind)

    placed = [name for _, rows in sections(KINDS[kind]) for line in rows for name in line]

    assert sorted(placed) == sorted(one.name for one in fields(KINDS[kind]) if not one.apart)
    assert all(form.isAncestorOf(field) for field in form.fields.values())


@pytest.mark.parametrize("kind", ["meeting", "issue", "visit"])
def test_what_is_shown_is_what_is_read_back(kind, form_of):
    told = {"issue": story()["issues"][0]}.get(kind) or story()[kind]
    told = told | ({"held_at": "15:00:00"} if kind == "meeting" else {})
    form = form_of(kind)

    form.set_values(told)

    assert {name: form.values()[name] for name in told} == told
    assert set(form.values()) == {field.name for field in fields(KINDS[kind]) if not field.given}


def test_only_what_was_typed_is_a_change(form_of):
    form = form_of("meeting")
    form.set_row(row("meeting", title="Ауыз су", held_on=date(2026, 11, 23), held_at=time(15)))
    assert not form.dirty()

    at_end(form.fields["title"].input)
    write("!", form.fields["title"].input)

    assert form.changes() == {"title": "Ауыз су!"}
    assert form.dirty()


def test_a_value_that_this_program_does_not_know_is_left_alone(form_of):
    form = form_of("issue")

    form.set_row(row("issue", category="space_travel", village="free::Жаңа ауыл"))

    assert form.changes() == {}


def test_news_of_the_record_does_not_take_what_is_being_typed(form_of):
    form = form_of("meeting")
    form.set_row(row("meeting", title="Су", place="Мектеп"))
    at_end(form.fields["title"].input)
    write(" құбыры", form.fields["title"].input)

    form.rebase(row("meeting", title="Жол", place="Клуб"))

    assert form.values()["title"] == "Су құбыры"
    assert form.values()["place"] == "Клуб"
    assert form.changes() == {"title": "Су құбыры"}


def test_what_is_typed_is_sent_upon_what_was_seen_when_it_was_typed(form_of):
    form = form_of("meeting")
    form.set_row(row("meeting", title="Су", revision=4))
    form.rebase(row("meeting", title="Су", place="Клуб", revision=5))
    at_end(form.fields["title"].input)
    write(" құбыры", form.fields["title"].input)

    form.rebase(row("meeting", title="Жол", place="Клуб", revision=9))

    assert form.base == 5


def test_a_problem_is_said_at_its_field_until_it_is_put_right(form_of):
    form = form_of("meeting")

    form.show_problems(form.problems(sending=True))
    field = form.fields["title"]
    assert not field.problem.isHidden()
    assert field.problem.text() == UserError(mark("Please fill this in.")).words()
    write("С", field.input)

    assert field.problem.isHidden()
    assert not form.fields["type"].problem.isHidden()


def test_a_draft_may_lack_what_sending_needs(form_of):
    form = form_of("issue")

    assert form.problems(sending=False) == {}
    assert set(form.problems(sending=True)) == {"essence", "category", "village", "received_on"}


def test_a_name_without_consent_is_a_problem_at_the_consent(form_of):
    form = form_of("issue")
    form.set_values({"applicant": "Серікбай Қ."})

    assert set(form.problems(sending=False)) == {"consent_way"}


@pytest.mark.parametrize("typed", ["8 701 234 56 78", "+7 701 2345678", "7012345678"])
def test_a_phone_is_stored_in_one_way(form_of, typed):
    form = form_of("issue")
    write(typed, form.fields["phone"].input)

    assert form.values()["phone"] == "+77012345678"
    assert "phone" not in form.problems(sending=False)


def test_no_phone_number_is_said_at_the_field(form_of):
    form = form_of("issue")
    write("12", form.fields["phone"].input)

    assert "phone" in form.problems(sending=False)
    assert form.values()["phone"] == "12"


def test_after_approval_only_live_fields_are_open(form_of):
    form = form_of("issue")

    form.set_editable("live")

    assert {name for name, field in form.fields.items() if field.open()} == {
        field.name for field in fields(KINDS["issue"]) if field.live
    }


def test_what_the_server_gives_is_shown_and_never_saved(form_of):
    form = form_of("issue")
    form.set_row(row("issue", number="СЗ-2026-7"))

    assert form.fields["number"].input.text() == "СЗ-2026-7"
    assert "number" not in form.values()


def test_labels_and_choices_follow_the_language(form_of, qtbot):
    form = form_of("issue")
    form.set_values({"category": "roads"})
    before = form.fields["category"].input.text()
    changes = form.changes()

    speak("ru")
    from PySide6.QtCore import QCoreApplication, QEvent

    for widget in [form, *form.findChildren(QWidget)]:
        QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.LanguageChange))

    assert (before, form.fields["category"].input.text()) == ("Жол", "Дороги")
    assert form.changes() == changes


def test_what_the_server_will_give_is_said_in_the_language_spoken(form_of, qtbot):
    form = form_of("issue")
    form.set_row(row("issue"))
    number = form.fields["number"].input
    before = number.text()

    use_language("en")

    assert number.text() == "The server gives it at the next sync"
    assert before not in ("", number.text())
    form.set_row(row("issue", number="6156-2026-00007"))
    use_language("ru")
    assert number.text() == "6156-2026-00007"


def test_both_values_of_a_conflict_are_shown_and_either_is_taken(form_of, qtbot):
    form = form_of("issue")
    rival = {
        "value": "roads",
        "by": "n.tursynbek",
        "at": "2026-11-23T09:14:00Z",
        "change": "00000000-0000-4000-8000-000000000001",
    }
    torn = row("issue", category="gas", conflicts={"category": [rival]})
    form.set_row(torn)

    form.show_conflicts(torn)
    mark_ = form.fields["category"].conflict
    said = " ".join(
        label.text() for label in mark_.findChildren(QWidget) if hasattr(label, "text")
    )
    taken = []
    form.settled.connect(lambda name, value: taken.append((name, value)))
    for button in mark_.buttons:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    assert "Жол" in said
    assert "Газбен жабдықтау" in said
    assert "n.tursynbek" in said
    assert taken == [("category", "gas"), ("category", "roads")]


def test_a_village_of_the_district_is_offered(form_of):
    form = form_of("visit")

    form.set_values({"village": VILLAGE})

    assert form.values()["village"] == VILLAGE
