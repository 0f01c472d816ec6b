"""Every action as a command. Data on stdout, words on stderr, and a code that says how it went.

0 done · 1 refused, with the reason · 2 usage · 3 another instance works on the profile ·
4 file damaged · 5 file newer than the program
"""

import argparse
import platform
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from io import TextIOWrapper
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec

from desktop import profile as profiles
from desktop.actions import attachments, exchange, records, review
from desktop.folder import Profile, choose_profile, is_enrolled
from desktop.health import back_up, describe, examine
from desktop.keys import KeysDamaged, KeysNewer
from desktop.lock import InUse, only_here
from desktop.passwords import ask_password
from desktop.session import Desk
from desktop.settings import load_settings
from desktop.store import StoreDamaged, StoreNewer
from desktop.surveys.commands import add_commands
from sync.errors import SignInAgain, UserError
from sync.language import LANGUAGES, mark, speak, tr
from sync.records import KINDS
from sync.records.base import Part, Record, Wrong, field_map

REFUSED, IN_USE, DAMAGED, NEWER = 1, 3, 4, 5
SYSTEM = {"id": UUID, "parent": UUID, "review": str, "author": str, "district": str}

Command = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str]) -> int:
    """Run one command; its exit code. Usage errors leave by SystemExit(2), as argparse does."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # whatever the system's code page is
            stream.reconfigure(encoding="utf-8")
    args = _parser().parse_args(arguments)
    speak(args.lang or _language(args))
    try:
        run: Command = args.run
        return run(args)
    except UserError as error:
        _explain(error)
        return _code(error)


def _code(error: UserError) -> int:
    if isinstance(error, InUse):
        return IN_USE
    if isinstance(error, StoreDamaged | KeysDamaged):
        return DAMAGED
    return NEWER if isinstance(error, StoreNewer | KeysNewer) else REFUSED


def _explain(error: UserError) -> None:
    sys.stderr.write(f"{error.words()}\n")
    if isinstance(error, Wrong):
        for name, problem in error.problems.items():
            sys.stderr.write(f"{name}: {problem.words()}\n")


def _language(args: argparse.Namespace) -> str:
    folder = getattr(args, "profile", None)
    if folder is None:
        return "en"
    return str(load_settings(Profile(folder).settings)["language"])


def _parser() -> argparse.ArgumentParser:
    name = "dala" if getattr(sys, "frozen", False) else "python -m desktop"
    parser = argparse.ArgumentParser(prog=name, description="Dala, by commands")
    parser.add_argument("--lang", choices=list(LANGUAGES), help="language of messages")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--profile", type=Path, metavar="DIR", help="default: of this user")
    shared.add_argument("--lang", choices=list(LANGUAGES), default=argparse.SUPPRESS)
    shared.add_argument("--json", action="store_true", help="one JSON document on stdout")

    def add(name: str, run: Command, help: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, parents=[shared], help=help)
        command.set_defaults(run=run)
        return command

    enrol = add("enrol", _enrol, "bind this laptop to an account; again, after it was closed")
    enrol.add_argument("--server", required=True, metavar="URL", help="of a new laptop")
    enrol.add_argument("--code", required=True)
    enrol.add_argument("--device", default=platform.node() or "laptop", metavar="NAME")
    record = add("record", _record, "create or edit a record from JSON on stdin")
    record.add_argument("kind", choices=list(KINDS), metavar="KIND")
    record.add_argument("--id", type=UUID)
    record.add_argument("--parent", type=UUID, metavar="ID", help="the record it is a part of")
    listed = add("list", _list, "records of one kind")
    listed.add_argument("kind", choices=list(KINDS), metavar="KIND")
    listed.add_argument("--where", type=_pair, action="append", default=[], metavar="FIELD=VALUE")
    show = add("show", _show, "one record with its parts")
    show.add_argument("id", type=UUID, metavar="ID")
    attach = add("attach", _attach, "add a photo or file to a record")
    attach.add_argument("id", type=UUID, metavar="ID")
    attach.add_argument("file", type=Path, metavar="FILE")
    attach.add_argument("--caption", default="")
    add("sync", _sync, "one sync with the server")
    decide = add("review", _review, "send for review, or decide")
    decide.add_argument("id", type=UUID, metavar="ID")
    decide.add_argument("decision", choices=[str(one) for one in review.Decision])
    decide.add_argument("--comment", type=_pair, action="append", default=[], metavar="FIELD=TEXT")
    add("check", _check, "read the whole file and check it")
    backup = add("backup", _backup, "copy file, keys and photos, encrypted as they are")
    backup.add_argument("--to", type=Path, metavar="FOLDER")
    add("diagnostics", _diagnostics, "versions and counts without anybody's data")
    add_commands(commands)
    return parser


@contextmanager
def _desk(args: argparse.Namespace) -> Iterator[tuple[Profile, Desk, str]]:
    """The profile, opened for this command alone; and the password, to sign in again with."""
    profile = choose_profile(args.profile)
    if not is_enrolled(profile):
        raise UserError(mark("Nobody is enrolled in this folder yet. Start with “enrol”."))
    with only_here(profile.lock):
        password = ask_password()
        desk = profiles.open_desk(profile, password)
        try:
            yield profile, desk, password
        finally:
            profiles.close_desk(desk)


def _enrol(args: argparse.Namespace) -> int:
    profile = choose_profile(args.profile)
    if is_enrolled(profile):  # the server closed this laptop: a new code opens it again
        with _desk(args) as (_, desk, password):
            person = profiles.bind_again(desk, args.code, password).person
    else:
        with only_here(profile.lock):
            person = profiles.enrol(profile, args.server, args.code, ask_password(), args.device)
    _out(args, msgspec.to_builtins(person), person.name)
    return 0


def _record(args: argparse.Namespace) -> int:
    values = _stdin_values()
    with _desk(args) as (_, desk, _password):
        changes = records.save(desk, args.kind, values, args.id, args.parent)
    id = changes[0].record if changes else args.id
    _out(args, {"id": id, "changed": bool(changes)}, str(id))
    return 0


def _list(args: argparse.Namespace) -> int:
    record = KINDS[args.kind]
    where = {name: _typed(record, name, text) for name, text in args.where}
    with _desk(args) as (_, desk, _password):
        rows = records.list_records(desk, args.kind, where)
    listed = [field.name for field in field_map(record).values() if field.listed]
    lines = [" · ".join(str(row[name]) for name in ("id", *listed) if row[name]) for row in rows]
    _out(args, rows, *lines)
    return 0


def _show(args: argparse.Namespace) -> int:
    with _desk(args) as (_, desk, _password):
        row = records.show(desk, args.id)
        parts = {
            kind: records.parts(desk, kind, args.id)
            for kind, record in KINDS.items()
            if issubclass(record, Part) and (not record.parents or row["kind"] in record.parents)
        }
    lines = [f"{name}: {value}" for name, value in row.items() if value not in (None, "", {}, [])]
    _out(args, {**row, "parts": parts}, *lines)
    return 0


def _attach(args: argparse.Namespace) -> int:
    with _desk(args) as (_, desk, _password):
        change = attachments.attach(desk, args.id, args.file, args.caption)[0]
    _out(args, {"id": change.record, "sha256": change.fields["sha256"]}, str(change.record))
    return 0


def _sync(args: argparse.Namespace) -> int:
    with _desk(args) as (_, desk, password):
        try:
            report = exchange.exchange(desk)
        except SignInAgain:  # the password is at hand, so nobody needs to be asked
            desk = profiles.sign_in_again(desk, password)
            report = exchange.exchange(desk)
    photos = report.photos_sent + report.photos_taken
    document = {
        "sent": report.sent,
        "taken": report.taken,
        "conflicts": report.conflicts,
        "refused": report.refused,
        "waiting": report.waiting,
        "answers_sent": report.answers_sent,
        "photos": {
            "sent": report.photos_sent,
            "taken": report.photos_taken,
            "done": photos,
            "of": photos + report.photos_waiting,
        },
        "bytes": {"up": report.bytes_up, "down": report.bytes_down},
    }
    said = tr(
        "Sent {sent}, taken {taken}, waiting {waiting}.",
        **{name: document[name] for name in ("sent", "taken", "waiting")},
    )
    _out(args, document, said)
    return 0


def _review(args: argparse.Namespace) -> int:
    with _desk(args) as (_, desk, _password):
        review.decide(desk, args.id, review.Decision(args.decision), dict(args.comment))
        row = records.show(desk, args.id)
    _out(args, {"id": row["id"], "review": row["review"]}, row["review"])
    return 0


def _check(args: argparse.Namespace) -> int:
    with _desk(args) as (_, desk, _password):
        health = examine(desk)
    said = tr("The file is sound.") if health.sound else tr("The file is damaged.")
    _out(args, {"sound": health.sound, **asdict(health)}, said, *health.file)
    return 0 if health.sound else DAMAGED


def _backup(args: argparse.Namespace) -> int:
    with _desk(args) as (profile, desk, _password):
        folder = back_up(profile, desk, args.to)
    _out(args, {"folder": str(folder)}, str(folder))
    return 0


def _diagnostics(args: argparse.Namespace) -> int:
    said = describe(choose_profile(args.profile))
    if said["enrolled"]:
        try:
            with _desk(args) as (profile, desk, _password):
                said = describe(profile, desk)
        except UserError as error:  # a file that cannot be opened is what is asked about
            _explain(error)
            said["not_opened"] = type(error).__name__
    _out(args, said, *(f"{name}: {value}" for name, value in said.items()))
    return 0


def _out(args: argparse.Namespace, document: Any, *lines: str) -> None:
    if args.json:
        lines = (msgspec.json.encode(document).decode(),)
    sys.stdout.writelines(f"{line}\n" for line in lines)


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise argparse.ArgumentTypeError("write it as FIELD=VALUE")
    return name, value


def _typed(record: type[Record], name: str, text: str) -> Any:
    known = field_map(record)
    wanted = known[name].wire if name in known else SYSTEM.get(name)
    if wanted is None:
        raise UserError(mark("There is no field “{name}” here."), name=name)
    try:
        return msgspec.convert(text, wanted, strict=False)
    except msgspec.ValidationError as error:
        raise UserError(mark("“{value}” is no value of {name}."), value=text, name=name) from error


def _stdin_values() -> dict[str, Any]:
    try:
        return msgspec.json.decode(sys.stdin.read(), type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UserError(
            mark("The values are one JSON object on the standard input: field and value.")
        ) from error
