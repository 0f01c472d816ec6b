"""Asking on a thread of its own: one request at a time, and nothing is left as it was changed."""

import gc
import sys

import pytest

from sync.change import SyncReply, SyncRequest
from sync.client.ahead import at_once, by_thread
from sync.errors import Offline


def request():
    return SyncRequest(cursors={}, changes=[])


def broken(_):
    raise Offline("no network")


def test_an_answer_comes_when_it_is_waited_for():
    with by_thread() as ahead:
        assert ahead(lambda _: SyncReply(epoch="e"), request())().epoch == "e"


@pytest.mark.parametrize("way", ["by thread", "at once"])
def test_what_asking_raised_is_raised_where_the_answer_is_waited_for(way):
    with by_thread() as threaded:
        coming = (threaded if way == "by thread" else at_once)(broken, request())

        with pytest.raises(Offline):
            coming()


def test_pythons_own_settings_are_back_when_an_exchange_has_ended(request):
    tests_own = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    request.addfinalizer(lambda: gc.set_threshold(*tests_own))
    before = sys.getswitchinterval(), gc.get_threshold()

    with by_thread():
        assert sys.getswitchinterval() < before[0]
        assert gc.get_threshold()[0] > before[1][0]

    assert (sys.getswitchinterval(), gc.get_threshold()) == before
