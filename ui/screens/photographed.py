"""A list of records with photos: they are added, named, looked at, and fetched where they are away."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from desktop.actions import attachments, covering, records
from desktop.actions.records import Row
from desktop.actions.titles import title
from desktop.covering import Box
from desktop.session import Desk
from sync.change import Change
from sync.erasure import may_erase
from sync.language import tr
from sync.policy import Action, reach
from sync.records.filled_form import FilledForm
from ui import messages
from ui.attaching import Attaching
from ui.dialogs.erase import EraseDialog
from ui.dropped import Content
from ui.jobs import Jobs
from ui.models.record_page import Page
from ui.pictures import decoded
from ui.saved_files import ask_where
from ui.screens.records import RecordsScreen
from ui.widgets.photo_cover import PhotoCover
from ui.widgets.photo_doors import PhotoDoors
from ui.widgets.photo_panel import PhotoPanel, thumbnail
from ui.widgets.photo_view import PhotoView
from ui.widgets.record_sheet import Panel

SETTLED = 400  # ms after which a page has its height, also on a slow laptop


class PhotographedRecords(RecordsScreen):
    """Photos are kept at once; a new record is saved before its first photo."""

    def __init__(
        self,
        desk: Desk,
        jobs: Jobs,
        kind: str,
        panels: Sequence[Panel] = (),
        extras: Sequence[QWidget] = (),
        first: Sequence[QWidget] = (),
    ) -> None:
        self.photos = PhotoPanel()
        super().__init__(desk, jobs, kind, panels, [*extras, self.photos], first)
        self.editor.opened.connect(self._show_photos)
        self.photos.added.connect(self.attach)
        self.attaching = Attaching(desk, jobs, self)
        self.attaching.moved_on.connect(self.photos.show_progress)
        self.photos.stop_wanted.connect(self.attaching.stop)
        self._doors = PhotoDoors(self.editor, self.photos)
        self.photos.captioned.connect(self._caption)
        self.photos.pictured.connect(self._picture)
        self.photos.opened.connect(self._enlarge)
        self.photos.saved.connect(partial(ask_where, desk, jobs, self))
        self.view = PhotoView(self)
        self.view.closed.connect(self._view_closed)
        self.view.shown.connect(self._bring)
        self.view.cover_wanted.connect(self._draw_boxes)
        self.photos.erase_wanted.connect(self._ask_to_erase)
        self.cover = PhotoCover(self)
        self.cover.saved.connect(self._burn)
        self.cover.closed.connect(self._view_closed)
        self._covered: UUID | None = None  # the attachment on which boxes are drawn
        self._opener: QWidget | None = None  # had the cursor when a photo was enlarged
        self._looked_at: list[str] = []  # sums of the photos in the view
        self._shown_rows: list[Row] = []  # their attachments
        self._away: set[str] = set()  # of them, those that are to be fetched from the server
        self._photos_to: UUID | None = None  # to what photos are added
        self._had_photos = 0  # how many it had
        self._first_photo = False  # whether the first of them is still to come
        self._photo_to_see: QWidget | None = None  # the photo that was just added
        self._focus_then: QWidget | None = None  # what had the cursor at that moment
        self.editor.area.verticalScrollBar().rangeChanged.connect(lambda *_: self._show_added())

    def attach(self, contents: list[Content]) -> None:
        """Add photos to the record on the page."""
        page = self.editor.page
        if page is None:
            return
        if page.row is None and not self.editor.save():
            return  # what is wrong is said at its field
        self._photos_to, self._first_photo = page.id, True
        self._had_photos = len(self.photos.photos)
        self.attaching.add(page.id, contents)

    def _enlarge(self, at: int) -> None:
        rows = [photo.row for photo in self.photos.pictures()]
        sums, captions = ([row[name] or "" for row in rows] for name in ("sha256", "caption"))
        self.enlarge(sums, captions, at, rows)

    def enlarge(
        self, sums: list[str], captions: list[str], at: int, rows: Sequence[Row] = ()
    ) -> None:
        """One photo as large as the page; the others are a key away. Boxes are drawn on those whose
        `rows` are told."""
        self._opener = QApplication.focusWidget()

        def show(found: tuple[list[QImage], set[str]]) -> None:
            images, self._away = found
            self._looked_at, self._shown_rows = sums, list(rows)
            self.view.let_cover(may=self._may_cover() and bool(rows))
            self.view.open(captions, images, at)

        self._jobs.read(self, partial(_read_whole, self._desk, sums), show)

    def _may_cover(self) -> bool:
        """A photo that answers a question is put right in the form: its answer names it."""
        return self.photos.may and self.kind != FilledForm.kind

    def _draw_boxes(self, at: int) -> None:
        """The photo itself, not its small picture, with nothing drawn on it yet."""
        row = self._shown_rows[at]

        def show(image: QImage) -> None:
            if image.isNull():
                messages.tell(
                    tr("This photo has not come from the server yet. Sync, then try again.")
                )
                return
            self._covered = row["id"]
            self.view.forget()
            self.cover.open(image)

        work = partial(_read_itself, self._desk, row["sha256"])
        if row["sha256"] in self._away:
            self._jobs.call(self, work, show)
        else:
            self._jobs.read(self, work, show)

    def _burn(self, boxes: Sequence[Box]) -> None:
        id, said = self._covered, list[covering.Covered]()
        if id is None:
            return

        def work() -> list[Change]:
            said.append(covering.cover(self._desk, id, boxes))
            return said[0].changes

        self._jobs.write(work, lambda: messages.say(_burned(said[0])))
        self._view_closed()

    def _ask_to_erase(self) -> None:
        page = self.editor.page
        if page is None or page.row is None:
            return
        number = page.removed_photos
        dialog = EraseDialog(title(page.row), self, going=tr("Removed photos: {n}", n=number))
        dialog.chosen.connect(partial(self._erase, page.id))
        dialog.open()

    def _erase(self, id: UUID, reason: str) -> None:
        work = partial(covering.erase_removed, self._desk, id, reason)
        self._jobs.write(work, partial(messages.say, tr("It was erased.")))

    def _bring(self, at: int) -> None:
        """What is on the server alone is fetched when it is looked at; asked for once."""
        sums = self._looked_at
        sha256 = sums[at]
        if sha256 not in self._away:
            return
        self._away.discard(sha256)

        def brought(image: QImage) -> None:
            if self._looked_at is sums and not image.isNull():
                self.view.replace(at, image)

        self._jobs.call(self, partial(_fetch, self._desk, sha256), brought)

    def _view_closed(self) -> None:
        """Back to where it was opened from."""
        if self._opener is not None and isValid(self._opener) and self._opener.isVisible():
            self._opener.setFocus()
        elif self.photos.photos:
            self.photos.photos[0].picture.setFocus()

    def _show_photos(self, page: Page) -> None:
        may = reach(self._desk.person.role, Action.ATTACH) and not page.bare
        self.photos.show_rows(page.photos, may=bool(may))
        erasable = page.row is not None and may_erase(self._desk.person, page.row["district"])
        self.photos.show_removed(page.removed_photos, erasable=erasable)
        if page.id == self._photos_to and len(self.photos.photos) > self._had_photos:
            self._see_added()

    def _see_added(self) -> None:
        """What was added is seen, caption too. Not the later ones of many where one types again."""
        first, self._first_photo = self._first_photo, False
        self._had_photos = len(self.photos.photos)
        if first or not self.editor.form.isAncestorOf(QApplication.focusWidget() or self):
            self._photo_to_see = self.photos.photos[-1]
            self._focus_then = QApplication.focusWidget()
            QTimer.singleShot(0, self, self._show_added)
            QTimer.singleShot(SETTLED, self, self._leave_added)

    def _show_added(self) -> None:
        """Again where the page grows: it finds its height step by step. Not once somebody goes on
        elsewhere."""
        focus = QApplication.focusWidget()
        if focus is not self._focus_then and self.editor.form.isAncestorOf(focus or self):
            self._leave_added()
        if self._photo_to_see is not None and isValid(self._photo_to_see):
            self.editor.area.ensureWidgetVisible(self._photo_to_see, 0, 24)

    def _leave_added(self) -> None:
        self._photo_to_see = None

    def _caption(self, id: UUID, text: str) -> None:
        self._jobs.write(partial(records.save, self._desk, "attachment", {"caption": text}, id))

    def _picture(self, sha256: str) -> None:
        def show(image: QImage | None) -> None:
            if image is not None and not image.isNull():
                self.photos.show_image(sha256, image)

        self._jobs.read(self, partial(_read_picture, self._desk, sha256), show)


def _read_whole(desk: Desk, sums: list[str]) -> tuple[list[QImage], set[str]]:
    """The photos, or their small pictures; and which of them are on the server alone."""
    images = [decoded(attachments.picture(desk, sha256)) for sha256 in sums]
    return images, attachments.away(desk, sums)


def _read_itself(desk: Desk, sha256: str) -> QImage:
    content = attachments.read(desk, sha256)
    if content is None and attachments.away(desk, [sha256]):
        content = attachments.bring(desk, sha256)
    return decoded(content)


def _burned(done: covering.Covered) -> str:
    """What became of the picture before, and no more than is true."""
    if done.elsewhere:
        return tr(
            "The boxes are in the picture. Another record shows the same photo without them: draw "
            "them there, too."
        )
    if done.sent:
        return tr(
            "The boxes are in the picture, and the one before is gone from this laptop. It had been "
            "sent: the server and other laptops keep it until somebody who may erases it."
        )
    return tr(
        "The boxes are in the picture. The one before is gone from this laptop, and was never sent."
    )


def _fetch(desk: Desk, sha256: str) -> QImage:
    return decoded(attachments.bring(desk, sha256))


def _read_picture(desk: Desk, sha256: str) -> QImage | None:
    content = attachments.picture(desk, sha256)
    return None if content is None else thumbnail(content)
