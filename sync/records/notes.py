"""What hangs on a record of any kind: a comment at one of its fields, an attached file."""

from sqlalchemy.orm import Mapped

from sync.language import mark
from sync.records.base import Part, field
from sync.records.held import Held


class Comment(Part):
    """Said about one field of the record, or about the whole (then `about` is empty)."""

    __tablename__ = kind = "comment"
    label = mark("Comment")
    named_by = "text"
    held = Held("review", "record", "team", "membership")
    append_only = late = True

    about: Mapped[str | None] = field(mark("Field"), stays=True)
    text: Mapped[str | None] = field(mark("Comment"), required=True, long=True)


class Attachment(Part):
    """Names a file by what is in it. The bytes travel apart, after the records."""

    __tablename__ = kind = "attachment"
    label = mark("Attachment")
    held = Held("evidence", "record", "citizen", "request")
    late = True

    sha256: Mapped[str | None] = field(
        mark("Checksum"), required=True, listed=False, index=True, stays=True
    )
    name: Mapped[str | None] = field(mark("File name"), required=True)
    media_type: Mapped[str | None] = field(mark("File type"), required=True, stays=True)
    size: Mapped[int | None] = field(mark("Size, bytes"), required=True, smallest=0)
    thumbnail: Mapped[str | None] = field(
        mark("Small picture"), listed=False, stays=True
    )  # its checksum
    caption: Mapped[str | None] = field(mark("Caption"))
