"""The commands about records and the exchange: parsed arguments in, an exit code out.

Each writes one JSON document or its words on stdout, and raises UserError where it is refused.
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any
from uuid import UUID

import msgspec

from desktop import profile as profiles
from desktop import wiping
from desktop.actions import (
    attachments,
    attention,
    erasure,
    exchange,
    former_officer,
    late,
    records,
    restored,
    review,
    whole,
)
from desktop.command_line import opened as _desk
from desktop.command_line import put_out as _out
from desktop.folder import choose_profile
from desktop.health import describe
from desktop.network import set_way
from desktop.session import Desk
from sync import elements
from sync.decoding import decode
from sync.errors import SignInAgain, UserError
from sync.language import mark, tr, trn
from sync.records import KINDS
from sync.records.base import Part, Record, field_map
from sync.records.values import Wrong, plain, typed

SYSTEM = {"id": UUID, "parent": UUID, "review": str, "author": str, "district": str}


def network(args: argparse.Namespace) -> int:
    """Show or set by which way the server is reached. Needs no password."""
    kept = set_way(choose_profile(args.profile), args.proxy, args.authority)
    _out(args, kept, *(f"{name}: {value or '-'}" for name, value in kept.items()))
    return 0


def record(args: argparse.Namespace) -> int:
    """Make a record from JSON on stdin, or change the one that `--id` names."""
    values = _stdin_values()
    with _desk(args) as (_, desk, _password):
        if args.id is not None:  # a mistyped id must not become a new record
            _find(desk, args.id)
        changes = records.save(desk, args.kind, values, args.id, args.parent)
    id = changes[0].record if changes else args.id
    _out(args, {"id": id, "changed": bool(changes)}, str(id))
    return 0


def list_records(args: argparse.Namespace) -> int:
    """The records of a kind whose fields have these values."""
    kind = KINDS[args.kind]
    where = {name: _typed(kind, name, text) for name, text in args.where}
    with _desk(args) as (_, desk, _password):
        rows = records.list_records(desk, args.kind, where)
    listed = [field.name for field in field_map(kind).values() if field.listed]
    lines = [" · ".join(str(row[name]) for name in ("id", *listed) if row[name]) for row in rows]
    _out(args, rows, *lines)
    return 0


def show(args: argparse.Namespace) -> int:
    """One record with its parts; also one of a kind that only a newer program knows."""
    with _desk(args) as (_, desk, _password):
        lacking = _bring(desk, args.id)
        row = _find(desk, args.id)
        parts = {
            kind: records.parts(desk, kind, args.id)
            for kind, record in KINDS.items()
            if issubclass(record, Part) and (not record.parents or row["kind"] in record.parents)
        }
    lines = [f"{name}: {value}" for name, value in row.items() if value not in (None, "", {}, [])]
    _out(args, {**row, "parts": parts}, *lines, *([lacking] if lacking else []))
    return 0


def _bring(desk: Desk, id: UUID) -> str:
    """A bare record is fetched whole; why that could not be, in words."""
    try:
        if whole.is_bare(desk, id):
            whole.bring(desk, id)
    except UserError as error:
        return str(error)
    return ""


def settle(args: argparse.Namespace) -> int:
    """End the conflict at a field: by the value given, else by the one that stands."""
    with _desk(args) as (_, desk, _password):
        row = records.show(desk, args.id)
        if args.field not in row["conflicts"]:
            raise UserError(mark("There are no two values at “{name}”."), name=args.field)
        value = elements.value_at(row, args.field)
        if args.value is not None:
            value = _chosen(KINDS[row["kind"]], args.field, args.value)
        settled = plain({args.field: value})
        records.settle(desk, row["kind"], args.id, args.field, settled[args.field])
    _out(args, {"id": args.id, **settled}, f"{args.field}: {settled[args.field]}")
    return 0


def _chosen(record: type[Record], name: str, text: str) -> Any:
    """A value as it was typed for a field, for a question of a form, or for what repeats in one."""
    if not elements.path_of(name):
        return _typed(record, name, text)
    if not name.endswith(elements.REPEATS):
        return text
    try:
        return decode(text.encode(), dict[str, str])
    except ValueError as wrong:
        raise UserError(
            mark("Answers are one JSON object: path of a question, and its value.")
        ) from wrong


def attach(args: argparse.Namespace) -> int:
    """Add a photo or file to a record."""
    with _desk(args) as (_, desk, _password):
        change = attachments.attach(desk, args.id, args.file, args.caption)[0]
    _out(args, {"id": change.record, "sha256": change.fields["sha256"]}, str(change.record))
    return 0


def sync(args: argparse.Namespace) -> int:
    """One exchange with the server."""
    with _desk(args) as (profile, desk, password):
        if args.take_removals:
            exchange.allow_removals(desk)
        if args.restored:
            restored.agree(desk)
        try:
            report = exchange.exchange(desk)
        except SignInAgain:  # the password is at hand, so nobody needs to be asked
            desk = profiles.sign_in_again(desk, password)
            report = exchange.exchange(desk)
        held, ended = exchange.state(desk).held, former_officer.words(desk)
        if wiped := wiping.is_due(desk):
            wiping.wipe(profile, desk)
    photos = report.photos_sent + report.photos_taken
    document = {
        "sent": report.sent,
        "taken": report.taken,
        "conflicts": report.conflicts,
        "refused": report.refused,
        "waiting": report.waiting,
        "answers_sent": report.answers_sent,
        "answers_refused": report.answers_refused,
        "photos": {
            "sent": report.photos_sent,
            "taken": report.photos_taken,
            "done": photos,
            "of": photos + report.photos_waiting + report.photos_coming,
        },
        "bytes": {"up": report.bytes_up, "down": report.bytes_down},
    }
    document["held"] = [asdict(one) for one in held]
    document["wiped"] = wiped
    if wiped:
        sys.stderr.write(f"{tr(wiping.WIPED)}\n")
    if ended:
        sys.stderr.write(f"{ended}\n")
    _out(args, document, *_exchange_words(report), *map(_held_words, held))
    return 0


def _held_words(held: exchange.Held) -> str:
    words = tr(
        "Of {here} records of {district}, {going} were removed elsewhere. They are still here.",
        **asdict(held),
    )
    return words + " " + tr("To let them go: sync --take-removals.")


def _exchange_words(report: exchange.Report) -> Iterator[str]:
    yield tr(
        "Sent {sent}, taken {taken}, waiting {waiting}.",
        sent=report.sent,
        taken=report.taken,
        waiting=report.waiting,
    )
    if n := report.conflicts:
        yield trn("{n} field has two values.", "{n} fields have two values.", n)
    if n := report.refused:
        yield trn("{n} edit was refused.", "{n} edits were refused.", n)
        yield tr("The reasons are told by “attention”.")
    if n := report.answers_refused:
        yield refused_answers(n)


def refused_answers(n: int) -> str:
    """What became of answers that the server does not take."""
    return trn(
        "The server did not take {n} answer. It is kept here and will be sent again.",
        "The server did not take {n} answers. They are kept here and will be sent again.",
        n,
    )


def list_attention(args: argparse.Namespace) -> int:
    """The refused edits that wait for a person."""
    with _desk(args) as (_, desk, _password):
        held = attention.held(desk)
        answers = exchange.state(desk).answers_refused
    rows = [
        {
            "id": one.change.id,
            "kind": one.change.kind,
            "record": one.change.record,
            "reason": one.reason,
            "fields": one.change.fields,
        }
        for one in held
    ]
    lines = [f"{one.change.id} · {one.change.kind} · {one.reason}" for one in held]
    _out(args, rows, *lines, *([refused_answers(answers)] if answers else []))
    return 0


def retry(args: argparse.Namespace) -> int:
    """Make a refused edit anew: it is checked, and waits to be sent again."""
    with _desk(args) as (_, desk, _password):
        held = attention.find(desk, args.id)
        changes = attention.retry(desk, held)
    _out(args, {"id": held.change.record, "changed": bool(changes)}, str(held.change.record))
    return 0


def discard(args: argparse.Namespace) -> int:
    """Let a refused edit go."""
    with _desk(args) as (_, desk, _password):
        held = attention.find(desk, args.id)
        attention.let_go(desk, held)
    _out(args, {"id": held.change.record, "changed": False}, str(held.change.record))
    return 0


def list_late(args: argparse.Namespace) -> int:
    """Edits of people who had left the district: what waits for a decision."""
    with _desk(args) as (_, desk, _password):
        late.ask(desk)
        waiting = late.held(desk)
    rows = [{**msgspec.to_builtins(one.change), "received": one.received} for one in waiting]
    lines = [f"{one.change.id} · {one.change.by} · {one.change.kind}" for one in waiting]
    _out(args, rows, *lines)
    return 0


def decide_late(args: argparse.Namespace) -> int:
    """Take such an edit, or drop it."""
    with _desk(args) as (_, desk, _password):
        late.decide(desk, args.id, take=args.take)
    _out(args, {"id": args.id, "taken": args.take}, str(args.id))
    return 0


def decide(args: argparse.Namespace) -> int:
    """Send a record for review, or decide about it."""
    with _desk(args) as (_, desk, _password):
        review.decide(desk, args.id, review.Decision(args.decision), dict(args.comment))
        row = records.show(desk, args.id)
    _out(args, {"id": row["id"], "review": row["review"]}, row["review"])
    return 0


def erase(args: argparse.Namespace) -> int:
    """Erase a record for good."""
    with _desk(args) as (_, desk, _password):
        change = erasure.erase(desk, args.id, args.reason)[0]
    _out(args, {"id": change.record, "erased": args.reason}, tr("It was erased."))
    return 0


def diagnostics(args: argparse.Namespace) -> int:
    """Versions and counts; also of a file that cannot be opened."""
    said = describe(choose_profile(args.profile))
    if said["enrolled"]:
        try:
            with _desk(args) as (profile, desk, _password):
                said = describe(profile, desk)
        except UserError as error:  # a file that cannot be opened is what is asked about
            explain(error)
            said["not_opened"] = type(error).__name__
    _out(args, said, *(f"{name}: {value}" for name, value in said.items()))
    return 0


def explain(error: UserError) -> None:
    """The reason on stderr, with a line for each field that is wrong."""
    sys.stderr.write(f"{error.words()}\n")
    if isinstance(error, Wrong):
        for name, problem in error.problems.items():
            sys.stderr.write(f"{name}: {problem.words()}\n")


def _find(desk: Desk, id: UUID) -> records.Row:
    return records.show_foreign(desk, id) or records.show(desk, id)


def _typed(record: type[Record], name: str, text: str) -> Any:
    known = field_map(record)
    wrong = UserError(mark("“{value}” is no value of {name}."), value=text, name=name)
    try:
        if name in known:
            return typed(known[name], text, strict=False)
        if name in SYSTEM:
            return msgspec.convert(text, SYSTEM[name], strict=False)
    except (UserError, msgspec.ValidationError) as error:
        raise wrong from error
    raise UserError(mark("There is no field “{name}” here."), name=name)


def _stdin_values() -> dict[str, Any]:
    try:
        return decode(sys.stdin.read().encode(), dict[str, Any])
    except ValueError as error:
        raise UserError(
            mark("The values are one JSON object on the standard input: field and value.")
        ) from error
