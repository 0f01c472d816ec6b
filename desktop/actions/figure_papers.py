"""Reports leave as papers: one of them, or the weekly or quarterly report of a district.

Pages are laid out by desktop/papers, written as Word here, and drawn as PDF by whoever can draw.
"""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import IO

from desktop.actions import figure_files, figures
from desktop.actions.figure_files import ending_of, leave
from desktop.actions.figure_words import for_outside
from desktop.actions.figures import Answer
from desktop.actions.leaving import PRINTER
from desktop.exports.marks import NOT_YET
from desktop.exports.pages import Pages
from desktop.figures.periods import Period
from desktop.session import Desk
from sync.change import now
from sync.errors import UserError
from sync.exports import Exported
from sync.language import mark, spoken
from sync.person import REGION

FORMATS = ("docx", "pdf")
DISTRICT = "district"  # under which a district's report is noted

Draw = Callable[[Pages], bytes]
LayOut = Callable[[str, datetime], Pages]  # id and moment


def export(desk: Desk, answer: Answer, path: Path, draw: Draw) -> Exported:
    """Write a report to an .xlsx, .csv, .docx or, by `draw`, .pdf file; what was noted of it.

    Raises UserError where something is missing, or cannot be written: then nothing was.
    """
    if ending_of(path) not in FORMATS and path != PRINTER:
        return figure_files.export(desk, answer, path)
    told = for_outside(answer, desk.pack)
    return _write(desk, answer.report.name, len(told.lines), path, _of_report(desk, told), draw)


def look(desk: Desk, answer: Answer) -> Pages:
    """The paper of a report as it would be: nothing leaves, so nothing is noted."""
    return _look(desk, _of_report(desk, for_outside(answer, desk.pack)))


def export_district(
    desk: Desk, district: str, period: Period, path: Path, draw: Draw, today: date
) -> Exported:
    """Write the report of a district for a week or a quarter to a .docx or .pdf file.

    `district`: "" is the person's own. Raises UserError as `export` does.
    """
    figures.check_may_read(desk)
    if ending_of(path) not in FORMATS and path != PRINTER:
        raise UserError(mark("The name of the file must end in .docx or .pdf."))
    return _write(desk, DISTRICT, 1, path, _of_district(desk, district, period, today), draw)


def look_district(desk: Desk, district: str, period: Period, today: date) -> Pages:
    """The report of a district as it would be. Raises UserError where it may not be read."""
    return _look(desk, _of_district(desk, district, period, today))


def _of_report(desk: Desk, told: Answer) -> LayOut:
    from desktop.papers import figures_sheet  # here: charts bring a library of pictures
    from desktop.papers.source import Stamp

    def lay_out(id: str, at: datetime) -> Pages:
        return figures_sheet.lay_out(desk, told, Stamp(spoken(), id, at))

    return lay_out


def _of_district(desk: Desk, district: str, period: Period, today: date) -> LayOut:
    from desktop.papers import district_report  # here: charts bring a library of pictures
    from desktop.papers.source import Stamp

    own = desk.person.district
    where = district or ("" if own == REGION else own)

    def lay_out(id: str, at: datetime) -> Pages:
        stamp = Stamp(spoken(), id, at)
        return district_report.lay_out(desk, where, period, today, stamp)

    return lay_out


def _look(desk: Desk, lay_out: LayOut) -> Pages:
    return _as_it_leaves(desk, lay_out(NOT_YET, now()))


def _as_it_leaves(desk: Desk, pages: Pages) -> Pages:
    from desktop.exports.training import pages_as_training

    return pages_as_training(pages) if desk.training else pages


def _write(desk: Desk, name: str, lines: int, path: Path, lay_out: LayOut, draw: Draw) -> Exported:
    from desktop.exports.word_pages import write_docx

    def write(file: IO[bytes], id: str, at: datetime) -> int:
        pages = _as_it_leaves(desk, lay_out(id, at))
        if ending_of(path) == "docx":
            write_docx(file, pages)
        else:
            file.write(draw(pages))
        return lines

    return leave(desk, path, name, write)
