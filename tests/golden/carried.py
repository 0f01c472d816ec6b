"""A letter and its reply as version 1 of the carry file writes them: `python -m tests.golden.carried`.

Kept for ever: sticks lie in drawers. A new version gets files of its own beside these.
"""

from io import BytesIO
from uuid import UUID

import msgspec

from sync import carry
from sync.carry import FileName, Head, Letter, Reply
from sync.change import SyncReply, SyncRequest
from sync.sealing import Keys
from tests.golden.make import FOLDER, REPLY, REQUEST

LAPTOP, SERVER = Keys(bytes(range(32))), Keys(bytes(range(1, 33)))
PHOTO = "Бұл сурет емес".encode()
SUM = "c0ffee" + 58 * "0"  # only a name here: the file itself is not looked at
LETTER = Letter(
    request=msgspec.convert(REQUEST, SyncRequest),
    language="kk",
    files=[FileName(SUM, len(PHOTO))],
)
ANSWER = Reply(
    reply=msgspec.convert(REPLY, SyncReply),
    epoch=LETTER.request.epoch,
    cursors=LETTER.request.cursors,
    rights=LETTER.request.rights,
    here=[SUM],
)
HEAD = Head(
    form="letter",
    letter=UUID("5d1f9a52-6d0a-4c0e-9a43-0f4c2f6c7f99"),
    device=UUID("5d1f9a52-6d0a-4c0e-9a43-0f4c2f6c7f98"),
    server=carry.known_by(SERVER.public),
    parts=2,
)


def main() -> None:
    """Write both files."""
    letter, reply = BytesIO(), BytesIO()
    parts = [carry.packed(LETTER), *carry.pieces(LETTER.files[0], PHOTO)]
    carry.write_carry(letter, HEAD, parts, LAPTOP, SERVER.public)
    about = msgspec.structs.replace(HEAD, form="reply", parts=1)
    carry.write_carry(reply, about, [carry.packed(ANSWER)], SERVER, LAPTOP.public)
    (FOLDER / "carry-1-letter.dala").write_bytes(letter.getvalue())
    (FOLDER / "carry-1-reply.dala").write_bytes(reply.getvalue())


if __name__ == "__main__":
    main()
