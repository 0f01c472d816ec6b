"""The command `rate`: a table of answers → estimates with what can be said of them."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from desktop.surveys.ratings import differences, small_areas
from desktop.surveys.ratings.design import LONELY, Design
from desktop.surveys.ratings.estimates import Estimate, check_shares, domains, keep_back, whole
from desktop.surveys.ratings.margins import Margin
from desktop.surveys.ratings.sample import Row, tally
from desktop.surveys.ratings.tables import Table, read_areas, read_margin, read_table
from sync.errors import UserError
from sync.language import mark, tr, trn

FIELDS = ("value", "weight", "stratum", "psu", "fpc", "domain", "wave")


@dataclass(frozen=True)
class _Waves:
    """The sample of the last wave, and of the one before if two are compared."""

    now: Design
    before: Design | None
    names: tuple[str, ...]


def add_rate(parser: argparse.ArgumentParser) -> None:
    """Give the parser its options and what runs it."""
    parser.add_argument("file", type=Path, metavar="DATA.csv")
    parser.add_argument("--value", required=True, metavar="COL")
    for name in ("weight", "stratum", "psu", "fpc", "domain"):
        parser.add_argument(f"--{name}", metavar="COL")
    fitted = "fit the weights to the counts of FILE, a CSV value,count"
    for name in ("poststratify", "rake"):
        parser.add_argument(f"--{name}", action="append", metavar="COL=FILE", help=fitted)
    parser.add_argument("--lonely-psu", choices=LONELY, default="adjust")
    parser.add_argument("--share", action="store_true", help="the values are 0 and 1")
    parser.add_argument("--rank", action="store_true", help="which domains can be told apart")
    parser.add_argument("--wave", metavar="COL", help="the change between its two values")
    parser.add_argument(
        "--small-areas",
        nargs="?",
        const="",
        metavar="FILE",
        help="shrink the domains to a model; FILE has their covariates",
    )
    parser.add_argument(
        "--convenience", action="store_true", help="those asked were not drawn by chance"
    )
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=_rate)


def _rate(arguments: argparse.Namespace) -> int:
    margins = _margins(arguments)
    for name in ("rank", "small_areas"):
        if getattr(arguments, name) not in (None, False) and not arguments.domain:
            option = "--" + name.replace("_", "-")
            raise UserError(mark("{option} needs --domain."), option=option)
    columns = {name: getattr(arguments, name) for name in FIELDS}
    table = read_table(arguments.file, columns, [margin.column for margin in margins])
    if arguments.share:
        check_shares(table.rows)
    document = _document(_waves(table, margins, arguments.lonely_psu), arguments)
    document["left_out"] = {"empty": table.empty, "not_a_number": table.no_number}
    if arguments.json:
        print(json.dumps(document, ensure_ascii=False))  # noqa: T201
    else:
        _tell(document, table)
    return 0


def _document(waves: _Waves, arguments: argparse.Namespace) -> dict[str, Any]:
    """All that is told, as plain values."""
    design, share = waves.now, arguments.share
    document: dict[str, Any] = {}
    found = [everyone := whole(design, share=share)]
    if arguments.domain:
        found = domains(design, share=share)
        document["whole"] = everyone.as_row()
    if arguments.small_areas is not None:
        known = read_areas(Path(arguments.small_areas)) if arguments.small_areas else None
        found, between = small_areas.shrink(found, known)
        found = keep_back(everyone, found)
        document["small_areas"] = {"between": between, "areas": len(found)}
    if arguments.rank:
        shown = [one.domain for one in found if one.published and one.domain is not None]
        document["ranks"] = [asdict(one) for one in differences.ranks(design, shown)]
    if waves.before:
        document["changes"] = _changes(waves, waves.before, found, share=share)
    if design.fit.rounds:
        joined = [asdict(one) for one in design.fit.joined]
        document["fitted"] = {"rounds": design.fit.rounds, "joined": joined}
    notes = _notes(design, arguments)
    estimates = [one.as_row() for one in found]
    return {"estimates": estimates, **document, "notes": notes}


def _changes(
    waves: _Waves, before: Design, found: Sequence[Estimate], *, share: bool
) -> list[dict[str, Any]]:
    """What changed in each estimate; published where both waves' are."""
    told = []
    earlier = [whole(before, share=share), *domains(before, share=share)]
    published = {one.domain for one in earlier if one.published}
    for one in found:
        change = differences.change(before, waves.now, one.domain)
        told.append(
            {
                "domain": one.domain,
                "from": waves.names[0],
                "to": waves.names[1],
                **(asdict(change) if change else dict.fromkeys(("value", "se", "df"))),
                "published": bool(change) and one.published and one.domain in published,
            }
        )
    return told


def _waves(table: Table, margins: Sequence[Margin], lonely: str) -> _Waves:
    if not table.waves:
        return _Waves(_design(table.rows, margins, lonely), None, ())
    names = tuple(sorted(set(table.waves)))
    if len(names) != 2:
        raise UserError(mark("A change is between two waves; the table has {n}."), n=len(names))
    before, now = (
        _design(
            [row for row, wave in zip(table.rows, table.waves, strict=True) if wave == name],
            margins,
            lonely,
        )
        for name in names
    )
    return _Waves(now, before, names)


def _design(rows: Sequence[Row], margins: Sequence[Margin], lonely: str) -> Design:
    return Design(tally(rows), margins, lonely)


def _margins(arguments: argparse.Namespace) -> list[Margin]:
    if arguments.poststratify and (arguments.rake or len(arguments.poststratify) > 1):
        raise UserError(mark("Weights are post-stratified by one column; use --rake for several."))
    margins: list[Margin] = []
    for pair in [*(arguments.poststratify or ()), *(arguments.rake or ())]:
        column, _, file = pair.partition("=")
        if not (column and file):
            raise UserError(mark("“{found}” is not COLUMN=FILE."), found=pair)
        if column in [margin.column for margin in margins]:
            raise UserError(mark("The column “{column}” appears twice."), column=column)
        margins.append(read_margin(Path(file), column))
    return margins


def _notes(design: Design, arguments: argparse.Namespace) -> list[str]:
    """What a reader has to know beside the figures, in words."""
    notes = []
    if arguments.convenience:
        notes.append(
            tr(
                "This is not a probability sample: the intervals tell how far such answers scatter, "
                "not how far they are from what all people think."
            )
        )
    if alone := design.alone:
        notes.append(
            tr(
                "Strata with one PSU only: {n}. They were dealt with by “{how}”.",
                n=len(alone),
                how=design.lonely,
            )
        )
    notes += [
        tr(
            "Fewer than five people have “{value}” in “{column}”: they count with “{to}”.",
            value=one.value,
            column=one.column,
            to=one.to,
        )
        for one in design.fit.joined
    ]
    if design.fit.rounds > 1:
        notes.append(tr("Raking settled after {n} rounds.", n=design.fit.rounds))
    if arguments.small_areas is not None:
        notes.append(tr("“shrunk” figures are a model's, not answers of the area alone."))
    return notes


def _tell(document: dict[str, Any], table: Table) -> None:
    """A line for each figure, and what has to be known on stderr."""
    for part in ("estimates", "ranks", "changes"):
        for one in document.get(part, ()):
            print(json.dumps(one, ensure_ascii=False))  # noqa: T201
    for note in document["notes"]:
        print(note, file=sys.stderr)  # noqa: T201
    if n := table.empty + table.no_number:
        said = trn(
            "{n} row was left out: {empty} empty, {other} without a number.",
            "{n} rows were left out: {empty} empty, {other} without a number.",
            n,
            empty=table.empty,
            other=table.no_number,
        )
        print(said, file=sys.stderr)  # noqa: T201
