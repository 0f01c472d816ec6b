"""`paper ID --to FILE` and `paper reception --from DATE --until DATE --to FILE`: papers to be signed."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from desktop.command_line import opened, put_out
from desktop.deadline_command import day
from desktop.export_commands import free
from sync.exports import PURPOSES
from sync.language import LANGUAGES, spoken, tr
from sync.vocabulary import choices

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

RECEPTION = "reception"


def add_papers(commands: "Commands", shared: argparse.ArgumentParser) -> None:
    """Add `paper`. It sets `run`: arguments → exit code, or UserError."""
    paper = commands.add_parser(
        "paper", parents=[shared], help="a record as a paper to be signed; noted"
    )
    paper.set_defaults(run=_paper)
    paper.add_argument(
        "what", type=_what, metavar="ID|reception", help="a record, or the reception's register"
    )
    paper.add_argument("--to", type=Path, required=True, metavar="FILE.(docx|pdf)")
    paper.add_argument("--in", dest="tongue", choices=list(LANGUAGES), help="its language")
    paper.add_argument("--from", dest="since", type=day, metavar="DATE", help="of the register")
    paper.add_argument("--until", type=day, metavar="DATE", help="of the register")
    paper.add_argument("--replace", action="store_true", help="the file, if it is there")
    paper.add_argument(
        "--personal",
        choices=[one.key for one in choices(PURPOSES)],
        default="",
        help="with people's data, and what for",
    )
    paper.set_defaults(parser=paper)


def _what(word: str) -> UUID | None:
    """None for the register."""
    if word == RECEPTION:
        return None
    try:
        return UUID(word)
    except ValueError as wrong:
        raise argparse.ArgumentTypeError(f"no id, and not “{RECEPTION}”: {word}") from wrong


def _paper(args: argparse.Namespace) -> int:
    from desktop.actions import papers
    from desktop.papers.drawing import draw_apart

    if args.what is None and not (args.since and args.until):
        args.parser.error("the register needs --from and --until")
    path = free(args)
    asked = papers.Asked(args.tongue or spoken(), bool(args.personal), args.personal)
    with opened(args) as (_, desk, _password):
        if args.what is None:
            noted = papers.register(desk, args.since, args.until, asked, path, draw_apart)
        else:
            noted = papers.paper(desk, args.what, asked, path, draw_apart)
    put_out(args, noted, tr("The paper was written. {id}", id=noted.id))
    return 0
