"""Pictures of a form's labels and choices: files beside the form → parts of its XForm.

An XForm says `<value form="image">jr://images/well.jpg</value>`. The picture is made small and put
into the XForm once, as `<picture name="well.jpg">` with Base64, so that it travels with the
form and a laptop looks for nothing outside of it. Where files are looked for: desktop.surveys.external.
"""

from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from pathlib import Path, PureWindowsPath
from xml.etree.ElementTree import Element
from xml.sax.saxutils import quoteattr

from desktop.files import read_whole
from desktop.surveys.markup import parse_xml
from desktop.surveys.texts import text_place
from desktop.surveys.xpath.nodes import local
from sync.errors import UserError

SHOWN = ("image", "big-image")  # forms of a text
MOST = 2**20  # bytes of all pictures of a form: they come over one line in one piece
LARGE = "pictures_large"
SCHEME = "jr://images/"
NAMESPACE = "urn:dala:pictures"
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
    whole = _without(xform)
    if kept and "</model>" not in whole:  # by another prefix than the compiler's
        return xform, [{"code": "picture_missing", "values": _place(*one)} for one in _named(root)]
    written = "".join(
        f"<picture name={quoteattr(name)}>{b64encode(content).decode()}</picture>"
        for name, content in kept.items()
    )
    part = f'<pictures xmlns="{NAMESPACE}">{written}</pictures>' if kept else ""
    return whole.replace("</model>", f"{part}</model>", 1), told


def pictures_of(root: Element) -> Mapping[str, bytes]:
    """{name: its bytes} of the pictures in an XForm, as somebody put them in; not looked at."""
    found: dict[str, bytes] = {}
    for one in root.iter(f"{{{NAMESPACE}}}picture"):
        try:
            found[one.get("name", "")] = b64decode(one.text or "", validate=True)
        except ValueError:
            continue
    return found


def picture_name(named: str) -> str:
    """What a text names → the bare name of a file; "" for what names a folder, a drive, the web."""
    name = named.strip().removeprefix(SCHEME)
    bare = name not in ("", ".", "..") and not {*name} & {*"/\\:\0"}
    return name if bare and PureWindowsPath(name).name == name else ""


def written_length(xform: str) -> int:
    """How many characters an XForm has besides its pictures."""
    return len(_without(xform))


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
    from desktop.pictures import (
        shrink_for_label,
    )  # only where forms are read: it takes time to load

    if not name:
        return "picture_name"
    content = _content(form, name)
    content = there.get(name) if content is None else content
    if content is None:
        return "picture_missing"
    if not left:
        return LARGE
    try:
        made = shrink_for_label(content, name)
    except UserError:
        return "picture"
    return made if len(made) <= left else LARGE


def _content(form: Path | None, name: str) -> bytes | None:
    """What is in a file beside the form, as far as it may be a picture; None where there is none."""
    from desktop.pictures import LARGEST_PICTURE

    for folder in (form.parent, form.with_name(f"{form.stem}-media")) if form else ():
        path = folder / name
        try:
            if path.is_file():
                return read_whole(path, LARGEST_PICTURE)
        except OSError:  # too large, or not to be read
            return b""
    return None


def _place(key: str, kind: str, named: str) -> dict[str, object]:
    sheet, name, where = text_place(key)
    file = named.removeprefix(SCHEME) or "${…}"
    of = where.get("list", name)
    return {"sheet": sheet, "name": of, "column": kind, "picture": file, **where}


def _without(xform: str) -> str:
    """The XForm without its part of pictures, wherever somebody wrote one as this program does."""
    before, *after = xform.split(f'<pictures xmlns="{NAMESPACE}">')
    return before + "".join(one.partition("</pictures>")[2] for one in after)
