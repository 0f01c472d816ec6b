"""What a file of a form is, told by its content: people and systems name files as they like."""

import re
import zipfile
import zlib
from io import BytesIO

from desktop.surveys.csv_table import decoded

UNPACKED = 64 * 1024 * 1024  # bytes of all parts of a workbook together
PARTS = 2_000  # files in a workbook
CELLS = 250_000  # that are filled: 30,000 villages with eight columns
CHUNK = 2**20
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .xls, but also .doc, and any workbook with a password
LOCKED = "EncryptedPackage".encode("utf-16-le")
XFORMS = b"http://www.w3.org/2002/xforms"
SHEET = re.compile(r"[\s\"']*(survey|choices|settings|external_choices|entities|osm)\b", re.I)
ALONE = re.compile(r"[^\r\n]*\btype\b[^\r\n]*\bname\b|[^\r\n]*\bname\b[^\r\n]*\btype\b", re.I)


def sniff(content: bytes, most: int = CELLS) -> tuple[str, str]:
    """→ (.xlsx, .xls, .csv, .md or .xml, "") or ("", code of what is wrong with it).

    `most`: how many cells of a workbook may be filled.
    """
    if not content.strip():
        return "", "empty"
    if content.startswith(OLE2):
        return ("", "locked") if LOCKED in content else (".xls", "")
    if content.startswith(b"PK\x03\x04"):
        return _of_archive(content, most)
    if content[:64].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        # pages of the web and old “XML spreadsheets” are often named .xls
        return (".xml", "") if XFORMS in content or b"<model" in content else ("", "not_workbook")
    return _of_text(content)


def _of_text(content: bytes) -> tuple[str, str]:
    try:
        text = decoded(content).lstrip()
    except UnicodeError:
        return "", "not_workbook"
    if sum(map(text.count, ",;|\t\n")) > 2 * CELLS:
        return "", "too_many_cells"
    if text.startswith("|"):
        return ".md", ""
    if SHEET.match(text):
        return ".csv", ""
    return "", "one_sheet" if ALONE.match(text) else "not_workbook"


def _of_archive(content: bytes, most: int) -> tuple[str, str]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            wrong = _wrong_parts(archive, most)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError, ValueError):
        wrong = "damaged"  # RuntimeError: also what is not implemented
    return ("", wrong) if wrong else (".xlsx", "")


def _wrong_parts(archive: zipfile.ZipFile, most: int) -> str:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        return "opendocument" if "content.xml" in names else "not_workbook"
    if len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED:
        return "too_large"
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            with archive.open(part) as opened:
                head = opened.read(4096).replace(b"\0", b"")  # UTF-16 as well
            if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                return "entities"
    return "too_many_cells" if _filled(archive, most) > most else ""


def _filled(archive: zipfile.ZipFile, most: int) -> int:
    """Cells with something in them, about; a sheet may have a million rows that are only formatted."""
    found = 0
    for part in archive.infolist():
        if part.filename.startswith("xl/worksheets/"):
            with archive.open(part) as opened:
                while found <= most and (chunk := opened.read(CHUNK)):
                    found += chunk.count(b"<v>") + chunk.count(b"<is>")
    return found
