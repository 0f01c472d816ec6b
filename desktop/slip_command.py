"""`slip ID --to FILE.pdf`: what an applicant takes home."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from desktop.command_line import opened, put_out
from desktop.export_commands import free
from sync.language import LANGUAGES, spoken, tr

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_slip(commands: "Commands", shared: argparse.ArgumentParser) -> None:
    """Add `slip`. It sets `run`: arguments → exit code, or UserError."""
    added = commands.add_parser(
        "slip", parents=[shared], help="the slip of an issue or a visit to the reception (A6)"
    )
    added.set_defaults(run=_slip)
    added.add_argument("id", type=UUID, metavar="ID")
    added.add_argument("--to", type=Path, required=True, metavar="FILE.pdf")
    added.add_argument("--in", dest="tongue", choices=list(LANGUAGES), help="its language")
    added.add_argument("--replace", action="store_true", help="the file, if it is there")


def _slip(args: argparse.Namespace) -> int:
    from desktop.actions.slip import NOT_DRAWN, save_slip
    from desktop.papers.drawing import draw_apart

    path = free(args)
    with opened(args) as (_, desk, _password):
        slip = save_slip(
            desk, args.id, args.tongue or spoken(), path, lambda said: draw_apart(said, NOT_DRAWN)
        )
    document = {"id": args.id, "number": slip.number, "given": not slip.note, "file": str(path)}
    put_out(args, document, tr("The slip was written: {number}", number=slip.number))
    return 0
