"""`report …` for whoever writes or follows up a sealed report, `officer …` for those who open them.

What a report says comes on stdin, never as an argument: other people of a computer see those.
"""

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec

from desktop.actions import officer, quality, reports
from desktop.actions.reports import Said, Thread
from desktop.command_line import opened, put_out
from desktop.files import write_whole
from desktop.passwords import ask_report_code
from desktop.reports.code import read_reporter, spelled
from desktop.reports.letters import HandedOver, Report
from sync.errors import UserError
from sync.language import mark, tr, trn
from sync.officers import written
from sync.quality import LONGEST_REASON

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

LONGEST = 2**20  # characters of stdin


class Written(msgspec.Struct, forbid_unknown_fields=True):
    """The JSON of `report write`."""

    what: str
    where: str = ""
    when: str = ""
    reporter_name: str = ""
    contact: str = ""


def add_reports(commands: "Commands", shared: argparse.ArgumentParser) -> None:
    """Add the commands."""

    def add(verbs: "Commands", name: str, run: Any, help: str) -> argparse.ArgumentParser:
        verb = verbs.add_parser(name, parents=[shared], help=help)
        verb.set_defaults(run=run)
        return verb

    report = commands.add_parser("report", help="sealed reports of corruption, for who reports")
    verbs = report.add_subparsers(required=True, metavar="VERB")
    write = add(verbs, "write", _write, "seal one, from JSON on stdin; prints its number and code")
    write.add_argument("--photo", type=Path, action="append", default=[], metavar="FILE")
    for name, run, help in (
        ("follow", _follow, "what was answered; asks for the code, or DALA_REPORT_CODE"),
        ("add", _add, "add a word, from stdin"),
    ):
        add(verbs, name, run, help).add_argument("number", metavar="NUMBER")
    own = commands.add_parser("officer", help="an integrity officer's work with sealed reports")
    verbs = own.add_subparsers(required=True, metavar="VERB")
    key = add(
        verbs, "key", _key, "the own key: the card for the custodians; makes a key if needed"
    )
    key.add_argument("--to", type=Path, required=True, metavar="FILE")
    add(verbs, "list", _list, "the reports that this laptop opens")
    add(verbs, "show", _show, "one of them").add_argument("number", metavar="NUMBER")
    add(verbs, "answer", _answer, "say something to its reporter, from stdin").add_argument(
        "number", metavar="NUMBER"
    )
    hand = add(verbs, "hand-over", _hand_over, "it is with a body of the directory")
    hand.add_argument("number", metavar="NUMBER")
    hand.add_argument("--body", type=UUID, required=True, metavar="ID")
    hand.add_argument("--on", type=date.fromisoformat, required=True, metavar="DATE")
    hand.add_argument("--incoming", default="", metavar="NUMBER")
    whose = add(verbs, "whose", _whose, "who held the interviews of a number; the reason on stdin")
    whose.add_argument("number", metavar="NUMBER")
    whose.add_argument("--wave", type=UUID, required=True, metavar="ID")
    add(verbs, "give-earlier", _give, "let officers who came later open the earlier reports")


def _write(args: argparse.Namespace) -> int:
    try:
        said = msgspec.json.decode(sys.stdin.read(LONGEST), type=Written)
    except (ValueError, RecursionError) as error:
        raise UserError(
            mark('A report is JSON on stdin: {{"what": "…"}}, perhaps with {names}.'),
            names="where, when, reporter_name, contact",
        ) from error
    with opened(args) as (_, desk, _password):
        reporter = reports.write(desk, **msgspec.structs.asdict(said), photos=args.photo)
    number, code = spelled(reporter.number), spelled(reporter.code)
    lines = [
        tr("Number of the report: {number}", number=number),
        tr("Its code: {code}", code=code),
        tr("Only who has both can read the answers. They are not shown again."),
    ]
    put_out(args, {"number": number, "code": code}, *lines)
    return 0


def _follow(args: argparse.Namespace) -> int:
    reporter = read_reporter(args.number, ask_report_code())
    with opened(args) as (_, desk, _password):
        _put_out_thread(args, reports.follow(desk, reporter))
    return 0


def _add(args: argparse.Namespace) -> int:
    reporter, text = read_reporter(args.number, ask_report_code()), sys.stdin.read(LONGEST)
    with opened(args) as (_, desk, _password):
        sent = reports.add(desk, reporter, text, reports.follow(desk, reporter))
    put_out(
        args, {"sent": sent}, tr("Added.") if sent else tr("It waits here until the next sync.")
    )
    return 0


def _key(args: argparse.Namespace) -> int:
    with opened(args) as (_, desk, _password):
        card = officer.make_key(desk)
    write_whole(args.to, written(card).encode())
    put_out(
        args,
        {"file": str(args.to), "check": card.check},
        tr(
            "Your card is in {file}. Bring it to the custodians of the region's key.", file=args.to
        ),
        tr("Read them this by voice, so that they know it is yours: {check}", check=card.check),
    )
    return 0


def _list(args: argparse.Namespace) -> int:
    with opened(args) as (_, desk, _password):
        found, now = officer.threads(desk), officer.standing(desk)
    rows = [_row(one) for one in found]
    lines = [f"{row['number']} · {row['on']} · {row['handed_to'] or '-'}" for row in rows]
    if now.unread:
        lines.append(
            trn("{n} letter is not for the keys of this laptop.",
                "{n} letters are not for the keys of this laptop.", now.unread)
        )  # fmt: skip
    put_out(args, {"reports": rows, "unread": now.unread, "owed": now.owed}, *lines)
    return 0


def _show(args: argparse.Namespace) -> int:
    with opened(args) as (_, desk, _password):
        _put_out_thread(args, officer.find(desk, args.number))
    return 0


def _answer(args: argparse.Namespace) -> int:
    text = sys.stdin.read(LONGEST)
    with opened(args) as (_, desk, _password):
        officer.answer(desk, officer.find(desk, args.number), text)
    put_out(args, {"waiting": True}, tr("It waits here until the next sync."))
    return 0


def _hand_over(args: argparse.Namespace) -> int:
    with opened(args) as (_, desk, _password):
        found = officer.find(desk, args.number)
        officer.hand_over(desk, found, args.body, args.on, args.incoming)
    put_out(args, {"waiting": True}, tr("It waits here until the next sync."))
    return 0


def _whose(args: argparse.Namespace) -> int:
    reason = sys.stdin.read(LONGEST_REASON + 1)
    with opened(args) as (_, desk, _password):
        login = quality.who_is(desk, args.wave, args.number, reason)
    put_out(args, {"login": login}, login)
    return 0


def _give(args: argparse.Namespace) -> int:
    with opened(args) as (_, desk, _password):
        done = officer.give_earlier(desk)
    put_out(args, {"letters": done}, str(done))
    return 0


def _put_out_thread(args: argparse.Namespace, thread: Thread) -> None:
    document = {**_row(thread), "said": [_said(one) for one in thread.said]}
    lines = [
        " · ".join(str(value) for name, value in one.items() if value and name != "kind")
        for one in document["said"]
    ]
    put_out(args, document, *lines)


def _row(thread: Thread) -> dict[str, Any]:
    report = thread.report
    return {
        "number": spelled(thread.number),
        "on": str(report.on) if report else "",
        "handed_to": thread.handed_to,
        "foreign": thread.foreign,
    }


def _said(one: Said) -> dict[str, Any]:
    letter = one.letter
    told: dict[str, Any] = {"by": one.by, "on": str(letter.on)}
    if isinstance(letter, Report):
        names = ("what", "where", "when", "reporter_name", "contact")
        return {
            "kind": "report", **told, **{name: getattr(letter, name) for name in names},
            "photos": len(letter.photos),
        }  # fmt: skip
    if isinstance(letter, HandedOver):
        more = {name: getattr(letter, name) for name in ("body", "incoming_number", "text")}
        return {"kind": "handed_over", **told, **more, "handed_on": str(letter.handed_on)}
    return {"kind": "word", **told, "text": letter.text}
