"""Pages as a Word document (.docx): paragraphs, tables, pictures, and a footer on each page.

Written by hand, as some small parts of XML in an archive: why not by a library is decision 56. No word
of a record becomes anything but text: everything goes through `run`.
"""

import zipfile
from collections.abc import Iterator, Sequence
from typing import IO
from xml.sax.saxutils import quoteattr

from desktop.exports import word_parts
from desktop.exports.pages import Block, Ends, Grid, Line, Look, Pages, Photos, Picture, Signatures
from desktop.exports.word_parts import R, W, run
from sync.cells import holdable

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PX, TWIP = 9_525, 635  # EMU of a pixel, and of a twip
LONG, SHORT = 16_838, 11_906  # twips of A4
LEFT, OTHER = 1_418, 851  # twips of its margins: 25 mm to bind it, 15 mm elsewhere
INSET = 108  # twips: Word lets a table with edges begin so far left of the words around it
TALLEST = 420  # px of a photo, of which two stand side by side
EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")
PNG = b"\x89PNG"


def write_docx(file: IO[bytes], pages: Pages) -> None:
    """Write the paper."""
    body = _Body(pages)
    content = body.document()
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": word_parts.TYPES,
        "_rels/.rels": word_parts.relations(
            ("rId1", "officeDocument", "word/document.xml"),
            ("rId2", "metadata/core-properties", "docProps/core.xml"),
            ("rId3", "custom-properties", "docProps/custom.xml"),
        ),
        "word/document.xml": content,
        "word/styles.xml": word_parts.styles(pages.language),
        "word/footer1.xml": word_parts.footer(pages.footer, body.room),
        "word/_rels/document.xml.rels": word_parts.relations(
            ("rIdStyles", "styles", "styles.xml"),
            ("rIdFooter", "footer", "footer1.xml"),
            *((f"rId{name}", "image", f"media/{name}") for name in body.media),
        ),
        "docProps/core.xml": word_parts.core(pages.title),
        "docProps/custom.xml": word_parts.custom(pages.mark),
        **{f"word/media/{name}": picture for name, picture in body.media.items()},
    }
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part if isinstance(part, bytes) else HEAD + part)


class _Body:
    """Writes one block after the other, and keeps the pictures that they name."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self.room = (LONG if pages.wide else SHORT) - LEFT - OTHER  # twips
        self.media: dict[str, bytes] = {}

    def document(self) -> str:
        """The part that is read."""
        body = "".join(part for block in self._pages.blocks for part in self._written(block))
        page, other = (LONG, SHORT) if self._pages.wide else (SHORT, LONG)
        turned = ' w:orient="landscape"' if self._pages.wide else ""
        section = (
            '<w:sectPr><w:footerReference w:type="default" r:id="rIdFooter"/>'
            f'<w:pgSz w:w="{page}" w:h="{other}"{turned}/>'
            f'<w:pgMar w:top="{OTHER}" w:right="{OTHER}" w:bottom="{OTHER}" w:left="{LEFT}" '
            'w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
        )
        spaces = (
            f'xmlns:w="{W}" xmlns:r="{R}" '
            'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
            'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
            'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
        )
        return f"<w:document {spaces}><w:body>{body}{section}</w:body></w:document>"

    def _written(self, block: Block) -> Iterator[str]:
        if isinstance(block, Line):
            yield _paragraph(block.words, block.look, label=block.label, middle=block.middle)
        elif isinstance(block, Ends):
            yield _ends(block, self.room)
        elif isinstance(block, Grid):
            yield from self._grid(block)
        elif isinstance(block, Picture):
            yield self._picture(block, self.room * TWIP // PX, LONG)
        elif isinstance(block, Photos):
            yield from self._photos(block)
        else:
            yield from self._signatures(block)

    def _grid(self, grid: Grid) -> Iterator[str]:
        widths = [round(share * (self.room - INSET)) for share in grid.shares()]
        looks = ["Head" if grid.named else "Cell", *["Cell"] * (len(widths) - 1)]
        head = [_words(word, "Head", keep=True) for word in grid.heads]
        rows = [_row(head, widths, head=True)] if head else []
        for cells in grid.rows:
            right = [grid.figures and at > 0 for at in range(len(cells))]
            rows.append(_row(list(map(_words, cells, looks, right)), widths))
        yield _table(rows, widths)

    def _photos(self, photos: Photos) -> Iterator[str]:
        half = self.room // 2
        rows = []
        for at in range(0, len(photos.pictures), 2):
            two = photos.pictures[at : at + 2]
            cells = [self._photo(one, half - 240) for one in two]
            rows.append(_row([*cells, *[_words("")] * (2 - len(two))], [half, half]))
        yield _table(rows, [half, half], edges=False)

    def _photo(self, photo: Picture, room: int) -> str:
        shown = self._picture(photo, room * TWIP // PX, TALLEST) if photo.content else ""
        return shown + _words(photo.words, "Caption")

    def _signatures(self, signatures: Signatures) -> Iterator[str]:
        widths = [self.room * 45 // 100, self.room * 25 // 100, self.room * 30 // 100]
        rows = [
            _row([_words(as_what, "Sign"), _words("_" * 18, "Sign"), _words(name, "Sign")], widths)
            for as_what, name in signatures.rows
        ]
        yield _table(rows, widths, edges=False)

    def _picture(self, picture: Picture, room: int, tallest: int) -> str:
        """Its words say what it shows to who does not see it."""
        name = f"picture{len(self.media)}.{'png' if picture.content.startswith(PNG) else 'jpeg'}"
        self.media[name] = picture.content
        wide, high = picture.fitted(room, tallest)
        said = quoteattr(holdable(picture.words))
        size = f'cx="{wide * PX}" cy="{high * PX}"'
        number = len(self.media)
        return (
            "<w:p><w:pPr><w:keepNext/></w:pPr><w:r><w:drawing>"
            '<wp:inline distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent {size}/><wp:docPr id="{number}" name="{name}" descr={said}/>'
            '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
            f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name="{name}"/><pic:cNvPicPr/></pic:nvPicPr>'
            f'<pic:blipFill><a:blip r:embed="rId{name}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
            "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
        )


def _paragraph(words: str, look: Look, *, label: str, middle: bool) -> str:
    side = '<w:jc w:val="center"/>' if middle else ""
    before = run(f"{label} ", bold=True) if label else ""
    style = f'<w:pStyle w:val="{word_parts.STYLE_OF[look]}"/>'
    return f"<w:p><w:pPr>{style}{side}</w:pPr>{before}{run(words)}</w:p>"


def _ends(ends: Ends, room: int) -> str:
    stop = f'<w:tabs><w:tab w:val="right" w:pos="{room}"/></w:tabs>'
    tab = "<w:r><w:tab/></w:r>"
    return f"<w:p><w:pPr>{stop}</w:pPr>{run(ends.left)}{tab}{run(ends.right)}</w:p>"


def _words(words: str, look: str = "Cell", right: bool = False, *, keep: bool = False) -> str:
    side = '<w:jc w:val="right"/>' if right else ""
    kept = "<w:keepNext/>" if keep else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{look}"/>{kept}{side}</w:pPr>{run(words)}</w:p>'


def _table(rows: Sequence[str], widths: Sequence[int], *, edges: bool = True) -> str:
    """And a small line below, without which two tables would become one."""
    line = 'w:val="single" w:sz="4" w:space="0" w:color="000000"' if edges else 'w:val="nil"'
    borders = "".join(f"<w:{side} {line}/>" for side in EDGES)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblInd w:w="{INSET if edges else 0}" w:type="dxa"/><w:tblBorders>{borders}'
        '</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>{_words('')}"
    )


def _row(cells: Sequence[str], widths: Sequence[int], *, head: bool = False) -> str:
    again = "<w:tblHeader/>" if head else ""
    inside = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
        for cell, width in zip(cells, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{again}</w:trPr>{inside}</w:tr>"
