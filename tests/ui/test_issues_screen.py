from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog

from desktop.actions import attachments, consent, records, review
from desktop.actions.titles import tag
from desktop.people import NAMES
from sync.client.facts import remember
from sync.client.tables import Blob
from sync.errors import Offline
from sync.language import tr
from sync.records import KINDS
from sync.records.base import fields
from tests.ui.at_work import given_desk, given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.desks import record, returned_issue, seen_by, story
from tests.ui.keys import press, settle, show, write
from ui.screens.issues import IssuesScreen
from ui.widgets.field_marks import CommentMark

TOLD = story()


@pytest.fixture
def screen(qtbot, desk, jobs):
    screen = IssuesScreen(desk, jobs)
    show(qtbot, screen)
    settle(qtbot, jobs)
    return screen


@pytest.fixture
def open_issue(qtbot, jobs, screen):
    def build(id):
        screen.open_record(id)
        settle(qtbot, jobs)
        return id

    return build


@pytest.fixture
def picture(tmp_path) -> Path:
    path = tmp_path / "су.jpg"
    Image.new("RGB", (640, 480), "steelblue").save(path)
    return path


def test_every_declared_field_of_an_issue_and_its_steps_can_be_reached(desk, screen, open_issue):
    spoken = {"consent_way": "spoken_witness", "consent_witness": "Болат", "phone": "87011234567"}
    stands, ended = (record(desk, "issue", TOLD["issues"][0] | spoken) for _ in range(2))
    consent.withdraw(desk, ended)

    reached = set()
    for id, sort in ((stands, "extended"), (ended, "forwarded")):
        open_issue(id)  # a witness is of the one, the day of the end of the other
        screen.steps.restore([{"id": str(uuid4()), "values": {"type": sort}}])
        forms = {"issue": screen.editor.form, "step": screen.steps.form}
        for kind, form in forms.items():
            assert set(form.order()) == {field.name for field in fields(KINDS[kind])}
            shown = (name for name, one in form.fields.items() if one.input.isVisibleTo(screen))
            reached |= {(kind, name) for name in shown}

    assert reached == {(kind, name) for kind, form in forms.items() for name in form.order()}


def test_a_returned_issue_opens_at_the_commented_field(qtbot, desk, jobs, screen, open_issue):
    id = returned_issue(desk, {"category": "Санатын тексеріңіз", "": "Тез түзетіңіз"})
    jobs.recorded.emit([])
    open_issue(id)

    qtbot.waitUntil(lambda: screen.editor.form.focused() == "category")
    comments = screen.editor.form.fields["category"].comments()
    assert comments == ["Санатын тексеріңіз"]
    assert not screen.editor.note.isHidden()
    assert len(screen.editor.note.buttons) == 1


def test_a_corrected_issue_is_sent_again(qtbot, desk, jobs, screen, open_issue):
    id = open_issue(returned_issue(desk, {"essence": TOLD["comment"]["text"]}))
    screen.editor.form.set_values(TOLD["correction"])

    qtbot.mouseClick(screen.editor.bar.send_button, Qt.MouseButton.LeftButton)
    settle(qtbot, jobs)

    row = records.show(desk, id)
    assert row["review"] == "sent"
    assert row["essence"] == TOLD["correction"]["essence"]
    assert screen.editor.note.isHidden()


def test_only_the_words_of_the_last_return_are_shown(qtbot, desk, jobs, screen, open_issue):
    id = returned_issue(desk, {"essence": "Бірінші"})
    review.decide(desk, id, review.Decision.SEND)
    coordinator = seen_by(desk, "coordinator")
    review.decide(coordinator, id, review.Decision.RETURN, {"address": "Екінші"})

    open_issue(id)

    said_at = {n: f.comments() for n, f in screen.editor.form.fields.items() if f.comments()}
    assert said_at == {"address": ["Екінші"]}
    assert [said.text for said in screen.editor.note._comments] == ["Екінші"]


def test_comments_of_one_return_stand_in_the_order_of_the_fields(desk, screen, open_issue):
    open_issue(returned_issue(desk, {"address": "3", "category": "2", "essence": "1", "": "0"}))

    assert [said.text for said in screen.editor.note._comments] == ["0", "1", "2", "3"]


def test_what_was_put_right_is_shown_as_history(qtbot, desk, jobs, screen, open_issue):
    id = returned_issue(desk, {"essence": "Бірінші"})
    review.decide(desk, id, review.Decision.SEND)
    review.decide(seen_by(desk, "coordinator"), id, review.Decision.RETURN, {"essence": "Екінші"})

    open_issue(id)

    marks = screen.editor.form.fields["essence"].findChildren(CommentMark)
    assert [(mark.words.text(), mark.open) for mark in marks] == [
        ("Бірінші", False),
        ("Екінші", True),
    ]


def test_a_return_that_was_undone_leaves_nothing_to_put_right(qtbot, desk, screen, open_issue):
    id = returned_issue(desk, {"essence": "Бірінші"})
    review.decide(seen_by(desk, "coordinator"), id, review.Decision.UNDO)

    open_issue(id)

    assert screen.editor.form.fields["essence"].comments() == []
    assert screen.editor.note.isHidden()


def test_who_returned_it_is_called_by_name(desk, screen, open_issue):
    with desk.store.begin() as session:
        remember(session, NAMES, {"d.ospanov": "Дәурен Оспанов"})
    id = returned_issue(desk, {"essence": "Бірінші"})

    open_issue(id)

    [mark] = screen.editor.form.fields["essence"].findChildren(CommentMark)
    assert "Дәурен Оспанов" in mark._who.text()


def test_a_step_is_added_and_stands_in_the_timeline(qtbot, desk, jobs, screen, open_issue):
    id = open_issue(record(desk, "issue", TOLD["issues"][0]))
    screen.steps.form.set_values(TOLD["steps"][0])

    screen.editor.save()
    settle(qtbot, jobs)

    [step] = records.parts(desk, "step", id)
    assert step["text"] == TOLD["steps"][0]["text"]
    assert not screen.editor.dirty()
    assert screen.steps.form.values()["text"] is None


def test_a_step_needs_its_type(qtbot, desk, jobs, screen, open_issue):
    id = open_issue(record(desk, "issue", TOLD["issues"][0]))
    write("Қоңырау шалдым", screen.steps.form.fields["text"].input)

    screen.editor.save()
    settle(qtbot, jobs)

    assert records.parts(desk, "step", id) == []
    assert screen.steps.form.fields["type"].problem.text()


def test_an_approved_issue_takes_steps_and_handling_but_no_other_essence(
    qtbot,
    desk,
    jobs,
    screen,
    open_issue,
):
    id = record(desk, "issue", TOLD["issues"][0])
    review.decide(desk, id, review.Decision.SEND)
    review.decide(seen_by(desk, "coordinator"), id, review.Decision.APPROVE)
    open_issue(id)
    screen.editor.form.set_values({"state": "in_work"})
    screen.steps.form.set_values(TOLD["steps"][0])

    screen.editor.save()
    settle(qtbot, jobs)

    assert not screen.editor.form.fields["essence"].open()
    assert records.show(desk, id)["state"] == "in_work"
    assert len(records.parts(desk, "step", id)) == 1


def test_a_dropped_photo_is_kept_and_shown(qtbot, desk, jobs, screen, open_issue, picture):
    id = open_issue(record(desk, "issue", TOLD["issues"][0]))
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(picture))])

    screen.photos.take(dropped)
    settle(qtbot, jobs)

    [row] = attachments.attachments(desk, id)
    assert row["media_type"] == "image/jpeg"
    assert len(screen.photos.photos) == 1
    settle(qtbot, jobs)
    qtbot.mouseClick(screen.photos.photos[0].picture, Qt.MouseButton.LeftButton)
    settle(qtbot, jobs)
    assert screen.view.isVisible()
    press(Qt.Key.Key_Escape, widget=screen.view)
    assert not screen.view.isVisible()


def test_a_photo_that_is_on_the_server_alone_is_fetched_when_it_is_looked_at(
    qtbot, desk, jobs, screen, open_issue, monkeypatch
):
    failed = []
    jobs.failed.connect(failed.append)
    id = record(desk, "issue", TOLD["issues"][0])
    attachments.attach(desk, id, large(), "Құбыр")
    [row] = attachments.attachments(desk, id)
    content = attachments.read(desk, row["sha256"])
    with desk.store.begin() as session:
        blob = session.get_one(Blob, row["sha256"])
        blob.here, blob.there, blob.away = False, True, True
    desk.photos.drop(row["sha256"])
    open_issue(id)
    settle(qtbot, jobs)
    line = [Offline("no line"), (content, len(content))]
    monkeypatch.setattr(desk.server, "get_part", lambda *_: given(line.pop(0)), raising=False)

    qtbot.mouseClick(screen.photos.photos[0].picture, Qt.MouseButton.LeftButton)
    settle(qtbot, jobs)
    small = screen.view.image().size()
    assert ["тек серверде" in words for words in failed] == [True]
    press(Qt.Key.Key_Escape, widget=screen.view)
    qtbot.mouseClick(screen.photos.photos[0].picture, Qt.MouseButton.LeftButton)
    settle(qtbot, jobs)

    assert screen.view.image().width() > small.width()
    assert attachments.read(desk, row["sha256"]) == content
    assert not line


def test_a_paper_is_named_and_saved_outside_and_never_stands_among_the_pictures(
    qtbot, desk, jobs, screen, open_issue, picture, said, tmp_path, monkeypatch
):
    id = record(desk, "issue", TOLD["issues"][0])
    paper, target = tmp_path / "хаттама.pdf", tmp_path / "шыққан.pdf"
    paper.write_bytes(b"%PDF-1.7 x")
    for file in (paper, picture, paper):
        attachments.attach(desk, id, file)
    open_issue(id)
    asked = []

    def chosen(_parent, title, name):
        asked.append((title, name))
        return str(target), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)
    first, photo, _ = screen.photos.photos
    assert first.name.isVisible()
    assert first.name.text() == "хаттама.pdf"
    assert not photo.name.isVisible()

    qtbot.mouseClick(first.picture, Qt.MouseButton.LeftButton)
    settle(qtbot, jobs)

    assert target.read_bytes() == paper.read_bytes()
    assert "шифрланбаған" in asked[0][0]
    assert Path(asked[0][1]).name == "хаттама.pdf"
    assert "шыққан.pdf" in said[-1]

    qtbot.mouseClick(photo.picture, Qt.MouseButton.LeftButton)
    settle(qtbot, jobs)
    assert not screen.view.image().isNull()
    one_of_one = screen.view.accessibleName()
    assert "2" not in one_of_one  # papers are not counted among the photos
    press(Qt.Key.Key_Right, widget=screen.view)
    assert screen.view.accessibleName() == one_of_one


def large():
    out = BytesIO()
    Image.effect_noise((1200, 900), 80).convert("RGB").save(out, "PNG")
    return out.getvalue()


def given(answer):
    if isinstance(answer, Exception):
        raise answer
    return answer


def test_a_pasted_picture_is_kept(qtbot, desk, jobs, screen, open_issue):
    id = open_issue(record(desk, "issue", TOLD["issues"][0]))
    image = QImage(320, 200, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkCyan)
    copied = QMimeData()
    copied.setImageData(image)

    screen.photos.take(copied)
    settle(qtbot, jobs)

    [row] = attachments.attachments(desk, id)
    content = attachments.read(desk, row["sha256"])
    assert Image.open(BytesIO(content)).size == (320, 200)


def test_a_new_issue_is_saved_before_its_first_photo(qtbot, desk, jobs, screen, picture):
    screen.begin()
    settle(qtbot, jobs)
    write("Су жоқ", screen.editor.form.fields["essence"].input)

    screen.attach([picture])
    settle(qtbot, jobs)

    [issue] = records.list_records(desk, "issue")
    assert len(attachments.attachments(desk, issue["id"])) == 1


def test_a_caption_is_saved_when_it_is_left(qtbot, desk, jobs, screen, open_issue, picture):
    id = open_issue(record(desk, "issue", TOLD["issues"][0]))
    screen.attach([picture])
    settle(qtbot, jobs)
    caption = screen.photos.photos[0].caption
    caption.setText(TOLD["captions"][0])

    caption.editingFinished.emit()
    settle(qtbot, jobs)

    assert attachments.attachments(desk, id)[0]["caption"] == TOLD["captions"][0]


def test_what_is_no_photo_is_refused_in_words(
    qtbot, desk, jobs, screen, open_issue, tmp_path, said
):
    id = open_issue(record(desk, "issue", TOLD["issues"][0]))
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"\xff\xd8\xff not a photo")

    screen.attach([broken])
    settle(qtbot, jobs)

    [words] = said
    assert "broken.jpg" in words
    assert attachments.attachments(desk, id) == []


def test_an_issue_shows_its_tag_until_it_has_a_number(desk, screen, open_issue):
    id = open_issue(record(desk, "issue", TOLD["issues"][0]))

    assert tag(records.show(desk, id)) in screen.editor.header.below.text()


def test_a_field_with_a_problem_is_scrolled_into_sight(qtbot, jobs, screen):
    screen.begin()
    settle(qtbot, jobs)
    editor = screen.editor
    bar = editor.area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())

    assert not editor.save(sending=True)

    assert bar.value() < editor.form.fields["essence"].height()


def test_an_issue_begun_from_a_question_is_filled_in(qtbot, desk, jobs, screen):
    meeting = record(desk, "meeting", TOLD["meeting"] | {"held_at": "15:00:00"})

    screen.begin({"meeting": str(meeting), "essence": "Су қашан келеді?", "state": "new"})
    settle(qtbot, jobs)
    screen.editor.save()
    settle(qtbot, jobs)

    [issue] = records.list_records(desk, "issue")
    assert (issue["meeting"], issue["essence"]) == (str(meeting), "Су қашан келеді?")


def test_a_record_that_was_sent_for_review_is_told_so_and_not_only_as_saved(
    qtbot, desk, jobs, screen, said
):
    screen.open_record(record(desk, "issue", story()["issues"][0]))
    settle(qtbot, jobs)

    screen.editor.save(sending=True)
    settle(qtbot, jobs)

    assert said == [tr("Sent for review: it leaves with the next sync.")]
