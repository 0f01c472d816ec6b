"""What waits to be sent, by record: a few at first, so that the cards below are to be found."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton

from sync.language import mark, tr, trn
from ui.icons import Picture
from ui.models.waiting import Edited
from ui.screens import picture_of, screen_of
from ui.widgets.badges import Badge
from ui.widgets.cards import Card
from ui.widgets.labels import PlainLabel
from ui.widgets.rows import TaskRow

FEW = 3  # records at first


class WaitingCard(Card):
    """Finished interviews, then records. Made anew when what waits is read again.

    `edits` are in the outbox, whether they are among the records `waiting` or not; `whole`: show
    all of these. `gathering`: those of some survey wait for others of their like.
    """

    open_record = Signal(str, object)  # kind, id
    open_screen = Signal(str)
    all_wanted = Signal()

    def __init__(
        self,
        waiting: Sequence[Edited],
        edits: int,
        interviews: int,
        letters: int = 0,
        *,
        gathering: bool,
        whole: bool,
    ) -> None:
        super().__init__(mark("Waits to be sent"), "cloud_wait")
        self.rows: list[TaskRow] = []
        self.all_button: QPushButton | None = None  # where not all is shown
        self.body.setSpacing(2)
        if interviews:
            self._add(_interviews(interviews, gathering=gathering)).clicked.connect(
                lambda: self.open_screen.emit("surveys")
            )
        if letters:
            self._add(_letters(letters)).clicked.connect(lambda: self.open_screen.emit("reports"))
        few = len(waiting) > FEW and not whole
        for edited in waiting[:FEW] if few else waiting:
            self._add(_record(edited)).clicked.connect(
                lambda _=False, each=edited: self.open_record.emit(each.kind, each.record)
            )
        more = edits - interviews - letters - sum(edited.edits for edited in waiting)
        if few:
            self._offer_all(0 if more > 0 else len(waiting))
        elif more > 0:
            self.add(PlainLabel(trn("and {n} more", "and {n} more", more), "muted"))

    def _add(self, row: TaskRow) -> TaskRow:
        self.rows.append(row)
        self.add(row)
        return row

    def _offer_all(self, n: int) -> None:
        """`n` records; 0 where not all of them were read, as there are so many."""
        self.all_button = QPushButton(tr("Show all ({n})", n=n) if n else tr("Show more"))
        self.all_button.setProperty("kind", "quiet")
        self.all_button.clicked.connect(self.all_wanted)
        self.body.addWidget(self.all_button, 0, Qt.AlignmentFlag.AlignLeft)


def _record(edited: Edited) -> TaskRow:
    badge = Badge(str(edited.edits), "neutral") if edited.edits > 1 else None
    sign = Picture(picture_of(edited.kind), "muted")
    row = TaskRow(sign, edited.title, edited.what, badge)
    row.setEnabled(screen_of(edited.kind) is not None)
    return row


def _interviews(unsent: int, *, gathering: bool) -> TaskRow:
    words = trn("{n} finished interview", "{n} finished interviews", unsent)
    below = (
        tr("They are sent with others of their like, the rest when the survey has ended.")
        if gathering
        else tr("They go with the next sync.")
    )
    return TaskRow(Picture("surveys", "muted"), words, below)


def _letters(unsent: int) -> TaskRow:
    words = trn("{n} sealed letter", "{n} sealed letters", unsent)
    return TaskRow(Picture("sealed", "muted"), words, tr("They go with the next sync."))
