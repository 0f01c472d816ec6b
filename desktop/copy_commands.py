"""`backup | restore | check`: copies of the work, and whether it is whole."""

import argparse
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.backups import Backup, list_backups, make_backup
from desktop.command_line import at_work, opened, put_out
from desktop.copy_words import repair_words
from desktop.folder import choose_profile
from desktop.health import Health, back_up, examine
from desktop.lock import only_here
from desktop.passwords import ask_code, ask_new_password, ask_password
from desktop.recovery_code import groups
from desktop.repair import check_and_repair
from desktop.restoring import prepare, settle_restored
from desktop.second_place import choose_place, copy_to_place, find_backups, forget_place
from sync.errors import UserError
from sync.language import mark, tr, trn

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

DAMAGED = 4


def add_copies(commands: "Commands", shared: argparse.ArgumentParser) -> None:
    """Add the three commands."""

    def add(name: str, help: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, parents=[shared], help=help)
        added.set_defaults(run={"check": _check, "backup": _backup, "restore": _restore}[name])
        return added

    check = add("check", "read the whole file and check it")
    check.add_argument(
        "--repair", action="store_true", help="have damaged photos back, from copies or the server"
    )
    backup = add("backup", "copy file, keys and photos, encrypted as they are")
    where = backup.add_mutually_exclusive_group()
    where.add_argument("--to", type=Path, metavar="FOLDER")
    where.add_argument(
        "--place", type=Path, metavar="FOLDER", help="also from now on, as often as it is there"
    )
    where.add_argument("--no-place", action="store_true", help="no second place any more")
    restore = add("restore", "put a copy in the place of the file, which is put aside")
    restore.add_argument("--from", dest="source", type=Path, metavar="FOLDER", help="of copies")
    restore.add_argument("--copy", metavar="NAME", help="default: the newest")
    restore.add_argument("--list", action="store_true", help="only name the copies there are")
    restore.add_argument(
        "--code", action="store_true", help="by the recovery code: on another computer"
    )


def _check(args: argparse.Namespace) -> int:
    """Read the whole file and every photo; put right what can be."""
    if args.repair:
        with opened(args) as (profile, desk, password):
            done = check_and_repair(profile, desk)
        if done.file:  # what is damaged is mended when it is opened next
            with only_here(profile.lock), at_work(profile, password) as desk:
                done = check_and_repair(profile, desk)
        put_out(args, {"sound": done.sound, **asdict(done)}, *repair_words(done), *done.file)
        return DAMAGED if done.file or done.lost else 0
    with opened(args) as (_, desk, _password):
        health = examine(desk)
    put_out(args, {"sound": health.sound, **asdict(health)}, *_health_words(health), *health.file)
    return 0 if health.sound else DAMAGED


def _health_words(health: Health) -> Iterator[str]:
    yield tr("The file is damaged.") if health.file else tr("The file is sound.")
    if n := health.photos_damaged:
        yield trn(
            "{n} photo or file is missing or damaged.",
            "{n} photos or files are missing or damaged.",
            n,
        )


def _backup(args: argparse.Namespace) -> int:
    """Copy all that a profile holds, here or elsewhere; or choose the second place and fill it."""
    with opened(args) as (profile, desk, _password):
        if args.no_place:
            forget_place(profile)
            put_out(args, {"folder": None}, tr("No copies go to a second place any more."))
            return 0
        if args.place:
            folder = choose_place(profile, args.place).own
            make_backup(profile, desk, datetime.now(UTC))
            copy_to_place(profile, desk)
        else:
            folder = back_up(profile, desk, args.to)
    put_out(args, {"folder": str(folder)}, str(folder))
    return 0


def _restore(args: argparse.Namespace) -> int:
    """Put the newest copy, or the one that is named, in the place of the file."""
    profile = choose_profile(args.profile)
    copies = find_backups(args.source) if args.source else list_backups(profile.copies)
    if args.list:
        put_out(args, [_shown(one) for one in copies], *map(_line, copies))
        return 0
    named = [one for one in copies if args.copy in (None, one.folder.name)]
    if not named:
        raise UserError(mark("There is no such copy here. See what there is with --list."))
    with only_here(profile.lock):
        code = ask_code() if args.code else ""
        password = ask_new_password() if args.code else ask_password()
        following = prepare(profile, named[0], password, code)
        settle_restored(profile)
        with at_work(profile, password):
            pass
    new_code = "-".join(groups(following)) if following else ""
    lines = [tr("The copy is in its place. Nothing is synced before you say so: sync --restored.")]
    if following:
        lines += [tr("Write this code down and keep it away from the laptop."), new_code]
    put_out(args, {**_shown(named[0]), "code": new_code}, *lines)
    return 0


def _shown(one: Backup) -> dict[str, object]:
    return {
        "copy": one.folder.name,
        "made": one.made,
        "bytes": one.size,
        "records": one.about.records,
        "waiting": one.about.waiting,
    }


def _line(one: Backup) -> str:
    return f"{one.folder.name} · {one.size} · {one.about.records} · {one.about.waiting}"
