"""Folders in which backups lie beside other things, and what a damaged file or an empty server does there."""

from datetime import timedelta

import pytest

from sync.errors import UserError
from sync.server.alone import beside_others
from sync.server.backing_up import back_up
from sync.server.backup_check import check
from sync.server.backups import STAMP, file_path, list_backups
from tests.sync.server.backups_made import (  # noqa: F401
    given_clock,
    given_folder,
    given_service,
    names,
    take_turn,
)
from tests.sync.server.test_erasure import PHOTO, given_an_issue, name_of


def test_what_others_have_in_the_chosen_folder_stays(server, service, folder):
    theirs = [
        folder / "files" / "2025" / "report.xlsx",
        folder / "draft.tmp",
        folder / "borg.tmp" / "segment",
        folder / "files" / "ab" / "notes.tmp",
    ]
    for one in theirs:
        one.parent.mkdir(parents=True, exist_ok=True)
        one.write_bytes(b"a year of work")

    back_up(service, folder)

    assert [one.name for one in theirs if not one.exists()] == []


def test_backups_in_the_data_folder_itself_are_made_or_refused_in_words(service, tmp_path):
    """Both locks have one name: the server that serves keeps itself out, and says nothing."""
    with beside_others(tmp_path, UserError("")):  # as `open_service` does
        try:
            made = take_turn(service, tmp_path)
        except UserError:
            return
    assert made


def test_a_file_that_was_found_damaged_is_whole_again_with_the_next_backup(
    server, service, folder
):
    """The server has it still; by its size alone nobody sees that it is another one."""
    given_an_issue(server.laptop("aidana"))
    back_up(service, folder)
    file_path(folder, name_of(PHOTO)).write_bytes(b"x" * len(PHOTO))
    with pytest.raises(UserError, match="damaged"):
        check(list_backups(folder)[0], service.programs, service.now())

    back_up(service, folder)

    check(list_backups(folder)[0], service.programs, service.now())


def test_a_backup_of_a_new_and_empty_server_ends_none_of_the_old_one(
    server, service, folder, clock
):
    """It lay broken for 36 days; whoever sets the next one up tries «admin backup» before «restore»."""
    given_an_issue(server.laptop("aidana"))
    made = back_up(service, folder).folder
    old = made.replace(folder / (service.now() - timedelta(days=36)).strftime(STAMP)).name

    back_up(service, folder)  # as good as any: that it has nothing in it is not asked

    assert old in names(folder)
