"""`inventory`: which columns this program keeps, why, how long, whose data, and by what right."""

import argparse
from typing import TYPE_CHECKING

import sync.client.tables  # noqa: F401  # its tables join those of the records
from desktop.command_line import put_out
from sync.inventory import inventory
from sync.records.base import Base

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_privacy(commands: "Commands", shared: argparse.ArgumentParser) -> None:
    """Add the command. It needs no profile: it tells of the program, not of anybody's file."""
    told = commands.add_parser(
        "inventory", parents=[shared], help="each column of the file: why and how long it is kept"
    )
    told.set_defaults(run=_inventory)


def _inventory(args: argparse.Namespace) -> int:
    rows = [column.row() for column in inventory(Base)]
    put_out(args, rows, *(" · ".join(filter(None, row.values())) for row in rows))
    return 0
