"""`update check | install | back | address`: a newer program, as the region signed it."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.command_line import put_out
from desktop.folder import choose_profile
from desktop.settings import load_settings, save_setting
from desktop.updates.telling import instead_words, offer_words
from sync.language import tr

if TYPE_CHECKING:
    from desktop.folder import Profile

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_update(commands: "Commands", shared: argparse.ArgumentParser) -> None:
    """Add the command and its verbs."""
    update = commands.add_parser("update", help="a newer version of this program")
    verbs = update.add_subparsers(required=True, metavar="VERB")
    for name, run, help in (
        ("check", _check, "whether there is one"),
        ("install", _install, "fetch it, try it, and start it from the next time on"),
    ):
        verb = verbs.add_parser(name, parents=[shared], help=help)
        verb.add_argument(
            "--from", type=Path, metavar="FOLDER", dest="folder", help="on a stick, not by network"
        )
        verb.set_defaults(run=run)
    back = verbs.add_parser("back", parents=[shared], help="to the version before")
    back.add_argument("--anyway", action="store_true", help="also if it cannot open the work")
    back.set_defaults(run=_back)
    address = verbs.add_parser("address", parents=[shared], help="where the region serves them")
    address.add_argument("address", nargs="?", metavar="URL", help='"": nowhere')
    address.set_defaults(run=_address)


def _check(args: argparse.Namespace) -> int:
    from desktop.updates.asking import look

    found = look(_whose(args), args.folder)
    lines = [tr("This is the newest version: {version}.", version=found.current)]
    if found.offered:
        lines = offer_words(found)
    if found.failed:
        lines.append(tr("Version {version} did not come up here.", version=found.failed))
    offered: dict[str, object] = {"found": found.offered or None}
    if found.offered:
        offered |= {"bytes": found.size, "package_bytes": found.whole}
    put_out(args, {"current": found.current, "failed": found.failed or None, **offered}, *lines)
    return 0


def _install(args: argparse.Namespace) -> int:
    from desktop.updates.asking import stand, take

    installed = take(_whose(args), args.folder)
    now = stand().current
    lines = [tr("This is the newest version: {version}.", version=now)]
    came: dict[str, object] = {"installed": None}
    if installed:
        lines = [tr("Version {version} is installed. Dala starts it from now on.", version=now)]
        came = {"installed": installed.version.name, "bytes": installed.size}
        if installed.whole_instead:
            lines.append(instead_words(installed.size))
    put_out(args, {**came, "current": now}, *lines)
    return 0


def _back(args: argparse.Namespace) -> int:
    from desktop.updates.asking import back

    version = back(anyway=args.anyway)
    words = tr("Dala starts version {version} from now on.", version=version)
    put_out(args, {"current": version}, words)
    return 0


def _address(args: argparse.Namespace) -> int:
    from desktop.updates.sources import require_address

    settings = choose_profile(args.profile).settings
    if args.address is not None:
        save_setting(settings, "updates", require_address(args.address))
    kept = str(load_settings(settings)["updates"])
    put_out(args, {"address": kept}, kept or "-")
    return 0


def _whose(args: argparse.Namespace) -> "Profile | None":
    """Whose address is asked; nobody's where a folder is named."""
    return None if args.folder else choose_profile(args.profile)
