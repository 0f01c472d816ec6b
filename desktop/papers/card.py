"""A record as a card: its fields as its form has them, its parts as tables, its terms, its photos.

It follows from the declaration of its kind, so every kind has one.
"""

from collections.abc import Iterator

from desktop.actions.records import Row
from desktop.exports.pages import Block, Grid, Line, Look, Pages, Signatures
from desktop.papers.inspection_report import photos
from desktop.papers.sheet import LONG_LINE, in_the_middle, pages
from desktop.papers.source import Source, Stamp
from desktop.papers.wording import number, office, said, short_day
from desktop.session import Desk
from sync.language import mark, tr
from sync.records import KINDS
from sync.records.base import Field, Part, Record, fields
from sync.records.consented import Consented
from sync.records.issue import Issue
from sync.vocabulary import label

HEADINGS = {  # of parts, in the plural
    name: record.heading or mark("Steps taken")
    for name, record in KINDS.items()
    if issubclass(record, Part)
}
FACT = (0.35, 0.65)  # of the width: what it is, and what it says


def lay_out(desk: Desk, source: Source, stamp: Stamp) -> Pages:
    """The paper of any record."""
    title = f"{tr(KINDS[source.row['kind']].label, stamp.language)} {number(source.row)}"
    return pages(desk, title, source.row, _blocks(desk, source, stamp), stamp)


def _blocks(desk: Desk, source: Source, stamp: Stamp) -> Iterator[Block]:
    language, row = stamp.language, source.row
    record = KINDS[row["kind"]]
    yield from in_the_middle(office(desk, row["district"], language), Look.OFFICE)
    yield Line(_heading(row, record, language), Look.TITLE, middle=True)
    for heading, facts in _sections(desk, source, record, language):
        yield Line(heading, Look.HEADING)
        yield Grid((), tuple(facts), FACT, named=True)
    if source.clocks is not None and (terms := tuple(_terms(source, language))):
        yield Line(tr("Terms", language), Look.HEADING)
        yield Grid((), terms, FACT, named=True)
    for kind, rows in source.parts.items():
        if rows:
            yield from _parts(desk, source, KINDS[kind], rows, language)
    yield from photos(source, language)
    yield Signatures(((tr("Responsible", language), LONG_LINE),))


def _heading(row: Row, record: type[Record], language: str) -> str:
    kind = tr(record.label, language)
    if record is Issue:
        kind = tr("Issue card", language)
    return tr("{kind} No. {number}", language, kind=kind.upper(), number=number(row))


def _sections(
    desk: Desk, source: Source, record: type[Record], language: str
) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The groups of the form, without what is empty, given, or the proof of a consent."""
    found: list[tuple[str, list[tuple[str, str]]]] = []
    for one in fields(record):
        if one.under or not found:
            found.append((tr(one.under or record.label, language), []))
        if one.name in Consented.__annotations__ or one.given or one.type is dict:
            continue
        if words := said(one, source.row[one.name], desk.pack, language, source.titles):
            found[-1][1].append((one.words(language), words))
    return (section for section in found if section[1])


def _terms(source: Source, language: str) -> Iterator[tuple[str, str]]:
    assert source.clocks is not None
    for one in source.clocks.asked:
        whose = tr("Answer of {body}", language, body=one.body) if one.body else ""
        state = "" if one in source.clocks.answers else f" ({tr('Answered', language)})"
        yield whose or tr("Their answer", language), f"{short_day(one.due)}{state}"
    if source.clocks.term is not None:
        rule = label("deadline_rule", source.clocks.term.rule.key, language)
        yield tr("Rule of their term", language), rule


def _parts(
    desk: Desk, source: Source, record: type[Record], rows: list[Row], language: str
) -> Iterator[Block]:
    """A column for each field that any of them fills in."""
    shown: list[Field] = [
        one for one in fields(record) if any(row[one.name] not in (None, "") for row in rows)
    ]
    yield Line(tr(HEADINGS.get(record.kind, record.label), language), Look.HEADING)
    yield Grid(
        heads=tuple(one.words(language) for one in shown),
        rows=tuple(
            tuple(said(one, row[one.name], desk.pack, language, source.titles) for one in shown)
            for row in rows
        ),
    )
