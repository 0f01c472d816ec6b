"""Three custodians make the region's key: a sheet for each, then the public half for the server."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from desktop import custodians
from desktop.files import write_whole
from desktop.recovery_code import groups
from desktop.shares import Share
from sync import region_key
from sync.errors import UserError
from sync.language import mark, tr
from sync.region_key import RegionKey, fingerprint
from ui import messages
from ui.custodian_paper import draw_sheet
from ui.custodian_work import CustodianWork
from ui.jobs import Jobs
from ui.screens.custodian_key import KeyBegins, KeyMade, SheetToKeep

NEEDED, CUSTODIANS = 2, 3  # other numbers: the command `region-key make`
PUBLIC = "region-key.txt"
SHEETS = "sheets"  # what is said about them
Made = tuple[list[RegionKey], list[Share]]


class CustodianKey(CustodianWork):
    """The public half is written last: what was not finished leaves nothing that could be used."""

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(jobs, parent)
        self._row: list[RegionKey] = []
        self._sheets: list[Share] = []  # those that nobody has yet

    @property
    def unfinished(self) -> bool:
        """Whether sheets were made whose key is not to be used."""
        return bool(self._row)

    def forget(self) -> None:
        """Throw the key away."""
        super().forget()
        self._row, self._sheets = [], []

    def begin(self) -> None:
        """Say first what is going to happen."""
        page = KeyBegins()
        work = partial(custodians.make, NEEDED, CUSTODIANS)
        page.made.connect(lambda: self._read(page, work, self._give_out))
        self._go_to(page)

    def _give_out(self, made: Made) -> None:
        self._row, self._sheets = made
        self._show_next()

    def _show_next(self) -> None:
        if self._sheets:
            sheet = self._sheets.pop(0)
            page = SheetToKeep(sheet.words, sheet.place, CUSTODIANS)
            page.save_wanted.connect(partial(self._ask_where, page, sheet))
            page.kept.connect(self._show_next)
            self._go_to(page)
        else:
            last = KeyMade(fingerprint(self._row[-1].keys))
            last.save_wanted.connect(partial(self._ask_public, last))
            self._go_to(last)

    def _ask_where(self, page: SheetToKeep, sheet: Share) -> None:
        proposed = f"{tr('Sheet of a custodian')} {sheet.place}.pdf"
        name, _ = QFileDialog.getSaveFileName(
            page, tr("Save the sheet…"), proposed, f"PDF (*.pdf);;{tr('Text')} (*.txt)"
        )
        if name and self.unfinished:
            work = partial(_save_sheet, Path(name), sheet, fingerprint(self._row[-1].keys))
            self._read(page, work, _sheet_saved)

    def _ask_public(self, page: KeyMade) -> None:
        name, _ = QFileDialog.getSaveFileName(
            page,
            tr("Save the public half…"),
            PUBLIC,
            options=QFileDialog.Option.DontConfirmOverwrite,  # it is refused
        )
        if name:
            work = partial(_save_public, Path(name), self._row)
            self._read(page, work, partial(self._saved, Path(name)))

    def _saved(self, path: Path, _: None) -> None:
        self.forget()
        self.ended.emit(
            tr(
                "The public half is in {file}. Bring it to whoever runs the server. Laptops take it "
                "at their next sync.",
                file=path.name,
            )
        )


def _save_sheet(path: Path, sheet: Share, print_of_key: str) -> None:
    if path.suffix.casefold() == ".txt":
        content = (" ".join(groups(sheet.words)) + "\n").encode()
    else:
        content = draw_sheet(sheet.words, sheet.place, CUSTODIANS, print_of_key)
    write_whole(path, content)


def _sheet_saved(_: None) -> None:
    messages.warn(
        tr(
            "The sheet was saved. Print it, then delete the file: two such files in one place are "
            "the key."
        ),
        about=SHEETS,
    )


def _save_public(path: Path, row: list[RegionKey]) -> None:
    if path.exists():
        raise UserError(mark("{file} is there already, and was not changed."), file=path)
    write_whole(path, region_key.written(row).encode())
