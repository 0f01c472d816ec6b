"""Figures of a wave leave the program: a list of ratings with its passport, as a paper or a table.

Only what is published leaves. In the silent days before a vote, and where the law asks for a passport
that has gaps, nothing does (desktop.actions.waves). Noted like every export: decision 35.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import IO

from desktop.actions import rating_notes, rating_views
from desktop.actions.exporting import exports
from desktop.actions.leaving import PRINTER, leaving
from desktop.actions.rating_columns import (
    DIGITS,
    HIGHEST,
    LOWEST,
    Part,
    Spot,
    head,
    model,
    own,
    parts,
    value,
)
from desktop.actions.rating_views import By, Line, View
from desktop.actions.ratings import WaveRatings
from desktop.actions.waves import require_may_leave
from desktop.exports.documents import write_docx
from desktop.exports.limits import check_rate
from desktop.exports.marks import NOT_YET, new_mark
from desktop.exports.papers import Bar, Mark, Paper, Wording
from desktop.exports.tables import Cell, Column, Table, write_xlsx
from desktop.exports.training import paper_as_training
from desktop.session import Desk
from desktop.surveys.ratings.release import ALL
from desktop.surveys.waves.passport import Passport, passport
from sync.change import now
from sync.client import exported
from sync.errors import Refused, UserError
from sync.exports import RATINGS, Exported
from sync.language import mark, spoken, tr, trn
from sync.policy import Action, reach
from sync.vocabulary import label

FORMATS = ("xlsx", "docx")
PDF = "pdf"  # where there is a window, which draws it
MINUS = "−"
KEPT = 4  # digits after the sign that leave: more would tell nothing but the answers
PRINTED = (Part.NAME, Part.MEAN, Part.LOW, Part.ANSWERS, Part.RESPONSE, Part.EFFECT, Part.MODEL,
           Part.PLACES, Part.CHANGE, Part.STATUS)  # fmt: skip

Draw = Callable[[Paper], bytes]


def check_may_leave(desk: Desk, found: WaveRatings) -> None:
    """Raise Refused, in words, where figures of this wave may not leave now, or not by this person."""
    if not reach(desk.person.role, Action.RATE):
        raise Refused(mark("Your role does not rate, so it cannot take ratings out."))
    require_may_leave(desk, found.wave)


def export(
    desk: Desk,
    found: WaveRatings,
    view: View,
    path: Path,
    *,
    others: Sequence[WaveRatings] = (),
    draw: Draw | None = None,
) -> Exported:
    """Write a list to a .xlsx, .docx, or, with `draw`, .pdf file; what was noted of it.

    `others` are the earlier waves that it is shown beside: each must be free to leave, too. Raises
    UserError where something is missing, forbidden, or cannot be written: then nothing was.
    """
    ending = path.suffix.lower().removeprefix(".")
    drawn = ending == PDF or path == PRINTER
    if ending not in FORMATS and not (drawn and draw):
        raise UserError(mark("The name of the file must end in .xlsx, .docx or .pdf."))
    if not path.parent.is_dir():
        raise UserError(mark("There is no folder {folder}."), folder=path.parent)
    for one in (found, *others):
        check_may_leave(desk, one)
    id, at = new_mark(), now()
    check_rate(exports(desk), at)
    paper = make_paper(desk, found, view, others, id, at)
    paper = paper_as_training(paper) if desk.training else paper
    noted = Exported(
        id=id,
        at=at.replace(microsecond=0),
        kind=RATINGS,
        format=ending,
        rows=len(paper.rows),
        state=str(view.by),
    )
    with leaving(path) as file:
        if ending == "docx":
            write_docx(file, paper)
        elif drawn and draw:
            file.write(draw(paper))
        else:
            _write_table(file, paper, path.parent)
        with desk.store.begin() as session:  # before the file has its name: none goes unnoted
            exported.note(session, noted)
    return noted


def look(desk: Desk, found: WaveRatings, view: View, others: Sequence[WaveRatings]) -> Paper:
    """The paper of a list as it would be; nothing leaves, so nothing is noted. Raises as `export` does."""
    for one in (found, *others):
        check_may_leave(desk, one)
    paper = make_paper(desk, found, view, others, NOT_YET, now())
    return paper_as_training(paper) if desk.training else paper


def make_paper(
    desk: Desk,
    found: WaveRatings,
    view: View,
    others: Sequence[WaveRatings],
    id: str,
    at: datetime,
) -> Paper:
    """What leaves of a list, in the language spoken now."""
    lines = _ordered(rating_views.lines(found, view, desk.pack, others), view)
    shown = parts(lines)
    when = at.astimezone().strftime("%d.%m.%Y %H:%M")
    means = (Part.MEAN, Part.LOW, Part.HIGH)
    printed = [part for part in PRINTED if part in shown]
    return Paper(
        title=tr("Ratings: {wave}", wave=found.title),
        lead=_lead(desk, found, view),
        facts=tuple(_facts(desk, found, lines, view, id, at)),
        columns=tuple(
            Column(
                tr(head(one, view)), 40 if one in (Part.NAME, Part.WHY) else 14, DIGITS.get(one)
            )
            for one in shown
        ),
        rows=tuple(tuple(_rounded(line, part) for part in shown) for line in lines),
        summed=(shown.index(means[0]), shown.index(means[1]), shown.index(means[2])),
        heads=tuple(_head(part, view) for part in printed),
        printed=tuple(tuple(_printed(line, part) for part in printed) for line in lines),
        bars=tuple(_bar(line, view) for line in lines),
        scale=(int(LOWEST), int(HIGHEST)),
        legend=_legend(lines, view),
        notes=tuple(_notes(found, view, lines)),
        wording=tuple(
            Wording(one.text, one.choices) for one in passport_of(desk, found).questions
        ),
        headings=(
            tr("Passport of the survey"),
            tr("Figures"),
            tr("Chart"),
            tr("Notes"),
            tr("Exact wording of the questions"),
        ),
        signature=tr(
            "Responsible: ____________________   Signature: ____________   Date: __________"
        ),
        footer=f"{desk.person.name} · {when} · {id}",
        mark=id,
    )


def passport_of(desk: Desk, found: WaveRatings) -> Passport:
    """What is said with every figure of the wave; its error with the design effect of the whole."""
    whole = found.rating(ALL, ALL, found.criteria[0]).estimate if found.criteria else None
    effect = whole.deff if whole is not None and whole.published else None
    fitted = found.census.counted if found.census is not None and found.fitted else None
    return passport(
        found.record, found.form, desk.pack, found.answers, effect=effect or 1.0, fitted=fitted
    )


def _ordered(lines: list[Line], view: View) -> list[Line]:
    """Those that are not published by their names: their order must not tell their figures."""
    if not rating_views.goes_by_criterion(view):
        return lines
    told = [line for line in lines if line.rating.estimate.published]
    return told + sorted((line for line in lines if line not in told), key=lambda line: line.name)


def _lead(desk: Desk, found: WaveRatings, view: View) -> str:
    crumbs = [crumb.name for crumb in rating_views.way_down(found, view, desk.pack)]
    if rating_views.goes_by_criterion(view):
        one = next(one for one in found.criteria if one.path == view.question)
        crumbs.append(rating_views.criterion_words(one))
    return " › ".join(crumbs)


def _facts(
    desk: Desk,
    found: WaveRatings,
    lines: Sequence[Line],
    view: View,
    id: str,
    at: datetime,
) -> Iterator[tuple[str, Cell]]:
    said = passport_of(desk, found)
    yield from ((line.label, line.text) for line in said.lines)
    if not said.complete:
        lacks = " ".join(str(one) for one in said.lacks)
        yield tr("The passport lacks"), lacks
    yield tr("What is shown"), _lead(desk, found, view)
    left = sum(not line.rating.figure.leaves for line in lines)
    if left:
        words = trn("{n} figure is not published", "{n} figures are not published", left)
        yield tr("Left out"), words
    yield tr("Exported by"), f"{desk.person.name} ({desk.person.id})"
    yield tr("Role"), label("role", desk.person.role)
    yield tr("Exported at"), at.astimezone().strftime("%d.%m.%Y %H:%M")
    yield tr("Export"), id


def _rounded(line: Line, part: Part) -> Cell:
    found = value(line, part, outside=True)
    return round(found, KEPT) if isinstance(found, float) else found


def _head(part: Part, view: View) -> str:
    if part is Part.LOW:
        return tr("95 % interval")
    return tr("Changed?") if part is Part.CHANGE else tr(head(part, view))


def _printed(line: Line, part: Part) -> str:
    """A cell for who reads: an interval is one."""
    if part is Part.LOW:
        return _between(line, Part.LOW, Part.HIGH)
    found = value(line, part, outside=True)
    if part is Part.MODEL and found is not None:
        ends = _between(line, Part.MODEL_LOW, Part.MODEL_HIGH)
        return f"{_said(found, part)} ({ends})"
    if part is Part.CHANGE and found is not None:
        ends = _between(line, Part.CHANGE_LOW, Part.CHANGE_HIGH)
        told = value(line, Part.VERDICT, outside=True)
        return f"{_said(found, part)} ({ends}): {told}"
    return _said(found, part)


def _between(line: Line, low: Part, high: Part) -> str:
    ends = [value(line, part, outside=True) for part in (low, high)]
    return " … ".join(_said(end, low) for end in ends) if None not in ends else "—"


def _said(found: Cell, part: Part) -> str:
    if found is None or found == "":
        return "—"
    if not isinstance(found, float):
        return str(found)
    text = f"{found:.{DIGITS.get(part, 0)}f}"
    text = f"+{text}" if part is Part.CHANGE and found > 0 else text.replace("-", MINUS)
    return text if spoken() == "en" else text.replace(".", ",")


def _bar(line: Line, view: View) -> Bar:
    before = line.before if view.by is not By.WAVES else None
    return Bar(
        line.name,
        _mark(own(line.rating, outside=True)),
        _mark(model(line.rating, outside=True)),
        _mark(own(before, outside=True)) if before else None,
    )


def _mark(spot: Spot | None) -> Mark | None:
    return Mark(spot.mean, spot.low, spot.high) if spot else None


def _legend(lines: Sequence[Line], view: View) -> tuple[str, ...]:
    bars = [_bar(line, view) for line in lines]
    return (
        tr("the mean and its 95 % interval"),
        tr("the model’s mean") if any(bar.model for bar in bars) else "",
        tr("the wave before") if any(bar.before for bar in bars) else "",
    )


def _notes(found: WaveRatings, view: View, lines: Sequence[Line]) -> Iterator[str]:
    yield from rating_notes.cautions(found)
    yield from rating_notes.fitted(found)
    yield from rating_notes.explained(view, lines)
    yield from rating_notes.reasons(lines)
    yield tr(
        "A figure leaves the program only if thirty people gave it, also after the design effect, if its "
        "standard error is at most 30 % of it, and if nothing that is kept back follows from it. A "
        "model’s figure needs ten people."
    )


def _write_table(file: IO[bytes], paper: Paper, beside: Path) -> None:
    facts = [
        *paper.facts,
        *((paper.headings[3], note) for note in paper.notes),
        *((paper.headings[4], _worded(one)) for one in paper.wording),
    ]
    table = Table(
        title=tr("Ratings"),
        columns=paper.columns,
        rows=paper.rows,
        count=len(paper.rows),
        footer=paper.footer,
        mark=paper.mark,
        cover=lambda _: [(paper.title, paper.lead), *facts],
        means=paper.summed,
    )
    write_xlsx(file, table, lambda *_: None, beside)


def _worded(question: Wording) -> str:
    return (
        f"{question.text} — {'; '.join(question.choices)}" if question.choices else question.text
    )
