import pytest
from PySide6.QtCore import QPoint, Qt

from desktop.actions import drafts, records, review
from desktop.actions.listing import Listing
from sync.client.tables import Pending
from sync.errors import UserError
from sync.records.values import plain
from tests.ui.at_work import given_desk, given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.desks import VILLAGE, record, seen_by, story
from tests.ui.keys import press, settle, show, write
from ui.screens.any_kind import AnyKindScreen
from ui.translation import use_language

CTRL = Qt.KeyboardModifier.ControlModifier
VISIT = {"visited_on": "2026-11-23", "village": VILLAGE, "topic": "acquaintance"}


def refuse(*_):
    raise UserError("The disk is full.")


@pytest.fixture
def open_screen(qtbot, desk, jobs):
    def build(desk=desk):
        screen = AnyKindScreen(desk, jobs, "visit")
        show(qtbot, screen)
        settle(qtbot, jobs)
        return screen

    return build


def test_a_new_record_is_written_and_saved_by_keys(qtbot, desk, jobs, open_screen, said):
    screen = open_screen()
    screen.begin()
    settle(qtbot, jobs)
    write("Үш өтініш қабылданды", screen.editor.form.fields["outcome"].input)
    screen.editor.save()
    settle(qtbot, jobs)

    [row] = records.list_records(desk, "visit")
    assert row["outcome"] == "Үш өтініш қабылданды"
    assert said
    assert not screen.editor.dirty()
    assert screen.list.model.rowCount() == 1
    assert screen.list.current() == row["id"]


def test_shortcuts_begin_save_and_send(qtbot, desk, jobs, open_screen):
    screen = open_screen()
    qtbot.keyClick(screen, Qt.Key.Key_N, CTRL)
    settle(qtbot, jobs)
    screen.editor.form.set_values(VISIT)
    screen.editor.form.edited.emit()

    qtbot.keyClick(screen, Qt.Key.Key_S, CTRL)
    settle(qtbot, jobs)
    saved = records.list_records(desk, "visit")[0]["review"]
    qtbot.keyClick(screen, Qt.Key.Key_Return, CTRL)
    settle(qtbot, jobs)

    assert (saved, records.list_records(desk, "visit")[0]["review"]) == ("draft", "sent")
    assert screen.editor.bar.send_button.isHidden()


def test_sending_says_at_the_fields_what_is_missing(qtbot, desk, jobs, open_screen):
    screen = open_screen()
    screen.begin()
    settle(qtbot, jobs)

    qtbot.mouseClick(screen.editor.bar.send_button, Qt.MouseButton.LeftButton)
    settle(qtbot, jobs)

    shown = {name for name, field in screen.editor.form.fields.items() if field.problem.text()}
    assert shown == {"village", "topic"}
    assert screen.editor.form.focused() == "topic"
    assert records.list_records(desk, "visit") == []


def test_what_was_typed_survives_a_crash(qtbot, desk, jobs, open_screen):
    id = record(desk, "visit", VISIT)
    screen = open_screen()
    screen.open_record(id)
    settle(qtbot, jobs)
    write("Ауыз су", screen.editor.form.fields["outcome"].input)
    qtbot.waitUntil(lambda: drafts.recall(desk, f"visit:{id}") is not None, timeout=1000)

    again = open_screen()  # the first one never said good-bye
    settle(qtbot, jobs)

    assert again.editor.page.id == id
    assert again.editor.form.values()["outcome"] == "Ауыз су"
    assert not again.editor.note.isHidden()
    assert records.show(desk, id)["outcome"] is None


def test_an_unsaved_new_record_survives_a_crash(qtbot, desk, jobs, open_screen):
    screen = open_screen()
    screen.begin()
    settle(qtbot, jobs)
    write("Ауыз су", screen.editor.form.fields["outcome"].input)
    screen.editor.keep()
    settle(qtbot, jobs)
    id = screen.editor.page.id

    again = open_screen()
    settle(qtbot, jobs)

    assert again.editor.page.id == id
    assert again.editor.form.values()["outcome"] == "Ауыз су"


def test_a_save_leaves_no_draft_behind(qtbot, desk, jobs, open_screen):
    id = record(desk, "visit", VISIT)
    screen = open_screen()
    screen.open_record(id)
    settle(qtbot, jobs)
    write("Су", screen.editor.form.fields["outcome"].input)
    screen.editor.keep()
    screen.editor.save()
    settle(qtbot, jobs)

    assert drafts.recall(desk, f"visit:{id}") is None
    assert records.show(desk, id)["outcome"] == "Су"
    assert screen.editor.note.isHidden()


def test_what_was_typed_can_be_thrown_away(qtbot, desk, jobs, open_screen):
    id = record(desk, "visit", VISIT)
    screen = open_screen()
    screen.open_record(id)
    settle(qtbot, jobs)
    write("Су", screen.editor.form.fields["outcome"].input)
    screen.editor.keep()
    settle(qtbot, jobs)

    screen.editor.throw_away()
    settle(qtbot, jobs)

    assert not screen.editor.dirty()
    assert drafts.recall(desk, f"visit:{id}") is None


def test_another_record_is_opened_without_losing_a_letter(qtbot, desk, jobs, open_screen):
    one, other = (record(desk, "visit", VISIT | {"people": n}) for n in (1, 2))
    screen = open_screen()
    screen.open_record(one)
    settle(qtbot, jobs)
    write("Су", screen.editor.form.fields["outcome"].input)

    screen.open_record(other)
    settle(qtbot, jobs)
    shown = screen.editor.form.values()["outcome"]
    screen.open_record(one)
    settle(qtbot, jobs)

    assert shown is None
    assert screen.editor.form.values()["outcome"] == "Су"


def test_up_and_down_open_enter_goes_in_and_esc_comes_back(qtbot, desk, jobs, open_screen):
    ids = [record(desk, "visit", VISIT | {"people": n}) for n in range(3)]
    screen = open_screen()

    press(Qt.Key.Key_Down, widget=screen.list.search)
    press(Qt.Key.Key_Down, widget=screen.list.search)
    qtbot.waitUntil(lambda: screen.editor.page is not None)
    settle(qtbot, jobs)
    opened = screen.editor.page.id
    press(Qt.Key.Key_Return, widget=screen.list.view)
    settle(qtbot, jobs)
    inside = screen.editor.form.focused()
    press(Qt.Key.Key_Escape)

    assert opened == ids[1]
    assert inside == "visited_on"
    assert screen.list.view.hasFocus()


def test_the_choice_and_what_is_seen_survive_news(qtbot, desk, jobs, open_screen):
    for n in range(40):
        record(desk, "visit", VISIT | {"people": n})
    screen = open_screen()
    chosen = screen.list.model.id_at(screen.list.model.index(20))
    screen.open_record(chosen)
    settle(qtbot, jobs)
    view = screen.list.view
    view.verticalScrollBar().setValue(700)
    before = view.visualRect(view.currentIndex())

    jobs.write(lambda: records.save(desk, "visit", VISIT | {"people": 99}))
    settle(qtbot, jobs)

    assert screen.list.model.rowCount() == 41
    assert screen.list.current() == chosen
    assert view.visualRect(view.currentIndex()) == before


def test_news_of_the_open_record_are_shown(qtbot, desk, jobs, open_screen):
    id = record(desk, "visit", VISIT)
    screen = open_screen()
    screen.open_record(id)
    settle(qtbot, jobs)
    write("Су", screen.editor.form.fields["outcome"].input)

    jobs.write(lambda: records.save(desk, "visit", {"people": 12}, id))
    settle(qtbot, jobs)

    assert screen.editor.form.values()["people"] == 12
    assert screen.editor.form.changes() == {"outcome": "Су"}


def test_a_closed_record_cannot_be_changed_by_its_author(qtbot, desk, jobs, open_screen):
    id = record(desk, "visit", VISIT)
    review.decide(desk, id, review.Decision.SEND)
    review.decide(seen_by(desk, "coordinator"), id, review.Decision.APPROVE)
    screen = open_screen()
    screen.open_record(id)
    settle(qtbot, jobs)

    assert not any(field.open() for field in screen.editor.form.fields.values())
    assert screen.editor.bar.words.text()


def test_a_conflict_is_settled_by_one_click(qtbot, desk, jobs, open_screen):
    id = record(desk, "visit", VISIT | {"people": 10})
    rival = {"value": 12, "by": "n.tursynbek", "at": "2026-11-23T09:00:00Z", "change": str(id)}
    with desk.store.begin() as session:
        from sync.records.visit import Visit

        session.get(Visit, id).conflicts = {"people": [rival]}
    screen = open_screen()
    screen.open_record(id)
    settle(qtbot, jobs)

    button = screen.editor.form.fields["people"].conflict.buttons[1]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(qtbot, jobs)

    assert records.show(desk, id)["people"] == 12
    assert screen.editor.form.values()["people"] == 12


def test_a_refused_save_keeps_what_was_typed(qtbot, desk, jobs, open_screen, said, monkeypatch):
    id = record(desk, "visit", VISIT)
    screen = open_screen()
    screen.open_record(id)
    settle(qtbot, jobs)
    review.decide(desk, id, review.Decision.SEND)  # meanwhile, as by a sync
    review.decide(seen_by(desk, "coordinator"), id, review.Decision.APPROVE)
    write("Су", screen.editor.form.fields["outcome"].input)

    screen.editor.save()
    settle(qtbot, jobs)

    assert any(said)
    assert screen.editor.form.values()["outcome"] == "Су"
    assert drafts.recall(desk, f"visit:{id}")["values"] == {"outcome": "Су"}


def test_an_empty_list_says_so_and_offers_a_button(qtbot, jobs, open_screen):
    screen = open_screen()
    assert screen.list.empty.isVisible()

    screen.list.wanted.emit()
    settle(qtbot, jobs)

    assert screen.editor.page is not None
    assert screen.editor.page.row is None


def test_search_and_state_are_there_after_a_restart(qtbot, desk, jobs, open_screen):
    record(desk, "visit", VISIT)
    screen = open_screen()
    screen.list.search.setText("созак")
    screen.list.keep_state("draft")
    settle(qtbot, jobs)

    again = open_screen()
    settle(qtbot, jobs)

    assert (again.list.search.text(), again.list.state()) == ("созак", "draft")


def test_of_many_places_the_first_and_the_last_are_kept(
    qtbot, desk, jobs, open_screen, monkeypatch
):
    screen, keep, kept = open_screen(), drafts.keep, []

    def counted(desk, key, values):
        kept.append(values["search"])
        keep(desk, key, values)

    monkeypatch.setattr(drafts, "keep", counted)
    for words in ("с", "со", "соз", "соза", "созақ"):  # faster than the first is on the disk
        screen.list.search.setText(words)
    settle(qtbot, jobs)

    assert kept == ["с", "созақ"]
    assert drafts.recall(desk, "screen:visit")["search"] == "созақ"


def test_a_place_that_could_not_be_kept_is_said_and_the_next_one_is(
    qtbot, desk, jobs, open_screen, said, monkeypatch
):
    screen = open_screen()
    with monkeypatch.context() as full:
        full.setattr(drafts, "keep", refuse)
        screen.list.search.setText("су")
        settle(qtbot, jobs)
    assert said == ["The disk is full."]

    screen.list.search.setText("созақ")
    settle(qtbot, jobs)

    assert drafts.recall(desk, "screen:visit")["search"] == "созақ"


def test_where_the_first_of_many_places_was_refused_the_last_is_tried(
    qtbot, desk, jobs, open_screen, said, monkeypatch
):
    screen, keep = open_screen(), drafts.keep

    def keep_all_but(desk, key, values):
        (refuse if values["search"] == "с" else keep)(desk, key, values)

    monkeypatch.setattr(drafts, "keep", keep_all_but)
    screen.list.search.setText("с")
    screen.list.search.setText("созақ")
    settle(qtbot, jobs)

    assert drafts.recall(desk, "screen:visit")["search"] == "созақ"


def test_of_three_hundred_thousand_rows_only_what_is_seen_is_read(qtbot, desk, jobs, open_screen):
    id = record(desk, "visit", story()["visit"])
    screen = open_screen()
    pages = []
    screen.list.model.wanted.connect(pages.append)
    screen.list.show_listing(Listing([id.hex, *(f"{n:032x}" for n in range(299_999))]), {})

    screen.list.view.scrollToBottom()
    screen.list.view.grab()
    settle(qtbot, jobs)

    assert screen.list.view.indexAt(QPoint(20, 20)).row() > 299_900
    assert set(pages) <= {0, 2999}


def test_a_reader_may_change_nothing(qtbot, desk, jobs, open_screen):
    id = record(desk, "visit", VISIT)
    screen = open_screen(seen_by(desk, "analyst"))
    screen.open_record(id)
    settle(qtbot, jobs)

    assert not any(field.open() for field in screen.editor.form.fields.values())
    assert screen.editor.bar.send_button.isHidden()


def test_plain_values_of_a_row_are_what_the_form_says(qtbot, desk, jobs, open_screen):
    id = record(desk, "visit", story()["visit"])
    screen = open_screen()
    screen.open_record(id)
    settle(qtbot, jobs)

    row = records.show(desk, id)
    said = screen.editor.form.values()
    assert plain({name: row[name] for name in said}) == said


def test_the_list_and_the_page_follow_the_language(qtbot, desk, jobs, open_screen):
    id = record(desk, "visit", VISIT)
    screen = open_screen()
    screen.open_record(id)
    settle(qtbot, jobs)

    use_language("ru")
    settle(qtbot, jobs)
    said = (screen.list.model.index(0).data(), screen.editor.header.title.accessibleName())
    use_language("kk")
    settle(qtbot, jobs)

    assert said == ("Знакомство", "Знакомство")
    assert not screen.editor.dirty()


def test_after_an_exchange_nothing_is_marked_as_waiting(qtbot, desk, jobs, open_screen):
    id = record(desk, "visit", VISIT)
    screen = open_screen()
    screen.open_record(id)
    settle(qtbot, jobs)
    before = screen.list.model.listing.counts["unsent"]

    with desk.store.begin() as session:  # as the exchange does when the server has answered
        session.query(Pending).delete()
    jobs.exchanging.emit(False)
    settle(qtbot, jobs)

    assert (before, screen.list.model.listing.counts["unsent"]) == (1, 0)


def test_a_removed_record_leaves_the_list(qtbot, desk, jobs, open_screen):
    id = record(desk, "visit", VISIT)
    screen = open_screen()

    jobs.write(lambda: records.remove(desk, "visit", id))
    settle(qtbot, jobs)

    assert screen.list.model.rowCount() == 0
