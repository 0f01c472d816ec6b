"""`inventory | held`: what is kept and why, and what is held about one person.

The first tells of the program, the second of the file of one laptop.
"""

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import sync.client.tables  # noqa: F401  # its tables join those of the records
from desktop.actions import whole
from desktop.actions.holdings import erase_held, held_about
from desktop.command_line import opened, put_out
from desktop.holdings import handing, paper, reach
from sync.erasure import REASONS
from sync.errors import UserError
from sync.inventory import inventory
from sync.language import mark, tr, trn
from sync.records.base import Base
from sync.vocabulary import choices

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

CHOOSE = mark(
    "Name the records with --record: others may have the same name. Nothing was written or erased."
)


def add_privacy(commands: "Commands", shared: argparse.ArgumentParser) -> None:
    """Add both commands. The inventory needs no profile."""
    told = commands.add_parser(
        "inventory", parents=[shared], help="each column of the file: why and how long it is kept"
    )
    told.set_defaults(run=_inventory)
    about = commands.add_parser(
        "held", parents=[shared], help="what is held about one person; for them, or to erase it"
    )
    about.add_argument("name", metavar="NAME", help="a name, or a phone number")
    about.add_argument("--phone", default="", metavar="PHONE", help="too: either finds")
    about.add_argument(
        "--record", type=UUID, action="append", metavar="ID", help="only of this record; again"
    )
    about.add_argument("--paper", type=Path, metavar="FILE", help="for them: .txt .json .zip")
    about.add_argument("--erase", metavar="REASON", choices=[one.key for one in choices(REASONS)])
    about.add_argument(
        "--fetch", action="store_true", help="first fetch the words that are on the server alone"
    )
    about.set_defaults(run=_held)


def _inventory(args: argparse.Namespace) -> int:
    rows = [column.row() for column in inventory(Base)]
    put_out(args, rows, *(" · ".join(filter(None, row.values())) for row in rows))
    return 0


def _held(args: argparse.Namespace) -> int:
    """The paper is written before anything is erased: the person may want both."""
    if (args.erase or args.paper) and not args.record:
        raise UserError(CHOOSE)
    now = datetime.now(UTC)
    with opened(args) as (_, desk, _password):
        if args.fetch:
            whole.bring_every(desk)
        found = held_about(desk, args.name, args.phone)
        told = found.only(args.record) if args.record else found
        lines = [paper.text(desk, told, now).rstrip("\n")]
        if args.paper:
            handing.write(desk, told, args.paper)
            lines.append(tr("Written to {name}. It is not encrypted.", name=args.paper.name))
        gone = erase_held(desk, found, args.record, args.erase) if args.erase else []
    if gone:
        lines.append(trn("{n} record was erased.", "{n} records were erased.", len(gone)))
        lines.append(reach.still_lies())
    document = json.loads(paper.document(desk, told, now))
    document["erased"] = [str(change.record) for change in gone]
    put_out(args, document, *lines)
    return 0
