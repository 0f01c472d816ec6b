"""`export KIND --to FILE`, `export all --to FILE.zip`, `export file ID --to FILE`, `export log` and `export whose FILE`."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from desktop.actions import exporting
from desktop.actions.exporting import KINDS_OUT, OTHERS, Wanted
from desktop.actions.exporting_all import export_all
from desktop.actions.listing import ALL, Wish
from desktop.actions.saved_files import NOT_ENCRYPTED, save_file
from desktop.command_line import opened, put_out
from desktop.exports.marks import UNKNOWN
from desktop.exports.whose import marks_of_file
from sync.errors import UserError
from sync.exports import PURPOSES, Exported
from sync.language import mark, tr, trn
from sync.records import KINDS
from sync.records.base import Reviewed
from sync.records.states import ReviewState
from sync.vocabulary import choices, label

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_exports(commands: "Commands", shared: argparse.ArgumentParser) -> None:
    """Add the commands."""
    export = commands.add_parser("export", help="records as an Excel or CSV file; noted")
    whats = export.add_subparsers(required=True, metavar="KIND|all|file|log|whose")
    for kind in KINDS_OUT:
        out = whats.add_parser(kind, parents=[shared], help=f"records of the kind {kind}")
        out.set_defaults(run=_export, kind=kind)
        out.add_argument(
            "--to", type=Path, required=True, metavar="FILE.(xlsx|csv|json|geojson|ics)"
        )
        states = [*(str(one) for one in ReviewState)] if issubclass(KINDS[kind], Reviewed) else []
        out.add_argument("--filter", choices=[*states, *OTHERS], default=ALL, help="of the list")
        out.add_argument("--search", default="", metavar="WORDS", help="as in the list")
        out.add_argument("--replace", action="store_true", help="the file, if it is there")
        out.add_argument(
            "--personal",
            choices=[one.key for one in choices(PURPOSES)],
            default="",
            help="with the columns of personal data, and what for",
        )
    all_ = whats.add_parser("all", parents=[shared], help="all that you may read, as one archive")
    all_.set_defaults(run=_all)
    all_.add_argument("--to", type=Path, required=True, metavar="FILE.zip")
    all_.add_argument("--replace", action="store_true", help="the file, if it is there")
    all_.add_argument(
        "--personal",
        choices=[one.key for one in choices(PURPOSES)],
        default="",
        help="with personal data and files, and what for",
    )
    paper = whats.add_parser(
        "file", parents=[shared], help="a photo or paper of a record, as it is"
    )
    paper.set_defaults(run=_file)
    paper.add_argument("id", type=UUID, metavar="ID", help="of the attachment, as “show” has it")
    paper.add_argument("--to", type=Path, required=True, metavar="FILE")
    paper.add_argument("--replace", action="store_true", help="the file, if it is there")
    log = whats.add_parser("log", parents=[shared], help="what left this laptop")
    log.set_defaults(run=_log)
    whose = whats.add_parser("whose", parents=[shared], help="which export a file is from")
    whose.set_defaults(run=_whose)
    whose.add_argument("file", type=Path, metavar="FILE")


def _export(args: argparse.Namespace) -> int:
    path = free(args)
    wish = Wish(args.filter, args.search)
    wanted = Wanted(args.kind, wish, personal=bool(args.personal), purpose=args.personal)
    with opened(args) as (_, desk, _password):
        noted = exporting.export(desk, wanted, path)
    words = trn(
        "{n} record was written. {id}", "{n} records were written. {id}", noted.rows, id=noted.id
    )
    put_out(args, noted, words)
    return 0


def _all(args: argparse.Namespace) -> int:
    path = free(args)
    with opened(args) as (_, desk, _password):
        noted = export_all(desk, path, args.personal)
    words = trn(
        "{n} record was written. {id}", "{n} records were written. {id}", noted.rows, id=noted.id
    )
    put_out(args, noted, words)
    return 0


def _file(args: argparse.Namespace) -> int:
    path = free(args)
    with opened(args) as (_, desk, _password):
        noted = save_file(desk, args.id, path)
    put_out(args, noted, tr(NOT_ENCRYPTED, name=path.name))
    return 0


def free(args: argparse.Namespace) -> Path:
    """The file to be written. Raises UserError where it is there, and may not be replaced."""
    path: Path = args.to
    if path.exists() and not args.replace:
        raise UserError(
            mark("{name} is there already. Choose another name, or say --replace."), name=path.name
        )
    return path


def _log(args: argparse.Namespace) -> int:
    with opened(args) as (_, desk, _password):
        told = exporting.exports(desk)
    put_out(args, told, *map(export_words, told))
    return 0


def _whose(args: argparse.Namespace) -> int:
    found = marks_of_file(args.file)
    with opened(args) as (_, desk, _password):
        known = exporting.known_among(desk, found)
    lines = [tr("Written in it: {ids}", ids=", ".join(sorted(found.written)) or "–")]
    lines.append(tr("Told by its seconds: {ids}", ids=", ".join(sorted(found.seconds)) or "–"))
    lines += map(export_words, known)
    if not known:
        lines.append(tr("It did not leave this laptop. The region's server knows all exports."))
    document = {
        "written": sorted(found.written),
        "seconds": sorted(found.seconds),
        "here": known,
    }
    put_out(args, document, *lines)
    complete = any(UNKNOWN not in one for one in found.written | found.seconds)
    return 0 if complete or known else 1  # some letters alone may be chance


def export_words(one: Exported) -> str:
    """One line about an export."""
    parts = [one.id, f"{one.at.astimezone():%d.%m.%Y %H:%M}", exporting.kind_words(one)]
    parts.append(trn("{n} record", "{n} records", one.rows))
    if one.personal:
        parts.append(tr("Personal data: {what_for}", what_for=label(PURPOSES, one.purpose)))
    return " · ".join(parts)
