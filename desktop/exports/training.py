"""What leaves training says so: in each row, on each page, on the cover."""

from collections.abc import Sequence
from dataclasses import replace

import msgspec

from desktop.exports.pages import Line, Look, Pages
from desktop.exports.papers import Paper
from desktop.exports.tables import Cell, Column, Table, Written
from sync.language import mark, tr

TRAINING, INVENTED = mark("Training"), mark("Invented data of training, nobody's and no place's.")
WIDTH = 16


def as_training(table: Table) -> Table:
    """The table with a first column that says it, and so its footer and cover."""
    said, told = tr(TRAINING), tr(INVENTED)

    def cover(written: Written) -> Sequence[tuple[str, Cell]]:
        return [(said, told), *table.cover(written)]

    return replace(
        table,
        columns=[Column(said, WIDTH), *table.columns],
        rows=([said, *row] for row in table.rows),
        footer=f"{said} · {table.footer}",
        cover=cover,
        means=_after(table.means),
    )


def _after(means: tuple[int, int, int] | None) -> tuple[int, int, int] | None:
    """Where these columns stand behind another one."""
    return (means[0] + 1, means[1] + 1, means[2] + 1) if means else None


def paper_as_training(paper: Paper) -> Paper:
    """The paper with it in its title and footer, and among what is to be known."""
    said, told = tr(TRAINING), tr(INVENTED)
    return replace(
        paper,
        title=f"{said}: {paper.title}",
        footer=f"{said} · {paper.footer}",
        notes=(told, *paper.notes),
    )


def pages_as_training(pages: Pages) -> Pages:
    """The same of a paper that is laid out already, in its language."""
    said, told = tr(TRAINING, pages.language), tr(INVENTED, pages.language)
    return msgspec.structs.replace(
        pages,
        title=f"{said}: {pages.title}",
        blocks=(Line(f"{said}. {told}", Look.OFFICE, middle=True), *pages.blocks),
        footer=f"{said} · {pages.footer}",
    )


def about_training() -> dict[str, str]:
    """What an open format says of itself."""
    return {"training": tr(INVENTED)}
