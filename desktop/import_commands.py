"""`import KIND FILE`, `import template KIND`, `import log` and `import undo ID`: tables become records."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from desktop.actions import import_undone, importing
from desktop.actions.import_words import count_words, import_words, undone_words
from desktop.actions.import_wrong import write_wrong
from desktop.actions.importing import Checked, Imported, Wanted
from desktop.command_line import opened, put_out
from desktop.export_commands import free
from desktop.imports.kinds import IMPORTABLE
from desktop.imports.templates import write_template
from desktop.surveys.messages import located
from sync.language import mark, tr

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

MOST_TOLD = 100  # remarks on a terminal, and in a document
NOTHING_YET = mark("Nothing was written: this was a trial.")
NOT_WHOLE = mark("Nothing was written, for not all rows are right.")


def add_imports(commands: "Commands", shared: argparse.ArgumentParser) -> None:
    """Add `import`."""
    import_ = commands.add_parser("import", help="records from an Excel or CSV table")
    whats = import_.add_subparsers(required=True, metavar="KIND|template|log|undo")
    for kind in IMPORTABLE:
        one = whats.add_parser(kind, parents=[shared], help=f"records of the kind {kind}")
        one.set_defaults(run=_import, kind=kind)
        one.add_argument("file", type=Path, metavar="FILE.(xlsx|csv)")
        one.add_argument("--dry-run", action="store_true", help="look it through, write nothing")
        one.add_argument(
            "--map", type=_pair, action="append", default=[], metavar="HEADING=FIELD",
            help="what a column is; HEADING= leaves it out",
        )  # fmt: skip
        one.add_argument("--sheet", default="", help="of the workbook")
        one.add_argument(
            "--alike", action="store_true", help="also rows like records that are there"
        )
        one.add_argument("--whole", action="store_true", help="nothing, unless all rows are right")
        one.add_argument(
            "--wrong-to", type=Path, dest="to", metavar="FILE.xlsx", help="other rows"
        )
        one.add_argument("--replace", action="store_true", help="that file, if it is there")
    blank = whats.add_parser("template", parents=[shared], help="an empty table to be filled in")
    blank.set_defaults(run=_template)
    blank.add_argument("kind", choices=IMPORTABLE, metavar="KIND")
    blank.add_argument("--to", type=Path, required=True, metavar="FILE.xlsx")
    blank.add_argument("--replace", action="store_true", help="the file, if it is there")
    log = whats.add_parser("log", parents=[shared], help="what was imported on this laptop")
    log.set_defaults(run=_log)
    undo = whats.add_parser("undo", parents=[shared], help="take an import back")
    undo.set_defaults(run=_undo)
    undo.add_argument("id", type=UUID, metavar="ID")


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.rpartition("=")
    if not sign:
        raise argparse.ArgumentTypeError("write it as HEADING=FIELD")
    return name, value


def _import(args: argparse.Namespace) -> int:
    wrong_to = free(args) if args.to is not None else None
    wanted = Wanted(args.kind, args.file, dict(args.map), args.sheet, args.alike)
    noted: Imported | None = None
    with opened(args) as (_, desk, _password):
        found = importing.check(desk, wanted)
        if wrong_to is not None:
            write_wrong(desk, found, wrong_to)
        kept_out = args.whole and found.wrong
        if not args.dry_run and not kept_out:
            noted, _changes = importing.run(desk, found)
    lines = list(_words(found))
    if args.dry_run or kept_out:
        lines.append(tr(NOTHING_YET if args.dry_run else NOT_WHOLE))
    elif noted is not None and noted.rows:
        lines.append(import_words(noted))
    put_out(args, _document(found, noted), *lines)
    if not args.json:
        sys.stderr.writelines(f"{located(one)}\n" for one in found.messages(MOST_TOLD))
    came = found.new or found.there or found.alike
    return 1 if found.wrong and (args.dry_run or kept_out or not came) else 0


def _template(args: argparse.Namespace) -> int:
    path = free(args)
    with opened(args) as (_, desk, _password):
        write_template(desk, args.kind, path)
    said = tr("Saved as {name}. Fill it in, then import it.", name=path.name)
    put_out(args, {"file": path.name}, said)
    return 0


def _log(args: argparse.Namespace) -> int:
    with opened(args) as (_, desk, _password):
        kept = importing.imports(desk)
    put_out(args, kept, *map(import_words, kept))
    return 0


def _undo(args: argparse.Namespace) -> int:
    with opened(args) as (_, desk, _password):
        done, _changes = import_undone.undo(desk, args.id)
    document = {"import": args.id, "removed": done.removed, "stay": done.stay}
    put_out(args, document, undone_words(done))
    return 0


def _document(found: Checked, noted: Imported | None) -> dict[str, Any]:
    return {
        "file": found.wanted.path.name,
        "sheet": found.headed.sheet.title,
        "columns": [
            {"heading": head.said, "field": head.target or None, "guessed": head.guessed}
            for head in found.headed.heads
        ],
        "rows": found.rows,
        "new": len(found.new),
        "there": len(found.there),
        "alike": len(found.alike),
        "wrong": len(found.wrong),
        "messages": [one.as_row() for one in found.messages(MOST_TOLD)],
        "import": noted.id if noted is not None and noted.rows else None,
    }


def _words(found: Checked) -> list[str]:
    lines = [
        f"{head.said} → {head.target or '–'}{' ?' if head.guessed else ''}"
        for head in found.headed.heads
    ]
    return [*lines, " · ".join(count_words(found))]
