"""What a leader gives the colleagues of a district, or a coordinator those of the region: phrases, and views of lists."""

from sqlalchemy.orm import Mapped

from sync.language import mark
from sync.records.base import Record, field
from sync.records.held import Held

NAME, WORDS = 60, 200  # characters


class SharedPhrase(Record):
    """A phrase that is offered to each of them; in one language at least. It names nobody."""

    __tablename__ = kind = "shared_phrase"
    label = mark("Shared phrase")
    held = Held("shared", "shared")
    handed_out = True

    kk: Mapped[str | None] = field(mark("In Kazakh"))
    ru: Mapped[str | None] = field(mark("In Russian"))
    en: Mapped[str | None] = field(mark("In English"))


class SharedView(Record):
    """A filter and words of a list under a name: no record's, and nobody's name. A list or filter that a
    program does not know is kept as it came, and not shown."""

    __tablename__ = kind = "shared_view"
    label = mark("Shared view of a list")
    held = Held("shared", "shared")
    handed_out = True

    name: Mapped[str | None] = field(mark("Name"), longest=NAME, required=True)
    of: Mapped[str | None] = field(mark("List"), longest=NAME, required=True)
    state: Mapped[str | None] = field(mark("Filter"), longest=NAME)
    words: Mapped[str | None] = field(mark("Words"), longest=WORDS)
    sorted_by: Mapped[str | None] = field(mark("Order"), longest=NAME)
