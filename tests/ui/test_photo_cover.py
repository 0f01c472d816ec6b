"""Black boxes are drawn on a photo by the mouse or by keys, undone, and burned in."""

from io import BytesIO

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication

from desktop.actions import attachments
from desktop.actions.covering import BURNED
from desktop.actions.step_words import undo_words
from desktop.covering import Box
from sync.client.tables import Blob
from sync.language import tr
from tests.ui.at_work import given_desk, given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.desks import record, seen_by, story
from tests.ui.keys import press, settle, show
from ui.dialogs.erase import EraseDialog
from ui.models.boxes import FIRST, Boxes
from ui.screens.issues import IssuesScreen
from ui.undoing import undo
from ui.widgets.photo_cover import FINE, STEP

KEY, SHIFT, CTRL = Qt.Key, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def issue(desk):
    id = record(desk, "issue", story()["issues"][0])
    out = BytesIO()
    Image.new("RGB", (640, 480), "steelblue").save(out, "PNG")
    attachments.attach(desk, id, out.getvalue(), "Құбыр")
    return id


@pytest.fixture
def open_screen(qtbot, jobs):
    def build(desk, id):
        screen = IssuesScreen(desk, jobs)
        show(qtbot, screen)
        screen.open_record(id)
        settle(qtbot, jobs)
        return screen

    return build


@pytest.fixture
def drawing(qtbot, jobs, desk, issue, open_screen):
    """A screen on which boxes are being drawn on the photo, opened by keys alone."""
    screen = open_screen(desk, issue)
    screen.photos.photos[0].picture.setFocus()
    press(KEY.Key_Return)
    settle(qtbot, jobs)
    qtbot.keyClick(screen.view, KEY.Key_B, CTRL)
    settle(qtbot, jobs)
    assert screen.cover.isVisible()
    return screen


def boxes(screen):
    return screen.cover.canvas.boxes


def only(desk, issue):
    [row] = attachments.attachments(desk, issue)
    return row


def pixel(desk, row, place):
    image = Image.open(BytesIO(attachments.read(desk, row["sha256"])))
    return image.getpixel(place)


def test_by_keys_a_box_is_begun_moved_sized_set_and_burned_in(qtbot, jobs, desk, issue, drawing):
    before = only(desk, issue)
    press(KEY.Key_Return)
    for _ in range(3):
        press(KEY.Key_Left)
    press(KEY.Key_Up)
    press(KEY.Key_Right, SHIFT)
    press(KEY.Key_Down, SHIFT | CTRL)
    press(KEY.Key_Return)

    [box] = boxes(drawing).standing
    assert (box.left, box.top) == pytest.approx((FIRST.left - 3 * STEP, FIRST.top - STEP))
    assert (box.wide, box.high) == pytest.approx((FIRST.wide + STEP, FIRST.high + FINE))
    qtbot.keyClick(drawing.cover.canvas, KEY.Key_Return, CTRL)
    settle(qtbot, jobs)

    assert not drawing.cover.isVisible()
    after = only(desk, issue)
    assert max(pixel(desk, after, (300, 220))) < 10
    assert pixel(desk, after, (20, 20))[2] > 150
    assert not desk.photos.has(before["sha256"])
    [shown] = drawing.photos.photos
    drawn = shown.picture.icon().pixmap(160, 120).toImage()
    assert drawn.pixelColor(drawn.width() // 2, drawn.height() // 2).value() < 20


def test_the_mouse_draws_picks_up_and_a_slip_draws_nothing(qtbot, drawing):
    canvas = drawing.cover.canvas
    place = canvas.place()

    def at(across, down):
        point = QPointF(place.left() + across * place.width(), place.top() + down * place.height())
        return point.toPoint()

    def drag(start, stop):
        qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
        qtbot.mouseMove(canvas, stop)
        qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=stop)

    drag(at(0.5, 0.5), at(0.25, 0.25))
    drag(at(0.6, 0.6), at(0.6, 0.6) + QPoint(1, 1))
    drag(at(0.7, 0.7), at(0.9, 0.9))
    first, last = boxes(drawing).every()
    assert (first.left, first.wide) == pytest.approx((0.25, 0.25), abs=0.01)
    assert boxes(drawing).held is last

    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=at(0.3, 0.3))

    assert boxes(drawing).held is first
    press(KEY.Key_Delete)
    assert boxes(drawing).every() == (last,)


def test_each_step_is_undone_until_nothing_is_left(drawing):
    press(KEY.Key_Return)
    press(KEY.Key_Left)
    press(KEY.Key_Left)
    press(KEY.Key_Delete)
    assert boxes(drawing).every() == ()

    press(KEY.Key_Z, CTRL)
    assert boxes(drawing).every()[0].left == pytest.approx(FIRST.left - 2 * STEP)
    press(KEY.Key_Z, CTRL)
    assert boxes(drawing).every() == (FIRST,)
    press(KEY.Key_Z, CTRL)
    assert boxes(drawing).every() == ()
    assert not drawing.cover.undo_button.isEnabled()


def test_esc_asks_once_before_boxes_are_lost_and_changes_nothing(
    qtbot, jobs, desk, issue, drawing
):
    before = only(desk, issue)
    press(KEY.Key_Return)
    press(KEY.Key_Escape)
    assert drawing.cover.isVisible()
    assert "Esc" in drawing.cover.state.text()

    press(KEY.Key_Escape)
    settle(qtbot, jobs)

    assert not drawing.cover.isVisible()
    assert only(desk, issue) == before
    assert drawing.photos.photos[0].picture.hasFocus()


def test_tab_goes_round_the_page_and_not_below_it(qtbot, drawing):
    press(KEY.Key_Return)
    cover, seen = drawing.cover, []
    for _ in range(4):
        seen.append(QApplication.focusWidget())
        qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Tab)

    assert seen == [cover.canvas, cover.undo_button, cover.back_button, cover.save_button]
    assert cover.canvas.hasFocus()


def test_a_held_box_is_told_to_who_does_not_see_it(drawing):
    press(KEY.Key_Return)

    assert "40 %" in drawing.cover.canvas.accessibleDescription()


def test_a_sent_photo_is_said_to_be_kept_elsewhere_until_who_may_erases_it(
    qtbot, jobs, desk, issue, drawing, open_screen, said
):
    row = only(desk, issue)
    with desk.store.begin() as session:
        session.get_one(Blob, row["sha256"]).there = True
    press(KEY.Key_Return)

    qtbot.mouseClick(drawing.cover.save_button, Qt.MouseButton.LeftButton)
    settle(qtbot, jobs)

    assert "жіберілген" in said[-1]
    assert drawing.photos.removed.isVisible()
    assert drawing.photos.erase_button.isHidden(), "an activist may not"
    leader = open_screen(seen_by(desk, "leader"), issue)
    assert leader.photos.erase_button.isVisible()
    leader.photos.erase_button.click()
    dialog = leader.findChild(EraseDialog)
    dialog.reasons["request"].setChecked(True)
    dialog.erase_button.click()
    settle(qtbot, jobs)
    assert attachments.removed(desk, issue) == []
    assert leader.photos.removed.isHidden()
    assert len(attachments.attachments(desk, issue)) == 1


def test_boxes_are_not_offered_to_who_may_only_read(qtbot, jobs, desk, issue, open_screen):
    screen = open_screen(seen_by(desk, "analyst"), issue)
    screen.photos.photos[0].picture.click()
    settle(qtbot, jobs)

    assert screen.view.isVisible()
    assert screen.view.cover_button.isHidden()
    qtbot.keyClick(screen.view, KEY.Key_B, CTRL)
    settle(qtbot, jobs)
    assert not screen.cover.isVisible()


def test_a_box_stays_inside_the_picture():
    drawn = Boxes()
    drawn.draw(0.9, 0.9, 1.4, 1.4)
    drawn.move(0.5, 0.5)
    drawn.grow(0.5, -3)

    box = drawn.held
    assert box == Box(pytest.approx(0.9), pytest.approx(0.9), pytest.approx(0.1), 0.01)


def test_another_box_is_taken_up_in_turn():
    drawn = Boxes()
    for left in (0.1, 0.3, 0.5):
        drawn.draw(left, 0.1, left + 0.1, 0.2)
    first, second, third = drawn.every()

    taken = []
    for _ in range(3):
        drawn.next()
        taken.append(drawn.held)

    assert taken == [first, second, third]


@pytest.mark.parametrize("sent", [False, True])
def test_ctrl_z_does_not_bring_the_picture_before_back(
    qtbot, jobs, desk, issue, drawing, said, sent
):
    before = only(desk, issue)
    with desk.store.begin() as session:
        session.get_one(Blob, before["sha256"]).there = sent
    press(KEY.Key_Return)
    qtbot.mouseClick(drawing.cover.save_button, Qt.MouseButton.LeftButton)
    settle(qtbot, jobs)
    covered = only(desk, issue)

    step = jobs.steps.to_undo

    assert not step.undoable
    assert undo_words(step).endswith(tr(BURNED))
    undo(desk, jobs)
    settle(qtbot, jobs)
    assert only(desk, issue) == covered
