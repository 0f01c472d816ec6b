"""Many photos at once: dropped anywhere on the page, pasted while one types, and what is none."""

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication

from desktop.actions import attachments, records
from tests.photos import picture
from tests.ui.at_work import given_desk, given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.desks import record, seen_by, story
from tests.ui.keys import press, settle, show, write
from ui.dropped import contents, holds_alone
from ui.screens.issues import IssuesScreen

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def screen(qtbot, desk, jobs):
    screen = IssuesScreen(desk, jobs)
    show(qtbot, screen)
    screen.open_record(record(desk, "issue", story()["issues"][0]))
    settle(qtbot, jobs)
    return screen


@pytest.fixture
def copy(qapp):
    """Put something on the clipboard, which is empty again afterwards."""
    yield qapp.clipboard().setMimeData
    qapp.clipboard().clear()


@pytest.fixture
def photos(tmp_path):
    """So many photos as files, each another."""

    def build(number):
        files = [tmp_path / f"су-{each}.png" for each in range(number)]
        for each, file in enumerate(files):
            Image.new("RGB", (200 + each, 100), "steelblue").save(file)
        return files

    return build


def kept(desk, screen):
    return attachments.attachments(desk, screen.editor.page.id)


def of_files(files):
    given = QMimeData()
    given.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    return given


def of_a_picture():
    image = QImage(320, 200, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkCyan)
    given = QMimeData()
    given.setImageData(image)
    return given


def drop(target, given):
    """As a mouse brings it: over the widget, then let go. Whether it was taken."""
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none, place = Qt.KeyboardModifier.NoModifier, QPoint(5, 5)
    enter = QDragEnterEvent(place, action, given, button, none)
    QApplication.sendEvent(target, enter)
    QApplication.sendEvent(target, QDragMoveEvent(place, action, given, button, none))
    QApplication.sendEvent(target, QDropEvent(QPointF(place), action, given, button, none))
    return enter.isAccepted()


def test_many_are_added_one_after_another_and_told_once(qtbot, desk, jobs, screen, photos, said):
    steps = []
    screen.attaching.moved_on.connect(lambda done, total: steps.append((done, total)))

    screen.photos.take(of_files(photos(12)))
    assert screen.photos.progress.isVisible()
    settle(qtbot, jobs)

    assert len(kept(desk, screen)) == len(screen.photos.photos) == 12
    assert steps == [*((done, 12) for done in range(12)), (0, 0)]
    assert said == ["12 фото қосылды."]
    assert screen.photos.progress.isHidden()


def is_seen(screen, widget):
    view = screen.editor.area.viewport()
    top, bottom = (
        widget.mapTo(view, at()).y() for at in (widget.rect().topLeft, widget.rect().bottomLeft)
    )
    return top >= 0 and bottom < view.height()


def test_a_picture_that_was_added_at_the_end_of_the_form_is_seen_with_its_caption(
    qtbot, jobs, screen, photos
):
    screen.editor.form.focus_first()
    assert not is_seen(screen, screen.photos.add_button)

    screen.attach(photos(1))
    settle(qtbot, jobs)

    [photo] = screen.photos.photos
    qtbot.waitUntil(lambda: is_seen(screen, photo))


def test_who_types_on_while_more_photos_come_stays_where_one_types(
    qtbot, desk, jobs, screen, photos, monkeypatch
):
    field = screen.editor.form.fields["essence"]
    monkeypatch.setattr(screen.attaching, "add", lambda *_: None)  # they come one by one, here
    screen.attach(photos(2))

    comes(qtbot, desk, jobs, screen, picture(1))
    qtbot.waitUntil(lambda: is_seen(screen, screen.photos.photos[0]))
    screen.editor.form.focus_field("essence")
    qtbot.waitUntil(lambda: is_seen(screen, field))
    comes(qtbot, desk, jobs, screen, picture(2))
    QApplication.processEvents()

    assert len(screen.photos.photos) == 2
    assert is_seen(screen, field)


def test_the_page_may_still_grow_where_one_types_again(qtbot, jobs, screen, photos):
    field = screen.editor.form.fields["essence"]
    screen.attach(photos(1))
    settle(qtbot, jobs)
    [photo] = screen.photos.photos
    qtbot.waitUntil(lambda: is_seen(screen, photo))

    screen.editor.form.focus_field("essence")
    qtbot.waitUntil(lambda: is_seen(screen, field))
    bar = screen.editor.area.verticalScrollBar()
    bar.setRange(0, bar.maximum() + 40)

    assert is_seen(screen, field)


def comes(qtbot, desk, jobs, screen, content):
    jobs.write(lambda: attachments.attach(desk, screen.editor.page.id, content))
    settle(qtbot, jobs)


def test_what_is_no_photo_keeps_back_none_of_the_others(
    qtbot, desk, jobs, screen, photos, tmp_path, said
):
    broken, foreign, folder = (
        tmp_path / "бүлінген.jpg",
        tmp_path / "iphone.heic",
        tmp_path / "бума",
    )
    broken.write_bytes(b"\xff\xd8\xff not a photo")
    foreign.write_bytes(b"\0\0\0\x18ftypheic")
    folder.mkdir()
    good = photos(2)

    screen.photos.take(of_files([good[0], broken, foreign, folder, tmp_path / "жоқ.jpg", good[1]]))
    settle(qtbot, jobs)

    assert [row["name"] for row in kept(desk, screen)] == ["су-0.jpg", "су-1.jpg"]
    [words] = said
    assert all(name in words for name in ("бүлінген.jpg", "iphone.heic", "бума", "жоқ.jpg"))
    assert len(words.splitlines()) == 5
    assert "Apple" in words


def test_of_very_many_that_are_none_some_are_named(qtbot, jobs, screen, tmp_path, said):
    files = [tmp_path / f"{each}.exe" for each in range(9)]
    for file in files:
        file.write_bytes(b"MZ")

    screen.photos.take(of_files(files))
    settle(qtbot, jobs)

    [words] = said
    told = words.splitlines()
    assert (len(told), told[-1]) == (1 + 5 + 1, "Тағы 4.")


def test_it_can_be_stopped_and_what_is_there_stays(qtbot, desk, jobs, screen, photos, said):
    screen.photos.take(of_files(photos(30)))
    qtbot.waitUntil(lambda: len(kept(desk, screen)) >= 2)

    screen.photos.progress.stop_button.click()
    settle(qtbot, jobs)

    there = len(kept(desk, screen))
    assert 2 <= there < 30
    assert said == [f"{there} фото қосылды."]


def test_a_file_dropped_on_a_text_becomes_a_photo_and_no_words(qtbot, desk, jobs, screen, photos):
    fields = screen.editor.form.fields
    before = fields["essence"].value()
    files = photos(2)

    assert drop(fields["essence"].input.viewport(), of_files(files[:1]))
    assert drop(fields["address"].input, of_files(files[1:]))
    settle(qtbot, jobs)

    assert len(kept(desk, screen)) == 2
    assert fields["essence"].value() == before


def test_words_that_are_dropped_are_left_to_the_field(qtbot, desk, jobs, screen):
    given = QMimeData()
    given.setText("Су жоқ")

    drop(screen.editor.form.fields["essence"].input.viewport(), given)
    settle(qtbot, jobs)

    assert kept(desk, screen) == []
    assert "Су жоқ" in screen.editor.form.fields["essence"].value()


def test_a_copied_picture_is_pasted_while_one_types(qtbot, desk, jobs, screen, copy):
    copy(of_a_picture())
    for name in ("essence", "address"):
        screen.editor.form.fields[name].input.setFocus()
        press(Qt.Key.Key_V, CTRL)
    screen.photos.add_button.setFocus()
    press(Qt.Key.Key_V, CTRL)
    settle(qtbot, jobs)

    assert len(kept(desk, screen)) == 3


def test_copied_words_with_a_picture_beside_them_are_pasted_as_words(
    qtbot, desk, jobs, screen, copy
):
    given = of_a_picture()
    given.setText("Кестеден")
    copy(given)
    address = screen.editor.form.fields["address"].input
    address.setFocus()
    address.selectAll()

    press(Qt.Key.Key_V, CTRL)
    settle(qtbot, jobs)

    assert address.value() == "Кестеден"
    assert kept(desk, screen) == []
    assert not holds_alone(given)


def test_a_large_copied_picture_is_not_written_anew_on_the_screens_thread():
    [content] = contents(of_a_picture())

    assert isinstance(content, QImage)


def test_who_may_only_read_drops_nothing(qtbot, desk, jobs, photos, screen):
    reader = IssuesScreen(seen_by(desk, "analyst"), jobs)
    show(qtbot, reader)
    reader.open_record(screen.editor.page.id)
    settle(qtbot, jobs)

    assert not drop(reader.editor, of_files(photos(1)))
    settle(qtbot, jobs)

    assert kept(desk, screen) == []


def test_a_new_record_that_cannot_be_saved_says_so_and_takes_no_photo(
    qtbot, desk, jobs, screen, photos, said
):
    screen.begin()
    settle(qtbot, jobs)
    write("99.99.2026", screen.editor.form.fields["received_on"].input)

    screen.photos.take(of_files(photos(1)))
    settle(qtbot, jobs)

    assert len(records.list_records(desk, "issue")) == 1
    assert attachments.attachments(desk, screen.editor.page.id) == []
    assert said == []
    assert screen.editor.form.fields["received_on"].problem.text()
