"""A paper as a Word document (.docx): its words, its tables, its charts, and a footer on each page.

Written by hand, as eight small parts of XML in an archive: why not by a library is decision 56. No
word of a record becomes anything but text: everything goes through `run`.
"""

import zipfile
from collections.abc import Iterator, Sequence
from typing import IO
from xml.sax.saxutils import quoteattr

from desktop.exports import word_parts
from desktop.exports.charts import Chart, draw_chart
from desktop.exports.papers import Paper, charts, shares
from desktop.exports.word_parts import HEADING, R, W, run
from sync.cells import holdable

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PX = 9_525  # EMU of a pixel
LONG, SHORT, MARGIN = 16_838, 11_906, 1_134  # twips of A4, and of its margins (2 cm)


def write_docx(file: IO[bytes], paper: Paper) -> None:
    """Write the paper."""
    drawn = [draw_chart(bars, paper.scale, paper.legend) for bars in charts(paper)]
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": word_parts.TYPES,
        "_rels/.rels": word_parts.relations(
            ("rId1", "officeDocument", "word/document.xml"),
            ("rId2", "metadata/core-properties", "docProps/core.xml"),
            ("rId3", "custom-properties", "docProps/custom.xml"),
        ),
        "word/document.xml": _document(paper, drawn),
        "word/styles.xml": word_parts.styles(),
        "word/footer1.xml": word_parts.footer(paper.footer),
        "word/_rels/document.xml.rels": word_parts.relations(
            ("rIdStyles", "styles", "styles.xml"),
            ("rIdFooter", "footer", "footer1.xml"),
            *((f"rIdChart{at}", "image", f"media/chart{at}.png") for at in range(len(drawn))),
        ),
        "docProps/core.xml": word_parts.core(paper.title),
        "docProps/custom.xml": word_parts.custom(paper.mark),
        **{f"word/media/chart{at}.png": one.png for at, one in enumerate(drawn)},
    }
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content if isinstance(content, bytes) else HEAD + content)


def _document(paper: Paper, drawn: Sequence[Chart]) -> str:
    wide = paper.wide
    room = (LONG if wide else SHORT) - 2 * MARGIN
    body = "".join(_body(paper, drawn, room))
    page, other = (LONG, SHORT) if wide else (SHORT, LONG)
    turned = ' w:orient="landscape"' if wide else ""
    section = (
        '<w:sectPr><w:footerReference w:type="default" r:id="rIdFooter"/>'
        f'<w:pgSz w:w="{page}" w:h="{other}"{turned}/>'
        f'<w:pgMar w:top="{MARGIN}" w:right="{MARGIN}" w:bottom="{MARGIN}" w:left="{MARGIN}" '
        'w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
    )
    spaces = (
        f'xmlns:w="{W}" xmlns:r="{R}" '
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    )
    return f"<w:document {spaces}><w:body>{body}{section}</w:body></w:document>"


def _body(paper: Paper, drawn: Sequence[Chart], room: int) -> Iterator[str]:
    passport, figures, chart, notes, wording = paper.headings
    yield _paragraph(paper.title, "Title")
    yield _paragraph(paper.lead, "Subtitle")
    yield _paragraph(passport, HEADING)
    facts = [(name, "" if value is None else str(value)) for name, value in paper.facts]
    yield _table([], facts, [room * 3 // 10, room - room * 3 // 10], bold_first=True)
    widths = [round(part * room) for part in shares(paper.heads, paper.printed)]
    yield _paragraph(figures, HEADING)
    yield _table(paper.heads, paper.printed, widths)
    if drawn:
        yield _paragraph(chart, HEADING)
    for at, one in enumerate(drawn):
        yield _picture(at, one, f"{chart}. {paper.lead}", room)
    if paper.notes:
        yield _paragraph(notes, HEADING)
    for note in paper.notes:
        yield _paragraph(note)
    if paper.wording:
        yield _paragraph(wording, HEADING)
    for at, question in enumerate(paper.wording, 1):
        yield _paragraph(f"{at}. {question.text}")
        if question.choices:
            yield _paragraph("   " + "; ".join(question.choices), "Small")
    yield _paragraph("")
    yield _paragraph(paper.signature)


def _paragraph(words: str, style: str = "Normal", *, right: bool = False) -> str:
    side = '<w:jc w:val="right"/>' if right else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{side}</w:pPr>{run(words)}</w:p>'


def _table(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[int],
    *,
    bold_first: bool = False,
) -> str:
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="84928D"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    whole = sum(widths)
    head = _row(heads, widths, ["Head"] * len(heads), head=True) if heads else ""
    looks = ["Head" if bold_first else "Small", *(["Small"] * (len(widths) - 1))]
    body = "".join(_row(row, widths, looks, plain=bold_first) for row in rows)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{whole}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{head}{body}</w:tbl>"
    )


def _row(
    cells: Sequence[str],
    widths: Sequence[int],
    looks: Sequence[str],
    *,
    head: bool = False,
    plain: bool = False,
) -> str:
    kept = (
        "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
        if head
        else ("<w:trPr><w:cantSplit/></w:trPr>")
    )
    inside = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f"{_paragraph(words, look, right=at > 0 and not plain)}</w:tc>"
        for at, (words, width, look) in enumerate(zip(cells, widths, looks, strict=True))
    )
    return f"<w:tr>{kept}{inside}</w:tr>"


def _picture(at: int, chart: Chart, words: str, room: int) -> str:
    """`words` say what it shows to who does not see it."""
    wide = min(chart.width * PX, room * 635)  # EMU of a twip
    high = wide * chart.height // chart.width
    said = quoteattr(holdable(words))
    size = f'cx="{wide}" cy="{high}"'
    return (
        '<w:p><w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent {size}/><wp:docPr id="{at + 1}" name="chart{at}" descr={said}/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{at + 1}" name="chart{at}.png"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="rIdChart{at}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
