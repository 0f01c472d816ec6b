"""`people`: who has a file on this computer; with --name, what the button of one of them says."""

import argparse
from typing import TYPE_CHECKING

from desktop import this_computer
from desktop.command_line import opened, put_out
from desktop.folder import data_folder
from sync.language import tr

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_people(commands: "Commands", shared: argparse.ArgumentParser) -> None:
    """Add the command."""
    people = commands.add_parser(
        "people", parents=[shared], help="who has a file on this computer; needs no password"
    )
    people.add_argument("--name", help="what your button says from now on; anybody here sees it")
    people.set_defaults(run=_people)


def _people(args: argparse.Namespace) -> int:
    """The folder of each, to be given as --profile."""
    if args.name is not None:
        with opened(args) as (profile, desk, _):
            this_computer.introduce(profile, args.name, desk.person.district)
            name = this_computer.name_of(profile)
        put_out(args, {"name": name}, name)
        return 0
    here = this_computer.owners(args.profile or data_folder())
    rows = [
        {
            "folder": str(one.folder),
            "name": one.name,
            "district": one.district,
            "broken": one.broken,
        }
        for one in here
    ]
    put_out(args, rows, *(f"{one.folder} · {one.name or tr('Without a name')}" for one in here))
    return 0
