"""Report of an inspection: the object, what was seen, the defects with their terms, the photos."""

from collections.abc import Iterator

from desktop.actions.records import Row
from desktop.exports.pages import Block, Ends, Grid, Line, Look, Pages, Photos, Signatures
from desktop.papers.sheet import LONG_LINE, in_the_middle, pages
from desktop.papers.source import Source, Stamp
from desktop.papers.wording import NOTHING, listed, long_day, office, said, short_day, village
from desktop.session import Desk
from sync.language import mark, tr
from sync.records.base import field_map
from sync.records.project import Project
from sync.vocabulary import label

OF_THE_PROJECT = ("sphere", "work", "client", "contractor", "contract_number", "contract_on",
                  "contract_sum", "supervisor", "starts_on", "ends_on")  # fmt: skip

HEADS = (mark("No."), mark("Defect"), mark("How grave"), mark("To be mended by"), mark("State"))


def lay_out(desk: Desk, source: Source, stamp: Stamp) -> Pages:
    """The paper of an inspection."""
    title = tr("Inspection report", stamp.language)
    return pages(desk, title, source.row, _blocks(desk, source, stamp), stamp)


def _blocks(desk: Desk, source: Source, stamp: Stamp) -> Iterator[Block]:
    language, row = stamp.language, source.row
    yield from in_the_middle(office(desk, row["district"], language), Look.OFFICE)
    yield Line(tr("INSPECTION REPORT No. ______", language), Look.TITLE, middle=True)
    day = long_day(row["inspected_on"], language) if row["inspected_on"] else ""
    yield Ends(day, village(desk.pack, row["village"], language))
    yield Line(tr("Object", language), Look.HEADING)
    yield Grid((), tuple(_object(desk, source, language)), (0.35, 0.65), named=True)
    people = listed(row["people"])
    yield Line("\n".join(["", *people]) or LONG_LINE, label=f"{tr('Who took part', language)}:")
    yield Line(tr("What was seen", language), Look.HEADING)
    if row["physical"] is not None:
        yield Line(str(row["physical"]), label=f"{tr('Work done, %', language)}:")
    if row["quality"]:
        words = label("work_quality", row["quality"], language)
        yield Line(words, label=f"{tr('Quality', language)}:")
    yield Line(row["found"] or NOTHING)
    yield Line(tr("Defects", language), Look.HEADING)
    yield _defects(source.parts["defect"], language)
    yield from photos(source, language)
    signing = tuple((one, "") for one in people) or ((LONG_LINE, ""),)
    yield Line(tr("Signatures", language), Look.HEADING)
    yield Signatures(signing)


def photos(source: Source, language: str) -> Iterator[Block]:
    """The photos of a record, and the names of its papers, which are not shown."""
    if source.photos:
        yield Line(tr("Photos", language), Look.HEADING)
        yield Photos(source.photos)
    if source.files:
        names = "; ".join(one["caption"] or one["name"] or NOTHING for one in source.files)
        files = tr("Files", language)
        yield Line(names, label=f"{files}:")


def _object(desk: Desk, source: Source, language: str) -> Iterator[tuple[str, str]]:
    project: Row | None = source.links.get(str(source.row["project"]))
    title = source.titles.get(str(source.row["project"]), NOTHING)
    yield tr("Object", language), title
    if project is None:
        return
    known = field_map(Project)
    yield known["village"].words(language), desk.pack.full_name(project["village"] or "", language)
    for name in OF_THE_PROJECT:
        if words := said(known[name], project[name], desk.pack, language, {}):
            yield known[name].words(language), words


def _defects(rows: list[Row], language: str) -> Block:
    if not rows:
        return Line(tr("No defects were found.", language))
    return Grid(
        heads=tuple(tr(one, language) for one in HEADS),
        rows=tuple(
            (
                str(at),
                row["text"] or NOTHING,
                label("defect_severity", row["severity"] or "", language),
                short_day(row["due_on"]),
                label("defect_state", row["state"] or "", language),
            )
            for at, row in enumerate(rows, 1)
        ),
        widths=(0.07, 0.4, 0.18, 0.17, 0.18),
    )
