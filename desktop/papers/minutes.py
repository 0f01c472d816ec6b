"""Minutes of a meeting: who was there, what was on the agenda, heard, spoken and decided.

The requisites are those of office minutes in Kazakhstan: whose they are, kind, number, date and place,
chair and secretary, present, agenda, and for each item ТЫҢДАЛДЫ, СӨЙЛЕДІ, ШЕШІМ.
"""

from collections.abc import Iterator

from desktop.actions.records import Row
from desktop.exports.pages import Block, Ends, Grid, Line, Look, Pages, Signatures
from desktop.papers.sheet import LONG_LINE, in_the_middle, pages
from desktop.papers.source import Source, Stamp
from desktop.papers.wording import (
    NOTHING,
    counted,
    listed,
    long_day,
    office,
    short_day,
    title_of,
    village,
)
from desktop.session import Desk
from sync.language import mark, tr
from sync.vocabulary import label

HEADS = (mark("No."), mark("Decision"), mark("Responsible"), mark("Term"))


def lay_out(desk: Desk, source: Source, stamp: Stamp) -> Pages:
    """The paper of a meeting."""
    return pages(
        desk,
        tr("Minutes of a meeting", stamp.language),
        source.row,
        _blocks(desk, source, stamp),
        stamp,
    )


def _blocks(desk: Desk, source: Source, stamp: Stamp) -> Iterator[Block]:
    language, row = stamp.language, source.row
    yield from in_the_middle(office(desk, row["district"], language), Look.OFFICE)
    yield Line(tr("MINUTES No. ______", language), Look.TITLE, middle=True)
    if row["type"]:
        yield Line(label("meeting_type", row["type"], language), Look.LEAD, middle=True)
    day = long_day(row["held_on"], language) if row["held_on"] else ""
    if row["held_at"]:
        day = tr("{day}, {time}", language, day=day, time=f"{row['held_at']:%H:%M}")
    yield Ends(day, village(desk.pack, row["village"], language))
    yield Line(title_of(row, language), Look.HEADING, middle=True)
    yield from _present(row, language)
    agenda = counted(listed(row["agenda"]))
    if agenda:
        yield Line(tr("AGENDA:", language), Look.HEADING)
    yield from (Line(one) for one in agenda)
    for at, question in enumerate(source.parts["question"], 1):
        yield from _question(at, question, language)
    yield Line(tr("DECIDED:", language), Look.HEADING)
    yield _decisions(source.parts["decision"], language)
    yield Signatures(
        (
            (tr("Chair", language), row["chair"] or LONG_LINE),
            (tr("Secretary", language), row["secretary"] or LONG_LINE),
        )
    )


def _present(row: Row, language: str) -> Iterator[Block]:
    if row["place"]:
        yield Line(row["place"], label=f"{tr('Place', language)}:")
    yield Line(row["chair"] or LONG_LINE, label=f"{tr('Chair', language)}:")
    yield Line(row["secretary"] or LONG_LINE, label=f"{tr('Secretary', language)}:")
    present = str(row["present"]) if row["present"] is not None else LONG_LINE
    yield Line(present, label=f"{tr('Number present', language)}:")
    for words, names in (
        (tr("Officials", language), listed(row["side_a"])),
        (tr("Residents and activists", language), listed(row["side_b"])),
    ):
        if names:
            yield Line("\n".join(["", *counted(names)]), label=f"{words}:")


def _question(at: int, question: Row, language: str) -> Iterator[Block]:
    asked = f" ({question['asked_by']})" if question["asked_by"] else ""
    heard = tr("{n}. HEARD:", language, n=at)
    yield Line(f"{question['text'] or NOTHING}{asked}", label=heard)
    how = label("question_answer", question["answered"], language) if question["answered"] else ""
    answer = question["answer"] or how
    told = f" ({how})" if how and question["answer"] else ""
    spoken = " — ".join(filter(None, (question["answered_by"], f"{answer}{told}")))
    if spoken:
        yield Line(spoken, label=tr("SPOKE:", language))


def _decisions(rows: list[Row], language: str) -> Block:
    if not rows:
        return Line(tr("No decisions were taken.", language))
    return Grid(
        heads=tuple(tr(one, language) for one in HEADS),
        rows=tuple(
            (
                str(at),
                row["text"] or NOTHING,
                row["responsible"] or NOTHING,
                short_day(row["due_on"]),
            )
            for at, row in enumerate(rows, 1)
        ),
        widths=(0.07, 0.5, 0.28, 0.15),
    )
