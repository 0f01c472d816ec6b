import pytest

from ui.screens import SCREENS, picture_of, screen_of


def test_a_kind_has_the_picture_of_the_screen_that_opens_it():
    opened = [screen for screen in SCREENS if screen.kind]

    assert {screen.kind for screen in opened} == {"meeting", "issue", "visit", "filled_form"}
    assert [picture_of(screen.kind) for screen in opened] == [screen.icon for screen in opened]


@pytest.mark.parametrize("kind", ["step", "unheard_of", ""])
def test_what_no_screen_opens_is_a_document(kind):
    assert screen_of(kind) is None
    assert picture_of(kind) == "document"
