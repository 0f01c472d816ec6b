"""That a laptop's file was opened without its password, as the laptop tells it to the server."""

from datetime import datetime
from enum import StrEnum

import msgspec

from sync.language import mark


class Way(StrEnum):
    """What opened the file."""

    CODE = "code"
    REGION = "region"


WORDS = {  # what its owner is told
    Way.CODE: mark("by the recovery code"),
    Way.REGION: mark("by the region's key"),
}


class Recovery(msgspec.Struct, frozen=True):
    """One time."""

    at: datetime  # by the laptop's clock
    way: str  # a Way; perhaps one that only a newer program knows
