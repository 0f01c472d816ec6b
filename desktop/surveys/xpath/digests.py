"""Functions that turn a text into a code and back."""

import base64
import binascii
import hashlib

from desktop.surveys.xpath.context import Context
from desktop.surveys.xpath.errors import XPathError
from desktop.surveys.xpath.table import eager
from desktop.surveys.xpath.values import Value, to_text
from sync.language import mark

ALGORITHMS = {
    "MD5": "md5",
    "SHA-1": "sha1",
    "SHA-256": "sha256",
    "SHA-384": "sha384",
    "SHA-512": "sha512",
}  # XForms 1.1, section 7.8


@eager("digest", 2, 3)
def _digest(context: Context, text: Value, algorithm: Value, encoding: Value = "base64") -> Value:
    """The hash of a text (UTF-8), as base64 or hex. No protection: the standard has it so."""
    name, way = to_text(algorithm), to_text(encoding)
    if name not in ALGORITHMS or way not in ("base64", "hex"):
        raise XPathError(
            mark("digest() knows {known}, as base64 or hex; not “{name}” as “{way}”."),
            known=", ".join(ALGORITHMS),
            name=name,
            way=way,
        )
    hashed = hashlib.new(ALGORITHMS[name], to_text(text).encode(), usedforsecurity=False)
    return base64.b64encode(hashed.digest()).decode() if way == "base64" else hashed.hexdigest()


@eager("base64-decode", 1)
def _base64_decode(context: Context, text: Value) -> Value:
    """Empty for what is no base64, or no text in UTF-8."""
    try:
        return base64.b64decode(to_text(text).encode(), validate=True).decode()
    except (binascii.Error, UnicodeError):
        return ""


@eager("base64-encode", 1)
def _base64_encode(context: Context, text: Value) -> Value:
    """Of ODK, not of the specification."""
    return base64.b64encode(to_text(text).encode()).decode()
