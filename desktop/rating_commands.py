"""`ratings WAVE`: a list of a wave's ratings as it is on the screen, or as a file that leaves."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from desktop.actions import rating_notes, rating_paper, rating_views, ratings
from desktop.actions.rating_columns import Part, parts, value
from desktop.actions.rating_views import By, Line, View
from desktop.actions.ratings import WaveRatings
from desktop.command_line import opened, put_out
from desktop.export_commands import free
from desktop.exports.documents import pages_of
from desktop.exports.papers import Paper
from desktop.papers.drawing import draw_apart
from desktop.session import Desk
from sync.errors import UserError
from sync.language import mark, tr, trn

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_ratings(commands: "Commands", shared: argparse.ArgumentParser) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "ratings", parents=[shared], help="the ratings of a wave, as on the screen"
    )
    parser.set_defaults(run=_ratings)
    parser.add_argument("wave", type=UUID, metavar="WAVE")
    parser.add_argument("--by", choices=[str(one) for one in By], help="what a line is about")
    parser.add_argument("--district", metavar="KATO", help="of this district alone")
    parser.add_argument("--official", metavar="ID", help="of this official alone")
    parser.add_argument("--criterion", metavar="PATH", help="of the question in the form")
    parser.add_argument("--before", type=UUID, metavar="WAVE", help="beside this earlier wave")
    parser.add_argument(
        "--to", type=Path, metavar="FILE.(xlsx|docx|pdf)", help="a file, with the passport; noted"
    )
    parser.add_argument("--replace", action="store_true", help="the file, if it is there")


def _ratings(args: argparse.Namespace) -> int:
    path = free(args) if args.to else None
    with opened(args) as (_, desk, _password):
        found = ratings.rate_wave(desk, args.wave)
        view = _view(found, args)
        others = _others(desk, found, view, args)
        if path is not None:
            noted = rating_paper.export(desk, found, view, path, others=others, draw=_draw)
            words = trn(
                "{n} figure was written. {id}",
                "{n} figures were written. {id}",
                noted.rows,
                id=noted.id,
            )
            put_out(args, noted, words)
            return 0
        lines = rating_views.lines(found, view, desk.pack, others)
        document = _document(desk, found, view, lines)
    told = [" · ".join(_words(row)) for row in document["lines"]]
    put_out(args, document, *told, *document["notes"])
    return 0


def _draw(paper: Paper) -> bytes:
    return draw_apart(pages_of(paper))


def _view(found: WaveRatings, args: argparse.Namespace) -> View:
    """What was asked for; raises UserError for what the wave does not have."""
    view = rating_views.first_view(found)
    if args.district is not None:
        if args.district not in found.districts:
            text = mark("Nobody answered to this survey in the district “{name}”.")
            raise UserError(text, name=args.district)
        view = replace(view, district=args.district)
    if args.official is not None:
        if args.official not in found.posts:
            raise UserError(
                mark("This survey does not rate the official “{name}”."), name=args.official
            )
        view = replace(view, official=args.official, by=By.CRITERIA)
    if args.criterion is not None:
        view = replace(view, question=args.criterion)
    return replace(view, by=By(args.by)) if args.by else view


def _others(
    desk: Desk, found: WaveRatings, view: View, args: argparse.Namespace
) -> list[WaveRatings]:
    earlier = [id for id, _ in ratings.earlier_waves(desk, found.wave)]
    if args.before is not None and args.before not in earlier:
        raise UserError(mark("This is no earlier wave of the same form: {id}."), id=args.before)
    wanted = earlier if view.by is By.WAVES else [id for id in earlier if id == args.before]
    return [ratings.rate_wave(desk, id) for id in wanted]


def _document(desk: Desk, found: WaveRatings, view: View, lines: list[Line]) -> dict[str, Any]:
    """What those who rate see on the screen, and the passport with it."""
    said = rating_paper.passport_of(desk, found)
    shown = parts(lines)
    return {
        "wave": found.wave,
        "title": found.title,
        "view": {
            "by": view.by,
            "district": view.district,
            "official": view.official,
            "question": view.question,
        },
        "answers": found.answers,
        "passport": {
            "lines": {line.label: line.text for line in said.lines},
            "lacks": [str(one) for one in said.lacks],
        },
        "lines": [
            {
                **{str(part): value(line, part, outside=False) for part in shown},
                "published": line.rating.estimate.published,
                "district": line.rating.cell.district,
                "official": line.rating.cell.official,
                "question": line.rating.cell.question,
            }
            for line in lines
        ],
        "notes": [
            *rating_notes.cautions(found),
            *rating_notes.fitted(found),
            *rating_notes.explained(view, lines),
            *rating_notes.reasons(lines),
        ],
    }


def _words(row: dict[str, Any]) -> list[str]:
    said = [str(row[Part.NAME])]
    if row[Part.MEAN] is not None:
        said.append(f"{row[Part.MEAN]:.2f} ({row[Part.LOW]:.2f} … {row[Part.HIGH]:.2f})")
    said.append(trn("{n} answer", "{n} answers", row[Part.ANSWERS] or 0))
    if row.get(Part.GROUP) is not None:
        said.append(tr("group {n}, places {places}", n=row[Part.GROUP], places=row[Part.PLACES]))
    if row.get(Part.VERDICT):
        said.append(str(row[Part.VERDICT]))
    return [*said, str(row[Part.STATUS])]
