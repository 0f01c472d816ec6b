"""`census check`, `load`, `list`, `fit` and `table`: the numbers of people that ratings are fitted to."""

import argparse
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from desktop.actions import censuses
from desktop.actions.censuses import Reading
from desktop.command_line import opened, put_out
from desktop.export_commands import free
from desktop.surveys.messages import located
from sync.errors import UserError
from sync.language import mark, tr, trn

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

NOT_USABLE = mark("Nothing was kept of “{name}”. Put right what is said above, and load it again.")


def add_census(commands: "Commands", shared: argparse.ArgumentParser) -> None:
    """Add `census`. Each verb sets `run`: arguments → exit code, or UserError."""
    census = commands.add_parser("census", help="numbers of people that ratings are fitted to")
    verbs = census.add_subparsers(required=True, metavar="VERB")
    check = verbs.add_parser("check", parents=[shared], help="what is wrong with a table")
    check.set_defaults(run=_check)
    check.add_argument("file", type=Path, metavar="FILE.(xlsx|csv)")
    load = verbs.add_parser("load", parents=[shared], help="keep a table, for all who rate")
    load.set_defaults(run=_load)
    load.add_argument("file", type=Path, metavar="FILE.(xlsx|csv)")
    load.add_argument("--title", required=True)
    load.add_argument("--source", required=True, help="who counted, and where it is published")
    load.add_argument("--on", required=True, type=date.fromisoformat, metavar="DAY")
    listed = verbs.add_parser("list", parents=[shared], help="the tables on this laptop")
    listed.set_defaults(run=_list)
    fit = verbs.add_parser("fit", parents=[shared], help="fit the ratings of a wave to a table")
    fit.set_defaults(run=_fit)
    fit.add_argument("wave", type=UUID, metavar="WAVE")
    fit.add_argument("census", type=UUID, nargs="?", metavar="ID", help="without it: to none")
    table = verbs.add_parser("table", parents=[shared], help="an empty table to be filled in")
    table.set_defaults(run=_table)
    table.add_argument("--to", type=Path, required=True, metavar="FILE.csv")
    table.add_argument("--replace", action="store_true", help="the file, if it is there")


def _check(args: argparse.Namespace) -> int:
    with opened(args) as (_, desk, _password):
        found = censuses.read_file(desk, args.file)
    put_out(args, _document(found), *([] if found.population is None else [_words(found)]))
    _say(args, found)
    return 0 if found.population is not None else 1


def _load(args: argparse.Namespace) -> int:
    with opened(args) as (_, desk, _password):
        found = censuses.read_file(desk, args.file)
        if found.population is None:
            sys.stderr.writelines(f"{located(one)}\n" for one in found.messages)
            raise UserError(NOT_USABLE, name=found.file)
        values = {"title": args.title, "source": args.source, "counted_on": args.on.isoformat()}
        (change,) = censuses.save(desk, found.population, values)
    put_out(args, {"id": change.record, **_document(found)}, str(change.record), _words(found))
    return 0


def _list(args: argparse.Namespace) -> int:
    with opened(args) as (_, desk, _password):
        found = censuses.list_censuses(desk)
    lines = [
        " · ".join(
            [
                str(one.id),
                one.title,
                one.source,
                f"{one.counted_on or '—'}",
                trn("{n} person", "{n} people", one.people),
                *one.waves,
            ]
        )
        for one in found
    ]
    put_out(args, [asdict(one) for one in found], *lines)
    return 0


def _fit(args: argparse.Namespace) -> int:
    with opened(args) as (_, desk, _password):
        censuses.fit(desk, args.wave, args.census)
    said = (
        tr("The ratings of the wave are fitted to these numbers.")
        if args.census
        else tr("The ratings of the wave are not fitted any more.")
    )
    put_out(args, {"wave": args.wave, "census": args.census}, said)
    return 0


def _table(args: argparse.Namespace) -> int:
    path = free(args)
    with opened(args) as (_, desk, _password):
        censuses.write_table(desk, path)
    said = tr("Saved as {name}. Fill in the last column, then load it.", name=path.name)
    put_out(args, {"file": path.name}, said)
    return 0


def _document(found: Reading) -> dict[str, Any]:
    population = found.population
    return {
        "file": found.file,
        "people": found.people,
        "questions": population.questions if population else (),
        "districts": sorted({d for d, _ in population.counts if d}) if population else [],
        "messages": [one.as_row() for one in found.messages],
    }


def _words(found: Reading) -> str:
    return tr(
        "{file}: {people}", file=found.file, people=trn("{n} person", "{n} people", found.people)
    )


def _say(args: argparse.Namespace, found: Reading) -> None:
    if not args.json:
        sys.stderr.writelines(f"{located(one)}\n" for one in found.messages)
