"""`update check | install | back | address`: a newer program, as the region signed it.

Nothing is looked for but when somebody asks.
"""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.command_line import put_out
from desktop.folder import choose_profile
from desktop.settings import load_settings, save_setting
from sync.errors import UserError
from sync.language import mark, tr

if TYPE_CHECKING:
    from desktop.updates.trust import Repository

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

NO_ADDRESS = mark(
    "No address of updates is set on this laptop. Ask the region for it (update address URL), or "
    "take the update from a stick: --from FOLDER."
)
NO_FOLDER = mark("{name} is no folder with updates: it has no “metadata” in it.")


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
    from desktop.updates import versions
    from desktop.updates.installing import find
    from desktop.updates.trust import root_of_trust

    root, programs = root_of_trust(), versions.this_users_programs()
    with _repository(args) as repository:
        offer = find(programs, repository, root)
    state = versions.read_state(programs)
    now = versions.running(state)
    lines = [tr("This is the newest version: {version}.", version=now)]
    if offer:
        megabytes = max(1, round(offer.size / 1e6))
        lines = [
            tr(
                "There is a newer version: {version} ({n} MB). Yours is {now}.",
                version=offer.version.name,
                n=megabytes,
                now=now,
            )
        ]
    if state.failed:
        lines.append(tr("Version {version} did not come up here.", version=state.failed))
    found = {"found": offer.version.name, "bytes": offer.size} if offer else {"found": None}
    put_out(args, {"current": now, "failed": state.failed or None, **found}, *lines)
    return 0


def _install(args: argparse.Namespace) -> int:
    from desktop.updates import versions
    from desktop.updates.installing import install
    from desktop.updates.trust import root_of_trust

    root, programs = root_of_trust(), versions.this_users_programs()
    with _repository(args) as repository:
        installed = install(programs, repository, root)
    now = versions.running(versions.read_state(programs))
    words = tr("This is the newest version: {version}.", version=now)
    if installed:
        words = tr("Version {version} is installed. Dala starts it from now on.", version=now)
    put_out(args, {"installed": installed.name if installed else None, "current": now}, words)
    return 0


def _back(args: argparse.Namespace) -> int:
    from desktop.updates.installing import back
    from desktop.updates.versions import this_users_programs

    version = back(this_users_programs(), args.anyway)
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


@contextmanager
def _repository(args: argparse.Namespace) -> "Iterator[Repository]":
    """The folder that was named, or the address that is set. Raises UserError for neither."""
    from desktop.network import open_line
    from desktop.updates.sources import FolderSource, LineSource
    from desktop.updates.trust import Repository

    if args.folder:
        if not (args.folder / "metadata").is_dir():
            raise UserError(NO_FOLDER, name=args.folder)
        yield Repository(str(args.folder.absolute()), FolderSource())
        return
    profile = choose_profile(args.profile)
    address = str(load_settings(profile.settings)["updates"])
    if not address:
        raise UserError(NO_ADDRESS)
    with open_line(profile) as http:
        yield Repository(address, LineSource(http))
