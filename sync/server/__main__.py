"""python -m sync.server: run the regional server, prepare its database, look after accounts."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from sync.errors import UserError
from sync.inventory import inventory
from sync.language import speak
from sync.server import admin, backup_commands, carried, joining, retention
from sync.server.breach import command as breach
from sync.server.daily import KEEPER
from sync.server.restoring import bring_arrivals
from sync.server.serve import serve
from sync.server.service import Service, open_service
from sync.server.settings import Settings, read_settings
from sync.server.store import prepare, require_head
from sync.server.tables import ServerBase

ADMIN: dict[str, Callable[[Session, Service, argparse.Namespace], admin.Result]] = {
    "add-account": lambda session, service, said: admin.add_account(
        session,
        service.pack,
        login=said.login,
        name=said.name or said.login,
        role=said.role,
        district=said.district,
        language=said.language,
    ),
    "set-role": lambda session, service, said: admin.set_role(
        session, service.pack, said.login, said.role, said.district
    ),
    "enrol-code": lambda session, service, said: (
        joining.hand_out(session, service, said.login, file=said.file, sheet=said.sheet)
        if said.file or said.sheet
        else admin.enrol_code(session, said.login)
    ),
    "list-accounts": lambda session, _, said: admin.list_accounts(session),
    "revoke": lambda session, _, said: admin.revoke(session, said.whom),
    "wipe": lambda session, _, said: admin.wipe(session, said.laptop, undo=said.undo),
    "reopen": lambda session, _, said: admin.reopen(session, said.login),
    "epoch": lambda session, _, said: admin.epoch(session, renew=said.renew),
    "audit": lambda session, _, said: admin.audit_of(session, said.head),
    "exports": lambda session, _, said: admin.exports(session),
    "inventory": lambda *_: [column.row() for column in inventory(ServerBase)],
}
APART: dict[str, Callable[[Service, Settings, argparse.Namespace], admin.Result | list[str]]] = {
    # with transactions of their own
    "retain": lambda service, _, said: {
        "dry_run": said.dry_run,
        **retention.run(service, dry=said.dry_run, everything=said.all).told(),
    },
    "backup": lambda service, settings, said: backup_commands.make(service, settings, said.to),
    "backups": lambda service, settings, said: backup_commands.listed(
        service, settings, said.of, said.check
    ),
    "breach": lambda service, _, said: _breach(service, said),
}
CHANGING = ADMIN.keys() - {
    "list-accounts",
    "audit",
    "exports",
    "inventory",
}  # written into the chain


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; the exit code: 0 done, 1 refused (in words), 2 usage."""
    said = _parser().parse_args(arguments)
    speak(said.lang)
    try:
        settings = read_settings(os.environ)
        if said.command == "admin" and said.action == "restore":
            _show(
                backup_commands.put_back(settings, said.source, give_up=said.give_up),
                as_json=said.json,
            )
            return 0
        with open_service(settings) as service:
            if said.command == "prepare" or said.prepare:
                prepare(service.store, service.districts)
                bring_arrivals(service, settings)
            if said.command == "prepare":
                _show({"prepared": len(service.districts)}, as_json=said.json)
            elif said.command == "admin" and said.action in APART:
                require_head(service.store)
                _show(APART[said.action](service, settings, said), as_json=said.json)
            elif said.command == "admin":
                require_head(service.store)
                with service.writing(KEEPER) as session:
                    result = ADMIN[said.action](session, service, said)
                    if said.action in CHANGING:
                        admin.note(session, said.action, result)
                _show(result, as_json=said.json)
            elif said.command == "carry":
                require_head(service.store)
                results = [carried.deliver_path(service, path) for path in said.files]
                _show(results, as_json=said.json)
            else:
                serve(service, settings)
    except UserError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    every = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    every.add_argument("--json", action="store_true", help="print JSON, one document")
    every.add_argument("--lang", help="language of messages: kk, ru, en")
    parser = argparse.ArgumentParser(
        prog="python -m sync.server", description=__doc__, parents=[every]
    )
    parser.add_argument("--prepare", action="store_true", help="prepare the database first")
    parser.set_defaults(command="serve", json=False, lang="en", prepare=False)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    serving = commands.add_parser("serve", parents=[every], help="answer laptops (the default)")
    serving.add_argument(
        "--prepare", action="store_true", default=argparse.SUPPRESS, help="prepare first"
    )
    commands.add_parser("prepare", parents=[every], help="make or update the tables")
    carrying = commands.add_parser("carry", parents=[every], help="take letters in, write replies")
    carrying.add_argument("files", nargs="+", type=Path, metavar="FILE")
    actions = commands.add_parser("admin", help="accounts and laptops").add_subparsers(
        dest="action", required=True, metavar="ACTION"
    )
    add = actions.add_parser("add-account", parents=[every], help="open an account")
    add.add_argument("login")
    add.add_argument("--name", default="", help="as people know the person")
    add.add_argument("--role", required=True)
    add.add_argument("--district", required=True, metavar="CODE", help="KATO code, or region")
    add.add_argument("--language", default="kk")
    other = actions.add_parser("set-role", parents=[every], help="give an account another role")
    other.add_argument("login")
    other.add_argument("--role", required=True)
    other.add_argument("--district", required=True, metavar="CODE", help="KATO code, or region")
    code = actions.add_parser("enrol-code", parents=[every], help="a one-time code for a laptop")
    code.add_argument("login")
    code.add_argument("--file", type=Path, metavar="OUT", help="as a join file, *.dala-join")
    code.add_argument("--sheet", type=Path, metavar="OUT", help="as a sheet to print, *.pdf")
    again = actions.add_parser("reopen", parents=[every], help="open a closed account")
    again.add_argument("login")
    actions.add_parser("list-accounts", parents=[every], help="accounts and their laptops")
    actions.add_parser("inventory", parents=[every], help="each column: why and how long kept")
    whom = actions.add_parser(
        "revoke", parents=[every], help="refuse a laptop, or close an account"
    )
    whom.add_argument("whom", metavar="DEVICE|LOGIN")
    ending = actions.add_parser(
        "wipe", parents=[every], help="ask a laptop to delete its work at its next contact"
    )
    ending.add_argument("laptop", metavar="DEVICE")
    ending.add_argument("--undo", action="store_true", help="while it has not")
    chain = actions.add_parser(
        "audit",
        parents=[every],
        help="who looked at what is confidential, and whether it is whole",
    )
    chain.add_argument("--head", default="", metavar="HASH", help="a last hash noted earlier")
    past = actions.add_parser(
        "retain", parents=[every], help="erase what is past its term, as is done daily"
    )
    past.add_argument("--dry-run", action="store_true", help="only count it")
    past.add_argument(
        "--all", action="store_true", help="also where it is more than a fifth of a kind"
    )
    backup = actions.add_parser("backup", parents=[every], help="back everything up, now")
    backup.add_argument("--to", type=Path, metavar="FOLDER", help="by default DALA_BACKUPS")
    backups = actions.add_parser("backups", parents=[every], help="the backups there are")
    backups.add_argument("--of", type=Path, metavar="FOLDER", help="by default DALA_BACKUPS")
    backups.add_argument("--check", default="", metavar="BACKUP", help="read one wholly")
    back = actions.add_parser("restore", parents=[every], help="put a backup back; stop first")
    back.add_argument("source", type=Path, metavar="BACKUP", help="the folder that it is")
    back.add_argument(
        "--give-up", action="store_true", help="what stands there now, where it cannot be read"
    )
    actions.add_parser(
        "exports", parents=[every], help="files that records left in; large ones are flagged"
    )
    lost = actions.add_parser(
        "breach", parents=[every], help="whose data a lost laptop or a misused account reached"
    )
    lost.add_argument("--device", default="", metavar="ID")
    lost.add_argument("--login", default="", metavar="LOGIN")
    lost.add_argument("--since", type=_day, metavar="DATE")
    lost.add_argument("--until", type=_day, metavar="DATE", help="that day included")
    lost.add_argument(
        "--to", type=Path, metavar="FOLDER", help="drafts of letters, table of people"
    )
    life = actions.add_parser("epoch", parents=[every], help="which life of the database this is")
    life.add_argument("--renew", action="store_true", help="after restoring a backup")
    return parser


def _day(text: str) -> date:
    """Raises ValueError, also for days that no clock here knows: before or after them is another one."""
    found = date.fromisoformat(text)
    if not date.min.year < found.year < date.max.year:
        raise ValueError(text)
    return found


def _breach(service: Service, said: argparse.Namespace) -> admin.Result | list[str]:
    told, files = breach.run(
        service,
        login=said.login,
        device=said.device,
        since=said.since,
        until=said.until,
        folder=said.to,
    )
    return breach.shown(service, told, files, as_json=said.json)


def _show(result: admin.Result | list[str], *, as_json: bool) -> None:
    """`result`: what JSON can hold; lines of a page are shown as they are."""
    if as_json:
        sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")
        return
    for row in result if isinstance(result, list) else [result]:
        line = row if isinstance(row, str) else "  ".join(f"{k}={v}" for k, v in row.items())
        sys.stdout.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main())
