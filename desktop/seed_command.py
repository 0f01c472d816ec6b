"""`seed`: invented data into a training profile, which it makes of an empty folder. `training`: leave it."""

import argparse
import sys
from collections.abc import Callable
from datetime import date

from desktop import training
from desktop.actions.seeding import MOST, seed
from desktop.command_line import put_out
from desktop.folder import Profile, choose_profile, is_enrolled
from desktop.lock import only_here
from desktop.profile import close_desk
from sync.errors import UserError
from sync.language import mark, tr

UNTIL = mark("The last day is written as 2026-11-05.")


def add_seed(add: Callable[..., argparse.ArgumentParser]) -> None:
    """The commands and what they take."""
    parser = add("seed", run_seed, "invented data, in a training profile that never syncs")
    parser.add_argument("--records", type=int, required=True, metavar="N", help=f"1 to {MOST}")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="another one, other data")
    parser.add_argument("--days", type=int, default=365, metavar="D", help="over so many days")
    parser.add_argument("--until", metavar="DATE", help="the last of them; default: today")
    parser.add_argument("--only", action="append", default=[], metavar="KIND")
    parser.add_argument("--role", choices=training.ROLES, default="coordinator")
    parser.add_argument("--district", default="", metavar="CODE", help="of who is no coordinator")
    parser.add_argument("--region", default="", metavar="NAME", help="the region's pack")
    parser = add("training", run_training, "whether a profile is training; leave it: wipe it")
    parser.add_argument("--leave", action="store_true")


def run_seed(args: argparse.Namespace) -> int:
    """Needs no password: nothing in a training profile is secret."""
    profile = _profile(args)
    until = _day(args.until)
    with only_here(profile.lock):
        desk = training.open_or_new(
            profile, role=args.role, district=args.district, region=args.region
        )
        try:
            made = seed(
                desk,
                args.records,
                seed=args.seed,
                days=args.days,
                until=until,
                kinds=args.only,
                tell=_tell,
            )
        finally:
            close_desk(desk)
    lines = [f"{kind}: {count}" for kind, count in made.counts.items()]
    put_out(args, {"records": made.records, "kinds": made.counts}, *lines)
    return 0


def run_training(args: argparse.Namespace) -> int:
    """Tell, or wipe."""
    profile = _profile(args)
    with only_here(profile.lock):
        is_one = is_enrolled(profile) and profile.training.exists()
        if args.leave:
            training.leave(profile)
    words = tr("Training was left, and nothing of it is kept.") if args.leave else ""
    words = words or (tr("Training") if is_one else tr("This profile is no training."))
    put_out(args, {"training": is_one and not args.leave}, words)
    return 0


def _profile(args: argparse.Namespace) -> Profile:
    if args.profile is None:
        raise UserError(
            mark("Name a folder by --profile: training has one of its own, not that of your work.")
        )
    profile = choose_profile(args.profile)
    if is_enrolled(profile) and not profile.training.exists():
        raise UserError(training.NOT_TRAINING, folder=profile.folder)
    return profile


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise UserError(UNTIL) from error


def _tell(done: int, of: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{done} / {of}")
        sys.stderr.flush()
