"""That records left the program as a file, as the laptop tells it to the server: no word of them.

So it tells, too, that somebody looked what is held about a person: an export without a file.
"""

from datetime import datetime
from typing import Annotated

import msgspec

PURPOSES = "export_purpose"  # the vocabulary of what personal data are taken out for
OWN_DATA = "own_data"  # of them: for the person whom they are about
AT_ONCE, MOST = 50, 200  # exports that a laptop tells in one request; that a server takes in one

BY = ("name", "phone", "both")  # what a look goes by
RATINGS = "ratings"  # the kind of figures of a wave
FIGURES = "figures"  # of a report of the district or the region
OVERDUE = "overdue"  # of the list of what is late
PRINTED = "print"  # the format of a paper that went to a printer
HELD = "held"  # the kind of a look, and of the paper for the person: records of any kind

Word = Annotated[str, msgspec.Meta(max_length=40)]


class Exported(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One file, or one look. What it was searched for is left out: it may be somebody's name."""

    id: Word  # stands in the file, see desktop.exports.marks
    at: datetime  # by the laptop's clock
    kind: Word
    format: Word  # the ending of the file's name, or PRINTED; empty for a look
    rows: Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]
    personal: bool = False  # with the columns that are a person's data
    purpose: Word = ""  # why with them: a key of PURPOSES, perhaps of a newer program
    state: Word = ""  # the filter of the list: a review state or another word; of a look BY
    searched: bool = False  # by words, too

    @property
    def looked(self) -> bool:
        """Whether nothing left: somebody looked what is held about a person."""
        return self.kind == HELD and not self.format
