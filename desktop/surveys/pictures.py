"""Pictures of a form's labels and choices, as they travel in its XForm.

An XForm says `<value form="image">jr://images/well.jpg</value>`. The picture is in it once, as
`<picture name="well.jpg">` with Base64: a laptop looks for nothing outside of the form. Who puts
them in: desktop.surveys.picture_files.
"""

from base64 import b64decode
from collections.abc import Mapping
from pathlib import PureWindowsPath
from xml.etree.ElementTree import Element

SHOWN = ("image", "big-image")  # forms of a text
SCHEME = "jr://images/"
NAMESPACE = "urn:dala:pictures"


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
    return len(without_pictures(xform))


def without_pictures(xform: str) -> str:
    """The XForm without its part of pictures, wherever somebody wrote one as this program does."""
    before, *after = xform.split(f'<pictures xmlns="{NAMESPACE}">')
    return before + "".join(one.partition("</pictures>")[2] for one in after)
