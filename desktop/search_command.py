"""`search`: the records on this laptop that say some words, the best first."""

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from desktop.actions.found_words import Marked
from desktop.actions.search import MOST, Hit, narrowed, search
from desktop.command_line import opened, put_out
from desktop.deadline_command import day
from desktop.index.asking import Only
from desktop.index.keeping import catch_up
from sync.errors import UserError
from sync.language import mark, tr
from sync.records import KINDS
from sync.working_days import spelt

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_search(
    commands: "Commands", shared: argparse.ArgumentParser, pair: Callable[[str], Any]
) -> None:
    """Add `search`. It sets `run`: arguments → exit code, or UserError. `pair`: FIELD=VALUE."""
    added = commands.add_parser(
        "search", parents=[shared], help="records by words, numbers, phones"
    )
    added.set_defaults(run=_search)
    added.add_argument("words", nargs="+", metavar="WORDS")
    added.add_argument("--kind", choices=list(KINDS), metavar="KIND")
    added.add_argument("--where", type=pair, action="append", default=[], metavar="FIELD=VALUE")
    added.add_argument("--district", default="", metavar="CODE")
    added.add_argument("--state", default="", help="of review: draft, sent, approved, …")
    added.add_argument("--since", type=day, metavar="DATE")
    added.add_argument("--until", type=day, metavar="DATE")
    added.add_argument("--most", type=int, default=MOST, metavar="N", help=f"default: {MOST}")


def _search(args: argparse.Namespace) -> int:
    if args.where and not args.kind:
        raise UserError(mark("A field belongs to a kind: say which by --kind."))
    only = Only(
        kinds=[args.kind] if args.kind else [],
        district=args.district,
        review=args.state,
        keys=narrowed(args.kind, args.where) if args.where else [],
        since=args.since,
        until=args.until,
    )
    with opened(args) as (_, desk, _password):
        catch_up(desk.store)
        found = search(desk, " ".join(args.words), only, max(1, args.most))
    put_out(
        args,
        {"hits": [_as_json(one) for one in found.hits], "read_as": found.read_as},
        *map(_line, found.hits),
        *([] if found.hits else [tr("Nothing was found.")]),
    )
    return 0


def _as_json(hit: Hit) -> dict[str, Any]:
    kind, id = hit.opens
    return {
        "kind": hit.kind,
        "id": hit.id,
        "title": _marked(hit.title),
        "field": hit.field,
        "snippet": _marked(hit.snippet),
        "district": hit.district,
        "date": hit.day,
        "state": hit.review,
        "opens": {"kind": kind, "id": id},
    }


def _marked(said: Marked) -> dict[str, Any]:
    return {"text": said.text, "marks": said.marks}


def _line(hit: Hit) -> str:
    label = tr(KINDS[hit.kind].label)
    parts = (str(hit.id), label, spelt(hit.day), hit.title.text, hit.snippet.text)
    return " · ".join(part for part in parts if part)
