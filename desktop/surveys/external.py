"""Lists that a form keeps in files beside it (CSV, GeoJSON, XML) → parts of its XForm.

An XForm says `<instance id="towns" src="jr://file-csv/towns.csv"/>`. The list is put in its place,
so that the form travels whole and a laptop needs no files. Files are looked for beside the form
and in the folder that the field's tools make, `form-media`; never anywhere else.
"""

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from io import StringIO
from pathlib import Path, PureWindowsPath
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement
from xml.sax.saxutils import escape, quoteattr, unescape

from desktop.surveys.csv_table import decoded, separator_of
from desktop.surveys.markup import parse_xml
from desktop.surveys.search import read_search
from sync.errors import UserError

MOST = 50_000  # rows of a file
LARGEST = 5 * 1024 * 1024  # bytes of a file
SOURCE = re.compile(r"<instance\b([^>]*)\bsrc=\"(jr://file[^\"]*)\"([^>]*?)(?:/>|>.*?</instance>)")
ITEMSETS = "itemsets.csv"  # lists of select_one_external
_NAME = re.compile(r"[^\W\d][\w.\-]*")
_APPEARANCE = re.compile(r"\bappearance=\"([^\"]*\bsearch\b[^\"]*)\"")
QUOTE = {"&quot;": '"', "&apos;": "'"}
_ID = re.compile(r"\bid=\"([^\"]*)\"")
Remark = dict[str, object]  # {"code", "values"}, see verdicts


def embed(xform: str, form: Path | None, itemsets: str | None = None) -> tuple[str, list[Remark]]:
    """The XForm with the lists of its files in it, and what is wrong with them.

    `form` is the file of the form. A list whose file is not there stays as it is.
    """
    told: list[Remark] = []

    def filled(found: re.Match[str]) -> str:
        name = unescape(found[2]).rpartition("/")[2]
        content = None if form is None else _content(form, name)
        key = _ID.search(found[1] + found[3])
        if content is None or key is None:
            return found[0]
        if content.count("\n") > MOST:
            told.append({"code": "list_long", "values": {"file": name, "most": MOST}})
            return found[0]
        try:
            root = READERS[Path(name).suffix.lower()](content, told, name)
        except (KeyError, ValueError, UserError, csv.Error, RecursionError):
            told.append({"code": "list", "values": {"file": name}})
            return found[0]
        return _instance(unescape(key[1], QUOTE), root)

    xform = SOURCE.sub(filled, xform)
    searched = (read_search(unescape(one, QUOTE)) for one in _APPEARANCE.findall(xform))
    for file in dict.fromkeys(one.file for one in searched if one is not None):
        source = f'<instance id={quoteattr(file)} src="jr://file-csv/{escape(file)}.csv"/>'
        if f"<instance id={quoteattr(file)}" not in xform:
            xform = xform.replace("</model>", f"{SOURCE.sub(filled, source)}</model>", 1)
    if " query=" in xform:
        if itemsets is None and form is not None:
            itemsets = _content(form, ITEMSETS)
        lists = "".join(_instance(key, root) for key, root in _itemsets(itemsets or "", told))
        xform = xform.replace("</model>", f"{lists}</model>", 1)
    return xform, told


def beside(form: Path, name: str) -> Path | None:
    """The file of this name that belongs to a form; None where there is none, or the name leads away."""
    for folder in (form.parent, form.with_name(f"{form.stem}-media")):
        with suppress(OSError):  # a name that no file can have
            if PureWindowsPath(name).name == name and (folder / name).is_file():  # of any system
                return folder / name
    return None


def _content(form: Path, name: str) -> str | None:
    """The text of a file beside the form; None where there is none."""
    path = beside(form, name)
    if path is None:
        return None
    if path.stat().st_size > LARGEST:
        return ""
    content = path.read_bytes()
    try:
        return decoded(content)
    except UnicodeError:
        return content.decode("utf-8", errors="replace")


def _instance(key: str, root: Element) -> str:
    return f"<instance id={quoteattr(key)}>{ElementTree.tostring(root, 'unicode')}</instance>"


def _of_csv(text: str, told: list[Remark], file: str) -> Element:
    root = Element("root")
    for row in _rows(text, told, file):
        _item(root, row)
    return root


def _rows(text: str, told: list[Remark], file: str) -> Iterator[Mapping[str, str]]:
    """The rows of a table; a column whose name is no name in XML is left out, and this is told."""
    reader = csv.DictReader(StringIO(text, newline=""), delimiter=separator_of(text), strict=True)
    if not reader.fieldnames:
        raise ValueError("no head")
    columns = [name.strip() for name in reader.fieldnames]
    reader.fieldnames = columns
    known = [name for name in columns if _NAME.fullmatch(name)]
    told += [
        {"code": "list_column", "values": {"file": file, "column": name}}
        for name in columns
        if name not in known
    ]
    for row in reader:
        yield {name: row.get(name) or "" for name in known}


def _itemsets(text: str, told: list[Remark]) -> Iterator[tuple[str, Element]]:
    """The lists of `itemsets.csv` by their names: its column `list_name`."""
    lists: dict[str, Element] = {}
    try:
        for row in _rows(text, told, ITEMSETS):
            root = lists.setdefault(row.get("list_name", ""), Element("root"))
            _item(root, {name: at for name, at in row.items() if name != "list_name"})
    except (ValueError, csv.Error):
        told.append({"code": "list", "values": {"file": ITEMSETS}})
    yield from lists.items()


def _of_geojson(text: str, told: list[Remark], file: str) -> Element:
    """A FeatureCollection: of each feature its properties, `id`, and `geometry` as places."""
    root = Element("root")
    for feature in json.loads(text)["features"]:
        properties = dict(feature.get("properties") or {})
        row = {"id": feature["id"]} if "id" in feature else {}
        row |= {name: at for name, at in properties.items() if _NAME.fullmatch(name)}
        row["geometry"] = _places(feature.get("geometry") or {})
        _item(root, {name: "" if at is None else str(at) for name, at in row.items()})
    return root


def _places(geometry: Mapping[str, object]) -> str:
    """A point, line or polygon as the texts of geopoint, geotrace and geoshape."""
    points = geometry.get("coordinates")
    match geometry.get("type"):
        case "Point":
            pairs: Iterable[object] = [points]
        case "Polygon" if isinstance(points, list) and points:
            pairs = points[0]
        case "LineString" if isinstance(points, list):
            pairs = points
        case _:
            raise ValueError("no place")
    found = []
    for pair in pairs:
        if not isinstance(pair, list) or not all(isinstance(one, int | float) for one in pair):
            raise ValueError("no place")
        east, north = pair[:2]
        found.append(f"{north} {east} 0 0")
    return "; ".join(found)


def _of_xml(text: str, told: list[Remark], file: str) -> Element:
    return parse_xml(text)


def _item(root: Element, row: Mapping[str, str]) -> None:
    item = SubElement(root, "item")
    for name, text in row.items():
        SubElement(item, name).text = text


READERS: dict[str, Callable[[str, list[Remark], str], Element]] = {
    ".csv": _of_csv,
    ".geojson": _of_geojson,
    ".xml": _of_xml,
}
