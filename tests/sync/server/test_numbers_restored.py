"""A backup is put back, and numbers of the register that were told to somebody are nobody else's."""

import pytest

from sync.server.numbers import ROOM
from sync.server.restoring import restore
from tests.servers import whole_issue
from tests.sync.server.put_back import (  # noqa: F401
    backed_up,
    given_data,
    given_folder,
    given_url,
    lose,
    running,
    settings_of,
)


def give(url, data, login):
    """The number that a new issue of this person is given."""
    with running(url, data) as server:
        issue = whole_issue()
        told = server.laptop(login).exchange(issue).changes
        return next(one.fields["number"] for one in told if one.record == issue.record)


@pytest.mark.parametrize("known", [True, False])
def test_numbers_go_on_from_where_they_had_come_or_leave_room(url, data, folder, known):
    assert give(url, data, "aidana") == "6156-2026-00001"
    made = backed_up(url, data, folder)
    assert give(url, data, "bekzat") == "6156-2026-00002"
    if not known:
        lose(url, data)

    restore(settings_of(url, data), made)

    next = 3 if known else 1 + ROOM + 1
    assert give(url, data, "zere") == f"6156-2026-{next:05d}"
