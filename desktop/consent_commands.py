"""`consent text | withdraw`: what is read to people, and the end of a consent."""

import argparse
from typing import TYPE_CHECKING
from uuid import UUID

from desktop.actions import whole
from desktop.actions.consent import what_stays, withdraw
from desktop.command_line import opened, put_out
from desktop.consent_paper import to_read
from desktop.holdings.paper import as_text
from sync import consents
from sync.language import LANGUAGES
from sync.records.issue import Issue

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_consent(commands: "Commands", shared: argparse.ArgumentParser) -> None:
    """Add both. The text needs no profile."""
    consent = commands.add_parser("consent", help="the text that people consent to; its end")
    verbs = consent.add_subparsers(metavar="VERB", required=True)
    text = verbs.add_parser("text", parents=[shared], help="what is read to people, or signed")
    text.add_argument(
        "--version",
        choices=[one.version for one in consents.published()],
        default=consents.newest(Issue.consent_texts),
        metavar="VERSION",
        help="default: the newest",
    )
    text.add_argument("--in", dest="read_in", choices=list(LANGUAGES), help="default: as spoken")
    text.set_defaults(run=_text)
    end = verbs.add_parser(
        "withdraw", parents=[shared], help="consent ends; names and phone leave the record"
    )
    end.add_argument("id", type=UUID, metavar="ID")
    end.set_defaults(run=_withdraw)


def _text(args: argparse.Namespace) -> int:
    language = args.read_in or consents.language_read()
    said = to_read(args.version, language)
    document = {
        "version": args.version,
        "language": language,
        "words": [one.words for one in said],
    }
    put_out(args, document, as_text(said).rstrip("\n"))
    return 0


def _withdraw(args: argparse.Namespace) -> int:
    with opened(args) as (_, desk, _password):
        if whole.is_bare(desk, args.id):
            whole.bring(desk, args.id)
        [change] = withdraw(desk, args.id)
    put_out(args, {"id": change.record, "withdrawn": change.fields["consent_ended"]}, what_stays())
    return 0
