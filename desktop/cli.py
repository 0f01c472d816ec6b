"""Every action as a command. Data on stdout, words on stderr, and a code that says how it went.

0 done · 1 refused, with the reason · 2 usage · 3 another program works on the profile ·
4 file damaged · 5 file newer than the program · 6 there is no update, for a reason
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from functools import cache
from io import TextIOWrapper
from pathlib import Path
from uuid import UUID

from desktop import commands as run
from desktop.actions import review
from desktop.audit_command import add_audit
from desktop.calendar_commands import add_calendar
from desktop.carry_commands import add_carry
from desktop.census_commands import add_census
from desktop.consent_commands import add_consent
from desktop.copy_commands import DAMAGED, add_copies
from desktop.deadline_command import add_deadline
from desktop.duplicate_commands import add_duplicates
from desktop.enrol_command import add_enrol
from desktop.export_commands import add_exports
from desktop.figure_commands import add_figures
from desktop.folder import Profile
from desktop.form_commands import add_forms
from desktop.import_commands import add_imports
from desktop.key_commands import add_keys
from desktop.key_file import KeysDamaged, KeysNewer
from desktop.lock import InUse
from desktop.overdue_command import add_overdue
from desktop.paper_commands import add_papers
from desktop.people_command import add_people
from desktop.privacy_commands import add_privacy
from desktop.quality_command import add_quality
from desktop.rating_commands import add_ratings
from desktop.region_commands import add_region
from desktop.report_commands import add_reports
from desktop.search_command import add_search
from desktop.seed_command import add_seed
from desktop.settings import load_settings
from desktop.slip_command import add_slip
from desktop.store_failures import StoreBusy, StoreDamaged, StoreNewer
from desktop.surveys.commands import add_commands
from desktop.update_command import add_update
from desktop.updates import UpdateFailed
from desktop.wave_commands import add_waves
from sync.erasure import REASONS
from sync.errors import UserError
from sync.language import LANGUAGES, speak
from sync.records import KINDS
from sync.vocabulary import choices

REFUSED, IN_USE, NEWER, NO_UPDATE = 1, 3, 5, 6

Command = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str]) -> int:
    """Run one command; its exit code. Usage errors leave by SystemExit(2), as argparse does."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # whatever the system's code page is
            errors = "strict" if stream is sys.stdin else "backslashreplace"
            stream.reconfigure(encoding="utf-8", errors=errors)
    parser = _parser("dala" if getattr(sys, "frozen", False) else "python -m desktop")
    for place, argument in enumerate(arguments, 1):
        if not _is_text(argument):
            parser.error(f"argument {place} is not text in UTF-8: {argument!a}")
    args = parser.parse_args(arguments)
    speak(_language(args))
    try:
        command: Command = args.run
        return command(args)
    except UserError as error:
        run.explain(error)
        return _code(error)


def _is_text(argument: str) -> bool:
    """Bytes that are no UTF-8 come from the system as halves of characters."""
    return not any("\ud800" <= char <= "\udfff" for char in argument)


def _code(error: UserError) -> int:
    if isinstance(error, InUse | StoreBusy):
        return IN_USE
    if isinstance(error, StoreDamaged | KeysDamaged):
        return DAMAGED
    if isinstance(error, UpdateFailed):
        return NO_UPDATE
    return NEWER if isinstance(error, StoreNewer | KeysNewer) else REFUSED


def _language(args: argparse.Namespace) -> str:
    if args.lang or args.profile is None:
        return args.lang or "en"
    return str(load_settings(Profile(args.profile).settings)["language"])


@cache
def _parser(name: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=name, description="Dala, by commands")
    parser.add_argument("--lang", choices=list(LANGUAGES), help="language of messages")
    parser.set_defaults(profile=None, json=False)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    shared = _shared()

    def add(name: str, command: Command, help: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, parents=[shared], help=help)
        added.set_defaults(run=command)
        return added

    add_enrol(add)
    way = add("network", run.network, "the proxy, and whose certificates are trusted")
    way.add_argument("--proxy", metavar="URL", help='"": the system\'s own; direct: none')
    way.add_argument("--authority", type=Path, metavar="FILE", help=".: the public authorities")
    record = add("record", run.record, "create or edit a record from JSON on stdin")
    record.add_argument("kind", choices=list(KINDS), metavar="KIND")
    record.add_argument("--id", type=UUID, help="the record to edit")
    record.add_argument("--parent", type=UUID, metavar="ID", help="the record it is a part of")
    listed = add("list", run.list_records, "records of one kind")
    listed.add_argument("kind", choices=list(KINDS), metavar="KIND")
    listed.add_argument("--where", type=_pair, action="append", default=[], metavar="FIELD=VALUE")
    _with_id(add("show", run.show, "one record with its parts"))
    attach = _with_id(add("attach", run.attach, "add a photo or file to a record"))
    attach.add_argument("file", type=Path, metavar="FILE")
    attach.add_argument("--caption", default="")
    sync = add("sync", run.sync, "one sync with the server")
    sync.add_argument(
        "--take-removals", action="store_true", help="also where much of a district would go"
    )
    sync.add_argument("--restored", action="store_true", help="also what was restored from a copy")
    _add_attention(add("attention", run.list_attention, "edits that were refused"), shared)
    _add_late(add("late", run.list_late, "edits of people who had left the district"), shared)
    settle = _with_id(add("settle", run.settle, "end a conflict: choose one of two values"))
    settle.add_argument("field", metavar="FIELD")
    settle.add_argument("value", nargs="?", metavar="VALUE", help="default: the one that stands")
    decide = _with_id(add("review", run.decide, "send for review, or decide"))
    decide.add_argument("decision", choices=[str(one) for one in review.Decision])
    decide.add_argument("--comment", type=_pair, action="append", default=[], metavar="FIELD=TEXT")
    erase = _with_id(add("erase", run.erase, "erase a record for good, everywhere"))
    erase.add_argument("--reason", required=True, choices=[one.key for one in choices(REASONS)])
    add("diagnostics", run.diagnostics, "versions and counts without anybody's data")
    add_seed(add)
    add_audit(commands, shared)
    add_calendar(commands, shared)
    add_carry(commands, shared)
    add_census(commands, shared)
    add_consent(commands, shared)
    add_copies(commands, shared)
    add_deadline(commands, shared)
    add_duplicates(commands, shared)
    add_exports(commands, shared)
    add_figures(commands, shared)
    add_imports(commands, shared)
    add_keys(commands, shared)
    add_overdue(commands, shared)
    add_papers(commands, shared)
    add_slip(commands, shared)
    add_people(commands, shared)
    add_quality(commands, shared)
    add_ratings(commands, shared)
    add_region(commands, shared)
    add_reports(commands, shared)
    add_privacy(commands, shared)
    add_search(commands, shared, _pair)
    add_update(commands, shared)
    add_forms(add_commands(commands), shared)
    add_waves(commands, shared)
    return parser


def _shared() -> argparse.ArgumentParser:
    """What all commands take. Suppressed: a command below another one must not reset it."""
    shared = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    shared.add_argument("--profile", type=Path, metavar="DIR", help="default: of this user")
    shared.add_argument("--lang", choices=list(LANGUAGES))
    shared.add_argument("--json", action="store_true", help="one JSON document on stdout")
    return shared


def _add_attention(attention: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    verbs = attention.add_subparsers(metavar="VERB", help="without one: list them")
    for name, command, help in (
        ("retry", run.retry, "make the edit anew, upon the record as it stands here"),
        ("discard", run.discard, "let the edit go"),
    ):
        verb = verbs.add_parser(name, parents=[shared], help=help)
        _with_id(verb).set_defaults(run=command)


def _add_late(late: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    verbs = late.add_subparsers(metavar="VERB", help="without one: list them")
    for name, help in (("take", "write it into its record"), ("drop", "let it go")):
        verb = _with_id(verbs.add_parser(name, parents=[shared], help=help))
        verb.set_defaults(run=run.decide_late, take=name == "take")


def _with_id(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("id", type=UUID, metavar="ID")
    return parser


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise argparse.ArgumentTypeError("write it as FIELD=VALUE")
    return name, value
