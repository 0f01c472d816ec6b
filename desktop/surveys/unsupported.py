"""What kind a node is, and what of the standard this program does not run yet, by name.

Whatever is listed here is said when a form is read: nothing is left out in silence.
"""

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from desktop.surveys.messages import Message
from desktop.surveys.xpath.nodes import local
from sync.errors import UserError
from sync.language import mark

TYPES = {
    "int": "integer",
    "integer": "integer",
    "decimal": "decimal",
    "date": "date",
    "time": "time",
    "dateTime": "dateTime",
}  # of a bind: the kind of an input
CONTROLS = {"select1": "select_one", "select": "select_multiple", "trigger": "acknowledge"}
NOT_RUN = {"repeat", "range", "rank", "upload", "secret"}  # controls
NOT_TYPES = {"geopoint", "geotrace", "geoshape", "barcode"}  # of a bind
HARMLESS = {"uid", "date"}  # preloads: an id we make ourselves, and the day


def kind_of(control: Element | None, bind: Mapping[str, str], holds: bool, path: str) -> str:
    """The kind of a node, see FormNode. `holds`: it has nodes in it."""
    if path.count("/") > 1 and path.split("/")[2] == "meta":
        return "meta"
    if holds or (control is not None and local(control.tag) == "group"):
        return "group"
    if control is None:
        return "calculate" if "calculate" in bind else "hidden"
    if (tag := local(control.tag)) in CONTROLS:
        return CONTROLS[tag]
    if (kind := TYPES.get(bind.get("type", ""))) is not None:
        return kind
    noted = bind.get("readonly", "").strip() == "true()" and "calculate" not in bind
    return "note" if noted else "text"


def remarks(root: Element) -> Iterator[Message]:
    """What of a form is not run, and what is not filled in, with the names of the questions."""
    for element in root.iter():
        tag = local(str(element.tag))
        if tag in NOT_RUN:
            yield _not_run(tag, element)
        elif tag == "bind":
            yield from _of_bind(element)
        elif tag == "instance" and "src" in element.attrib:
            yield _not_run("file", element, element.get("id", ""))
        elif tag == "value" and "form" in element.attrib:
            text = mark("Pictures, sounds and videos in labels are not shown: {name}.")
            name = element.text or ""
            yield Message(UserError(text, name=name), "survey", column="media", stops=False)
        elif tag == "setvalue" and "value-changed" in element.get("event", ""):
            yield _not_run("trigger", element)
        elif tag in ("setgeopoint", "recordaudio"):
            yield _not_run(tag, element)
        elif "query" in element.attrib:
            yield _not_run("select_one_external", element)
        elif "search(" in element.get("appearance", ""):
            yield _not_run("search()", element)


def _of_bind(bind: Element) -> Iterator[Message]:
    attributes = {local(name): value for name, value in bind.attrib.items()}
    if (kind := attributes.get("type")) in NOT_TYPES:
        yield _not_run(str(kind), bind)
    preload = attributes.get("preload")
    if preload and preload not in HARMLESS and "/meta/" not in attributes.get("nodeset", ""):
        text = mark("“{name}” stays empty: answers are anonymous, without time, device or person.")
        yield Message(UserError(text, name=_name(bind)), "survey", column="type", stops=False)


def _not_run(what: str, element: Element, name: str = "") -> Message:
    text = mark("Question “{name}”: “{what}” is not supported by this version of the program yet.")
    return Message(
        UserError(text, name=name or _name(element), what=what), "survey", column="type"
    )


def _name(element: Element) -> str:
    where = element.get("ref") or element.get("nodeset") or ""
    return where.rpartition("/")[2]
