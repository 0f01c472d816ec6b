"""`region-ask | region-use` on the laptop, `region-key …` for the custodians, who have no profile.

The custodians' commands belong on a computer without a network. Their sheets are asked for one by
one, and the private half of the key is never written.
"""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import custodians
from desktop.command_line import enrolled_profile, put_out
from desktop.files import write_whole
from desktop.key_commands import how_to_keep, spelled
from desktop.lock import only_here
from desktop.passwords import ask_new_password, ask_password, ask_sheet
from desktop.recoveries import recover_by_region
from desktop.recovery_code import groups
from desktop.region_letters import LONGEST, Reply, Request, open_letter, written
from desktop.region_recovery import ask_region
from desktop.shares import Share, read_share
from sync import officers, region_key
from sync.errors import UserError
from sync.language import mark, tr
from sync.officers import read_card, read_list
from sync.region_key import RegionKey, fingerprint

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_region(commands: "Commands", shared: argparse.ArgumentParser) -> None:
    """Add the commands."""
    ask = commands.add_parser(
        "region-ask", parents=[shared], help="no sheet either: a request to the custodians"
    )
    ask.add_argument("--to", type=Path, required=True, metavar="FILE")
    ask.set_defaults(run=_ask)
    use = commands.add_parser("region-use", parents=[shared], help="open by their answer")
    use.add_argument("reply", type=Path, metavar="FILE")
    use.set_defaults(run=_use)
    key = commands.add_parser("region-key", help="the custodians' work, on a computer apart")
    verbs = key.add_subparsers(required=True, metavar="VERB")
    for name, run, help in (
        ("make", _make, "a region's first key, and the sheets of its custodians"),
        ("renew", _renew, "a new key that laptops take, for the one before has signed it"),
        ("share", _share, "new sheets of the same key, where one was lost"),
    ):
        verb = verbs.add_parser(name, parents=[shared], help=help)
        verb.add_argument("--key", type=Path, required=True, metavar="FILE", help="public half")
        verb.add_argument("--custodians", type=int, default=3, metavar="N")
        verb.add_argument("--needed", type=int, default=2, metavar="N")
        verb.set_defaults(run=run)
    appoint = verbs.add_parser(
        "officers", parents=[shared], help="who opens sealed reports: the next list, signed"
    )
    appoint.add_argument("--key", type=Path, required=True, metavar="FILE", help="public half")
    appoint.add_argument("--list", type=Path, required=True, metavar="FILE", dest="officers")
    appoint.add_argument("--add", type=Path, action="append", default=[], metavar="CARD")
    appoint.add_argument("--drop", action="append", default=[], metavar="CHECK")
    appoint.add_argument("--needed", type=int, default=2, metavar="N")
    appoint.set_defaults(run=_officers)
    answer = verbs.add_parser("answer", parents=[shared], help="answer a laptop's request")
    answer.add_argument("request", type=Path, metavar="FILE")
    answer.add_argument("--to", type=Path, required=True, metavar="FILE")
    answer.add_argument("--needed", type=int, default=2, metavar="N")
    answer.set_defaults(run=_answer)


def _ask(args: argparse.Namespace) -> int:
    profile = enrolled_profile(args)
    with only_here(profile.lock):
        request = ask_region(profile.keys, ask_new_password())
    write_whole(args.to, written(request).encode())
    put_out(
        args,
        {"file": str(args.to), "check": request.check},
        tr("The request is in {file}. Bring it to the custodians.", file=args.to),
        tr("Read them this by voice, so that they know it is yours: {check}", check=request.check),
    )
    return 0


def _use(args: argparse.Namespace) -> int:
    profile = enrolled_profile(args)
    reply = open_letter(args.reply, Reply)
    with only_here(profile.lock):
        code = spelled(recover_by_region(profile, reply, ask_password()))
    put_out(args, {"code": code}, how_to_keep(), code)
    return 0


def _make(args: argparse.Namespace) -> int:
    if args.key.exists():
        raise UserError(mark("{file} is there already, and was not changed."), file=args.key)
    _check_numbers(args)
    row, shares = custodians.make(args.needed, args.custodians)
    return _put_out_key(args, row, shares)


def _renew(args: argparse.Namespace) -> int:
    _check_numbers(args)
    row = region_key.read_row(_text(args.key))
    row, shares = custodians.renew(row, _sheets(args), args.needed, args.custodians)
    return _put_out_key(args, row, shares)


def _share(args: argparse.Namespace) -> int:
    _check_numbers(args)
    row = region_key.read_row(_text(args.key))
    shares = custodians.share_anew(row, _sheets(args), args.needed, args.custodians)
    _put_out_sheets(args, row, shares)
    return 0


def _answer(args: argparse.Namespace) -> int:
    request = open_letter(args.request, Request)
    answer = custodians.answer(request, _sheets(args))
    whose = custodians.whose(answer.owner)
    asked = tr("Ask the owner by voice. They must read: {check}", check=request.check)
    put_out(args, {"check": request.check, "owner": answer.owner}, *whose, asked)
    write_whole(args.to, written(answer.reply).encode())
    return 0


def _officers(args: argparse.Namespace) -> int:
    before = read_list(_text(args.officers)) if args.officers.exists() else None
    cards = [read_card(_text(path)) for path in args.add]
    for card in cards:
        told = tr("Ask {name} by voice. They must read: {check}", name=card.name, check=card.check)
        sys.stderr.write(f"{told}\n")
    row = region_key.read_row(_text(args.key))
    following = custodians.appoint(row, _sheets(args), before, cards, args.drop)
    write_whole(args.officers, officers.written(following).encode())
    shown = [{"name": one.name, "check": one.check} for one in following.readers]
    lines = [f"{one['name']} · {one['check']}" for one in shown]
    put_out(args, {"serial": following.serial, "officers": shown}, *lines)
    return 0


def _put_out_key(args: argparse.Namespace, row: list[RegionKey], shares: list[Share]) -> int:
    """The sheets last: the key is on the disk before anybody writes one down."""
    write_whole(args.key, region_key.written(row).encode())
    _put_out_sheets(args, row, shares)
    return 0


def _put_out_sheets(args: argparse.Namespace, row: list[RegionKey], shares: list[Share]) -> None:
    print_of_key = fingerprint(row[-1].keys)
    lines = [tr("The region's key: {fingerprint}", fingerprint=print_of_key)]
    for share in shares:
        head = tr("Sheet {number} of {count}, for one custodian alone. Any {needed} open a file.")
        head = head.format(number=share.place, count=len(shares), needed=args.needed)
        lines += ["", head, " ".join(groups(share.words))]
    document = {"fingerprint": print_of_key, "sheets": [share.words for share in shares]}
    put_out(args, document, *lines)


def _sheets(args: argparse.Namespace) -> list[Share]:
    return [read_share(ask_sheet(number)) for number in range(1, args.needed + 1)]


def _check_numbers(args: argparse.Namespace) -> None:
    if not 1 < args.needed <= args.custodians <= 9:
        raise UserError(mark("At least two custodians are needed, and nine at most can be."))


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(LONGEST).decode("ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(mark("{file} cannot be read."), file=path) from error
