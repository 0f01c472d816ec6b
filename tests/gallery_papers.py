"""A picture of an issue with a photo and papers, which are saved and not shown."""

from collections.abc import Iterator
from io import BytesIO

CALLED = ("Тұрғындар жиынының хаттамасы 2026-11-05.pdf", "смета.xlsx")


def papers(app, desk) -> Iterator[tuple[str, object]]:
    """(name, picture): two papers and a photo below the form."""
    from PIL import Image

    from desktop.actions import attachments, records
    from tests.gallery import SIZE, discard
    from tests.profiles import ISSUE
    from ui.demo.hands import pause, wait
    from ui.jobs import Jobs
    from ui.screens.issues import IssuesScreen

    [change] = records.save(desk, "issue", ISSUE)
    photo = BytesIO()
    Image.linear_gradient("L").resize((1200, 900)).convert("RGB").save(photo, "PNG")
    attachments.attach(desk, change.record, b"%PDF-1.7 x", name=CALLED[0])
    attachments.attach(desk, change.record, photo.getvalue(), "Құдық", name="құдық.png")
    attachments.attach(desk, change.record, b"PK\x03\x04", name=CALLED[1])
    jobs = Jobs()
    screen = IssuesScreen(desk, jobs)
    screen.resize(*SIZE)
    screen.show()
    screen.open_record(change.record)
    shown = screen.photos
    wait(lambda: len(shown.photos) == 3 and all(one.picture.isEnabled() for one in shown.photos))
    screen.editor.area.ensureWidgetVisible(shown.add_button, 0, 40)
    pause(100)  # until the strip is as high as its photos
    screen.editor.area.ensureWidgetVisible(shown.add_button, 0, 40)
    app.processEvents()
    yield "papers", screen.grab()
    discard(screen)
    jobs.close()
