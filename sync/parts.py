"""How files travel: by their SHA-256, in parts, so that a cut costs one part and never the file.

The words are those of the IETF's "Resumable Uploads for HTTP" (draft-ietf-httpbis-resumable-upload)
and of RFC 9110's ranges. An upload needs no creation: its address is the sum of what it will be.

HEAD  /v1/blobs/<sha256>/upload   → Upload-Offset: how much lies there, Upload-Complete
PATCH /v1/blobs/<sha256>/upload   Upload-Offset: 262144, Upload-Complete: ?0; 256 KB
                                  → 204 appended, on the disk · 409 the right Upload-Offset
                                  · 422 the whole has another sum: all parts are gone, offset 0
GET   /v1/blobs/<sha256>          Range: bytes=262144-524287 → 206
"""

import re

from sync.language import mark

PART = 256 * 2**10  # bytes; every part of a file but its last one is of this size
LARGEST = 25 * 2**20  # bytes of one file
PARTIAL = "application/partial-upload"
OFFSET, COMPLETE = "Upload-Offset", "Upload-Complete"
YES, NO = "?1", "?0"  # truth, as structured fields (RFC 9651) write it
SPOILED = mark("The file did not arrive whole. Please send it again.")

_RANGE = re.compile(r"bytes=([0-9]{1,12})-([0-9]{0,12})")
_CONTENT_RANGE = re.compile(r"bytes ([0-9]{1,12})-[0-9]{1,12}/([0-9]{1,12})")


def number(text: str | None) -> int | None:
    """A header that holds a count of bytes, or None where it is none."""
    sound = text is not None and text.isascii() and text.isdigit() and len(text) <= 12
    return int(text) if sound and text is not None else None


def asked_range(text: str | None, size: int) -> tuple[int, int] | None:
    """The bytes [from, to) of a file that a Range header asks for; None: all of it.

    Only one range from a known beginning is understood; a server may ignore any other.
    """
    found = _RANGE.fullmatch(text or "")
    if not found:
        return None
    start, last = int(found[1]), int(found[2] or size - 1)
    return (start, min(last + 1, size)) if start <= last or start >= size else None


def given_range(text: str | None) -> tuple[int, int] | None:
    """(where a partial answer begins, how long the whole is) by its Content-Range."""
    found = _CONTENT_RANGE.fullmatch(text or "")
    return (int(found[1]), int(found[2])) if found else None
