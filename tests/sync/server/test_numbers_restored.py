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
        return number_of(issue, server.laptop(login).exchange(issue))


def number_of(issue, reply):
    return next(one.fields["number"] for one in reply.changes if one.record == issue.record)


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


def test_who_repeats_a_lost_record_without_its_number_is_given_the_same_again(url, data, folder):
    """Its laptop never had the answer; another one's did, or a slip was printed."""
    made = backed_up(url, data, folder)
    issue = whole_issue()
    with running(url, data) as server:
        zere = server.laptop("zere")
        first = number_of(issue, zere.exchange(issue))
    restore(settings_of(url, data), made)

    other = give(url, data, "bekzat")
    with running(url, data) as server:
        again = number_of(issue, server.laptop("zere").exchange(issue))

    assert (first, other, again) == ("6156-2026-00001", "6156-2026-00002", first)


@pytest.mark.parametrize("before", [0, 1])
def test_what_a_replaced_database_was_in_doubt_of_the_one_put_back_is_too(
    url, data, folder, before
):
    """The first restore, which nothing could be read for, left room; the second one leaves it."""
    if before:
        give(url, data, "aidana")
    made = backed_up(url, data, folder)
    lost = give(url, data, "bekzat")
    lose(url, data)
    restore(settings_of(url, data), made)

    restore(settings_of(url, data), made)

    assert give(url, data, "zere") == f"6156-2026-{before + ROOM + 1:05d}" != lost


def test_room_that_was_left_once_is_not_left_again(url, data, folder):
    made = backed_up(url, data, folder)
    lose(url, data)
    restore(settings_of(url, data), made)
    given = [give(url, data, "zere")]
    made = backed_up(url, data, folder)

    restore(settings_of(url, data), made)

    given.append(give(url, data, "aidana"))
    assert given == [f"6156-2026-{ROOM + n:05d}" for n in (1, 2)]
