import pytest

from sync.records import KINDS
from sync.records.base import Reviewed
from ui.screens import SCREENS, picture_of, screen_of


def test_a_kind_has_the_picture_of_the_screen_that_opens_it():
    opened = [(screen, kind) for screen in SCREENS for kind in screen.kinds]

    assert {kind for _, kind in opened} == {
        kind for kind, record in KINDS.items() if issubclass(record, Reviewed)
    } | {"relocation_quota"}
    assert [picture_of(kind) for _, kind in opened] == [screen.icon for screen, _ in opened]


@pytest.mark.parametrize("kind", ["step", "unheard_of", ""])
def test_what_no_screen_opens_is_a_document(kind):
    assert screen_of(kind) is None
    assert picture_of(kind) == "document"
