"""Papers read back as somebody reads them: Word by its XML, PDF by pypdf."""

import zipfile
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

from pypdf import PdfReader

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
KAZAKH = "ӘәҒғҚқҢңӨөҰұҮүҺһІі"


def words_of(path: Path | BytesIO) -> list[str]:
    """What a reader sees in a .docx, paragraph by paragraph; every part of it is sound XML."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(archive.read(name))
        body = ElementTree.fromstring(archive.read("word/document.xml"))
    return ["".join(_said(one)) for one in body.iter(f"{WORD}p")]


def _said(paragraph: ElementTree.Element) -> list[str]:
    signs = {f"{WORD}br": "\n", f"{WORD}tab": "\t"}
    return [
        one.text or "" if one.tag == f"{WORD}t" else signs[one.tag]
        for run in paragraph.iter(f"{WORD}r")
        for one in run
        if one.tag in (f"{WORD}t", *signs)
    ]


def pages_of(pdf: bytes) -> list[str]:
    """The words on each page, with single spaces between them."""
    found = [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]
    return [" ".join(text.split()) for text in found]
