"""Pictures of what makes entry faster and safer: black boxes on a photo, phrases, a pin at a field."""

from collections.abc import Iterator


def entry(app, desk) -> Iterator[tuple[str, object]]:
    """(name, picture): boxes being drawn on a photo, phrases offered after two colons, a pinned village."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from desktop.actions import attachments, phrases, records
    from tests.gallery import SIZE, discard, settle
    from tests.profiles import ISSUE
    from tests.ui.desks import VILLAGE
    from ui.jobs import Jobs
    from ui.screens.issues import IssuesScreen

    phrases.keep_own(desk, ["Су құбыры ауыстырылды"])
    [made] = records.save(desk, "issue", ISSUE)
    attachments.attach(desk, made.record, _street(), "Көктөбе көшесі")
    jobs = Jobs()
    screen = IssuesScreen(desk, jobs)
    screen.resize(*SIZE)
    screen.show()
    screen.open_record(made.record)
    settle(app, jobs)
    screen.photos.photos[0].picture.setFocus()
    QTest.keyClick(screen.photos.photos[0].picture, Qt.Key.Key_Return)
    settle(app, jobs)
    QTest.keyClick(screen.view, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    settle(app, jobs)
    for corners in ((0.155, 0.47, 0.225, 0.575), (0.655, 0.735, 0.745, 0.785)):
        screen.cover.canvas.boxes.draw(*corners)
    screen.cover._changed()
    app.processEvents()
    yield "black-boxes", screen.grab()
    screen.cover.hide()
    screen.view.hide()
    screen.begin()
    settle(app, jobs)
    screen.editor.form.set_values({"village": VILLAGE})
    line = screen.editor.form.fields["village"].input
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    settle(app, jobs)
    yield "pin", screen.grab()
    text = screen.editor.form.fields["essence"].input
    text.setFocus()
    QTest.keyClicks(text, "::")
    settle(app, jobs)
    yield "phrases", screen.grab()
    discard(screen)
    jobs.close()


def _street() -> bytes:
    """A street as a child would draw it: somebody's face and a number plate are to be covered."""
    from io import BytesIO

    from PIL import Image, ImageDraw

    image = Image.new("RGB", (1600, 1000), "#a9c8de")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 620, 1600, 1000), fill="#b9a27c")
    draw.polygon([(420, 420), (640, 260), (860, 420)], fill="#8a4f3d")
    draw.rectangle((450, 420, 830, 680), fill="#e6dcc6")
    draw.rectangle((260, 560, 350, 820), fill="#4c6272")
    draw.ellipse((262, 480, 348, 566), fill="#d9b38c")
    draw.rounded_rectangle((960, 600, 1400, 800), 40, fill="#c9463d")
    for left in (1020, 1250):
        draw.ellipse((left, 750, left + 110, 860), fill="#333333")
    draw.rectangle((1060, 745, 1180, 778), fill="#ffffff")
    out = BytesIO()
    image.save(out, "JPEG")
    return out.getvalue()
