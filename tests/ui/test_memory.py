"""What an open program holds is not looked through for garbage again and again."""

import gc

import pytest

from ui import memory


@pytest.fixture(autouse=True)
def given_back():
    yield
    gc.unfreeze()


class Ring:
    """Garbage that only a look through all finds."""

    def __init__(self):
        self.itself = self


def test_what_is_kept_is_looked_through_no_more_until_the_next_who_works():
    memory.settle()
    ring = Ring()
    assert any(one is ring for one in gc.get_objects())

    memory.keep()
    assert not any(one is ring for one in gc.get_objects())

    del ring
    memory.settle()
    gc.unfreeze()
    assert not any(isinstance(one, Ring) for one in gc.get_objects())
