"""`wave list`, `show`, `progress`, `passport`, `check` and `new`: survey waves, by commands."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from desktop.actions import records, surveys, wave_plan, waves
from desktop.actions.waves import DistrictProgress, WaveProgress
from desktop.command_line import opened, put_out
from desktop.files import read_whole
from desktop.session import Desk
from desktop.surveys.waves import silence
from desktop.surveys.waves.cells import CellState, cell_words
from sync.errors import Refused, UserError
from sync.language import mark, tr

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

NO_JSON = mark("“{name}” is no JSON document with the fields of a wave.")


def add_waves(commands: "Commands", shared: argparse.ArgumentParser) -> None:
    """Add `wave`. Each verb sets `run`: arguments → exit code, or UserError."""
    wave = commands.add_parser("wave", help="surveys: waves, their cells and passports")
    verbs = wave.add_subparsers(required=True, metavar="VERB")
    listed = verbs.add_parser("list", parents=[shared], help="the waves of this person's district")
    listed.set_defaults(run=_list)
    new = verbs.add_parser("new", parents=[shared], help="open a wave")
    new.set_defaults(run=_new)
    new.add_argument("file", type=Path, metavar="FILE.json", help="its fields, as `show` has them")
    check = verbs.add_parser("check", parents=[shared], help="what is to be said before it opens")
    check.set_defaults(run=_check)
    check.add_argument("file", type=Path, metavar="FILE.json")
    for name, run, help in (
        ("show", _show, "the fields of a wave, and until when its figures stay here"),
        ("progress", _progress, "how many were asked in each cell, as far as is known here"),
        ("passport", _passport, "what is said with its figures, and what of that is lacking"),
    ):
        verb = verbs.add_parser(name, parents=[shared], help=help)
        verb.set_defaults(run=run)
        verb.add_argument("id", type=UUID, metavar="ID")


def _list(args: argparse.Namespace) -> int:
    with opened(args) as (_, desk, _password):
        found = [_row(desk, one) for one in surveys.list_waves(desk)]
    lines = [
        f"{one['id']} · {one['title']} · {one['starts_on']} – {one['ends_on']} · {one['asked']}"
        + (f" / {one['planned']}" if one["planned"] else "")
        for one in found
    ]
    put_out(args, found, *lines)
    return 0


def _row(desk: Desk, state: surveys.WaveState) -> dict[str, Any]:
    districts = waves.read_progress(desk, state.id).districts
    return {
        "id": state.id,
        "title": state.title,
        "starts_on": state.starts_on,
        "ends_on": state.ends_on,
        "runs": state.runs(silence.today()),
        "done": state.done,
        "waiting": state.unsent,
        "asked": sum(one.answers for one in districts),
        "planned": sum(one.planned or 0 for one in districts) or None,
    }


def _show(args: argparse.Namespace) -> int:
    with opened(args) as (_, desk, _password):
        row = records.show(desk, args.id, "wave")
        why = _kept_back(desk, args.id)
    days = silence.silence(row)
    document = {**row, "silence": asdict(days) if days else None, "kept_back": why}
    lines = [f"{name}: {value}" for name, value in document.items() if value not in (None, [], "")]
    put_out(args, document, *lines)
    return 0


def _kept_back(desk: Desk, wave: UUID) -> str | None:
    """Why its figures may not leave now, or None."""
    try:
        waves.require_may_leave(desk, wave)
    except Refused as refused:
        return refused.words()
    return None


def _progress(args: argparse.Namespace) -> int:
    with opened(args) as (_, desk, _password):
        found = waves.read_progress(desk, args.id)
        rows = [_district(desk, found, one) for one in found.districts]
    document = {
        "wave": found.wave,
        "done": found.done,
        "told_at": found.told_at,
        "districts": rows,
    }
    put_out(args, document, *_lines(found, rows))
    return 0


def _district(desk: Desk, found: WaveProgress, one: DistrictProgress) -> dict[str, Any]:
    return {
        "district": one.district,
        "name": desk.pack.full_name(one.district),
        "asked": one.answers,
        "here": one.here,
        "planned": one.planned,
        "cells": [_cell(desk, found, state) for state in one.cells],
    }


def _cell(desk: Desk, found: WaveProgress, state: CellState) -> dict[str, Any]:
    return {
        "cell": state.cell.key,
        "words": cell_words(
            state.cell, found.design, found.words, desk.pack, place=found.design.by_okrug
        ),
        "planned": state.planned,
        "asked": state.done,
        "here": state.here,
        "lacks": state.lacks,
    }


def _lines(found: WaveProgress, rows: list[dict[str, Any]]) -> list[str]:
    at = found.told_at
    known = at.astimezone().strftime("%d.%m.%Y %H:%M") if at else "—"
    lines = [tr("Others' numbers are as the server had them: {moment}", moment=known)]
    for row in rows:
        lines.append(f"{row['name']}: {row['asked']}{_of(row['planned'])}")
        lines += [f"  {one['words']}: {one['asked']}{_of(one['planned'])}" for one in row["cells"]]
    return lines


def _of(planned: int | None) -> str:
    return f" / {planned}" if planned is not None else ""


def _passport(args: argparse.Namespace) -> int:
    with opened(args) as (_, desk, _password):
        found = waves.read_passport(desk, args.id)
        why = _kept_back(desk, args.id)
    document = {
        "title": found.title,
        "linked": found.linked,
        "lines": [asdict(one) for one in found.lines],
        "questions": [asdict(one) for one in found.questions],
        "asked": found.answers,
        "error": found.error,
        "lacks": [one.words() for one in found.lacks],
        "kept_back": why,
    }
    lines = [f"{one.label}: {one.text}" for one in found.lines]
    asked = [" · ".join((one.text, *one.choices)) for one in found.questions]
    put_out(args, document, *lines, *asked, *(one.words() for one in found.lacks))
    return 0


def _new(args: argparse.Namespace) -> int:
    values = _values(args.file)
    with opened(args) as (_, desk, _password):
        told = wave_plan.check(desk, values)
        [change] = wave_plan.open_wave(desk, values)
    for one in told:
        sys.stderr.write(f"{one.text.words()}\n")
    put_out(args, {"id": change.record}, str(change.record))
    return 0


def _check(args: argparse.Namespace) -> int:
    values = _values(args.file)
    with opened(args) as (_, desk, _password):
        told = wave_plan.check(desk, values)
    rows = [{"field": one.field, "stops": one.stops, "text": one.text.words()} for one in told]
    put_out(args, rows, *(one.text.words() for one in told))
    return 1 if any(one.stops for one in told) else 0


def _values(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(read_whole(path).decode("utf-8-sig"))
    except OSError as wrong:
        raise UserError(mark("The file “{name}” cannot be read."), name=path.name) from wrong
    except (ValueError, RecursionError) as wrong:
        raise UserError(NO_JSON, name=path.name) from wrong
    if not isinstance(found, dict):
        raise UserError(NO_JSON, name=path.name)
    return found
