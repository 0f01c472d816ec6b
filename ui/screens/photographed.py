"""A list of records with photos: they are added, named, looked at, and fetched where they are away."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from desktop.actions import attachments, records
from desktop.session import Desk
from sync.change import Change
from sync.policy import Action, reach
from ui.jobs import Jobs
from ui.models.record_page import Page
from ui.pictures import decoded
from ui.saved_files import ask_where
from ui.screens.records import RecordsScreen
from ui.widgets.photo_panel import Content, PhotoPanel, thumbnail
from ui.widgets.photo_view import PhotoView
from ui.widgets.record_sheet import Panel


class PhotographedRecords(RecordsScreen):
    """Photos are kept at once; a new record is saved before its first photo."""

    def __init__(
        self,
        desk: Desk,
        jobs: Jobs,
        kind: str,
        panels: Sequence[Panel] = (),
        extras: Sequence[QWidget] = (),
    ) -> None:
        self.photos = PhotoPanel()
        super().__init__(desk, jobs, kind, panels, [*extras, self.photos])
        self.editor.opened.connect(self._show_photos)
        self.photos.added.connect(self.attach)
        self.photos.captioned.connect(self._caption)
        self.photos.pictured.connect(self._picture)
        self.photos.opened.connect(self._enlarge)
        self.photos.saved.connect(partial(ask_where, desk, jobs, self))
        self.view = PhotoView(self)
        self.view.closed.connect(self._view_closed)
        self.view.shown.connect(self._bring)
        self._looked_at: list[str] = []  # sums of the photos in the view
        self._away: set[str] = set()  # of them, those that are to be fetched from the server

    def attach(self, contents: list[Content]) -> None:
        """Add photos to the record on the page."""
        page = self.editor.page
        if page is None:
            return
        work = partial(_attach, self._desk, page.id, contents)
        if page.row is None:
            self.editor.save(then=work)
        else:
            self._jobs.write(work)

    def _enlarge(self, at: int) -> None:
        """One photo as large as the page; the others are a key away."""
        rows = [photo.row for photo in self.photos.pictures()]
        captions = [row["caption"] or "" for row in rows]
        sums = [row["sha256"] for row in rows]

        def show(found: tuple[list[QImage], set[str]]) -> None:
            images, self._away = found
            self._looked_at = sums
            self.view.open(captions, images, at)

        self._jobs.read(self, partial(_read_whole, self._desk, sums), show)

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
        if self.photos.photos:
            self.photos.photos[0].picture.setFocus()

    def _show_photos(self, page: Page) -> None:
        may = reach(self._desk.person.role, Action.ATTACH) and not page.bare
        self.photos.show_rows(page.photos, may=bool(may))

    def _caption(self, id: UUID, text: str) -> None:
        self._jobs.write(partial(records.save, self._desk, "attachment", {"caption": text}, id))

    def _picture(self, sha256: str) -> None:
        def show(image: QImage | None) -> None:
            if image is not None and not image.isNull():
                self.photos.show_image(sha256, image)

        self._jobs.read(self, partial(_read_picture, self._desk, sha256), show)


def _attach(desk: Desk, record: UUID, contents: list[Content]) -> list[Change]:
    return [change for content in contents for change in attachments.attach(desk, record, content)]


def _read_whole(desk: Desk, sums: list[str]) -> tuple[list[QImage], set[str]]:
    """The photos, or their small pictures; and which of them are on the server alone."""
    images = [decoded(attachments.picture(desk, sha256)) for sha256 in sums]
    return images, attachments.away(desk, sums)


def _fetch(desk: Desk, sha256: str) -> QImage:
    return decoded(attachments.bring(desk, sha256))


def _read_picture(desk: Desk, sha256: str) -> QImage | None:
    content = attachments.picture(desk, sha256)
    return None if content is None else thumbnail(content)
