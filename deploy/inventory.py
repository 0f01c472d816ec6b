"""`python -m deploy.inventory`: write docs/inventory.md anew from what the tables declare."""

from pathlib import Path

import sync.client.tables  # noqa: F401  # its tables join those of the records
from sync.inventory import inventory, page
from sync.records.base import Base
from sync.server.tables import ServerBase

PAPER = Path(__file__).resolve().parent.parent / "docs" / "inventory.md"
HEAD = """# What is kept, why, how long, whose it is, and by what right

Every column of both databases, as the code declares it; written by `python -m deploy.inventory`, a test keeps it true. The same by
command, in three languages: `python -m desktop inventory`, `python -m sync.server admin inventory`. Why it is so, and which terms
the program itself keeps: [decisions/0027](decisions/0027-privacy.md). Terms of records are the organisation's to fix; each basis is
to be confirmed by counsel.

Beside the databases lie photos and files (as their `attachment`), copies of a laptop's file (as the file; the oldest kept is of the
fifth week that had one) and logs, which quote no values. Where several people use a laptop, `person.json` of each has, readable by
anybody there, the name that they gave for the button by which they are found, or none, and the code of their district; as long as
their file is there ([decisions/0032](decisions/0032-keys-of-many.md))."""


def text() -> str:
    """The whole paper."""
    laptop, server = inventory(Base), inventory(ServerBase)
    count = f"{len(laptop)} columns on a laptop, {len(server)} on the server."
    parts = (HEAD, "", count, "", "## On a laptop", *page(laptop), "", "## On the server")
    return "\n".join((*parts, *page(server), ""))


if __name__ == "__main__":
    PAPER.write_text(text(), encoding="utf-8")
