"""Pictures in files beside a form → parts of its XForm, see desktop.surveys.pictures.

Each is made small, and nothing but what is seen is left of it. This reads what nobody vouches for: it is
called by the process that has limits, desktop.surveys.compiler.
"""

from base64 import b64encode
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree.ElementTree import Element
from xml.sax.saxutils import quoteattr

from desktop.files import read_whole
from desktop.pictures import LARGEST_PICTURE, shrink_for_label
from desktop.surveys.external import beside
from desktop.surveys.markup import parse_xml
from desktop.surveys.pictures import (
    NAMESPACE,
    SCHEME,
    SHOWN,
    picture_name,
    pictures_of,
    without_pictures,
)
from desktop.surveys.texts import text_place
from desktop.surveys.xpath.nodes import local
from sync.errors import UserError

MOST = 2**20  # bytes of all pictures of a form: they come over one line in one piece
LARGE = "pictures_large"
Remark = dict[str, object]  # {"code", "values"}, see verdicts


def embed_pictures(xform: str, form: Path | None) -> tuple[str, list[Remark]]:
    """The XForm with the pictures of its texts in it, and what is wrong with them.

    `form` is the file of the form. Pictures that are in the XForm already are made anew, too: nobody
    vouches for them. A picture that cannot be put in is told at each text that has it.
    """
    try:
        root = parse_xml(xform)
    except UserError:
        return xform, []  # who opens the form says so
    there = pictures_of(root)
    kept: dict[str, bytes] = {}
    wrong: dict[str, str] = {}
    told: list[Remark] = []
    for key, kind, named in _named(root):
        name = picture_name(named)
        if name not in kept and named not in wrong:
            full = LARGE in wrong.values()  # what follows costs no time any more
            left = 0 if full else MOST - sum(map(len, kept.values()))
            found = _made(name, form, there, left)
            if isinstance(found, bytes):
                kept[name] = found
            else:
                wrong[named] = found
        if named in wrong:
            told.append({"code": wrong[named], "values": _place(key, kind, named)})
    whole = without_pictures(xform)
    if kept and "</model>" not in whole:  # by another prefix than the compiler's
        return xform, [{"code": "picture_missing", "values": _place(*one)} for one in _named(root)]
    written = "".join(
        f"<picture name={quoteattr(name)}>{b64encode(content).decode()}</picture>"
        for name, content in kept.items()
    )
    part = f'<pictures xmlns="{NAMESPACE}">{written}</pictures>' if kept else ""
    return whole.replace("</model>", f"{part}</model>", 1), told


def _named(root: Element) -> Iterator[tuple[str, str, str]]:
    """(id of a text, image or big-image, what it names), each once: languages share them."""
    seen = set()
    for text in root.iter():
        if local(str(text.tag)) != "text":
            continue
        for value in text:
            kind, named = value.get("form", ""), (value.text or "").strip()
            if kind not in SHOWN or (len(value) == 0 and named in ("", "-", SCHEME, f"{SCHEME}-")):
                continue
            found = text.get("id", ""), kind, "" if len(value) else named
            if found not in seen:
                seen.add(found)
                yield found


def _made(name: str, form: Path | None, there: Mapping[str, bytes], left: int) -> bytes | str:
    """The picture as it travels, of at most `left` bytes; or the code of what is wrong with it."""
    if not name:
        return "picture_name"
    path = None if form is None else beside(form, name)
    content = there.get(name) if path is None else _content(path)
    if content is None:
        return "picture_missing"
    if not left:
        return LARGE
    try:
        made = shrink_for_label(content, name)
    except UserError:
        return "picture"
    return made if len(made) <= left else LARGE


def _content(path: Path) -> bytes:
    """What is in a file, as far as it may be a picture."""
    try:
        return read_whole(path, LARGEST_PICTURE)
    except OSError:  # too large, or not to be read
        return b""


def _place(key: str, kind: str, named: str) -> dict[str, object]:
    sheet, name, where = text_place(key)
    file = named.removeprefix(SCHEME) or "${…}"
    of = where.get("list", name)
    return {"sheet": sheet, "name": of, "column": kind, "picture": file, **where}
